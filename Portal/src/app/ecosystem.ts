import { createContext, useContext } from "react";

export const EcosystemContext = createContext<string | null>(null);

/** The ecosystem whose pages are open. */
export function useEcosystem(): string {
  const ecosystem = useContext(EcosystemContext);
  if (ecosystem === null) throw new Error("No ecosystem: this page must be rendered inside the frame.");
  return ecosystem;
}
