import { useEffect } from "react";

/** The title of the browser's tab, which is also what a screen reader announces on arrival. */
export function useTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · EcosystemSilo`;
  }, [title]);
}
