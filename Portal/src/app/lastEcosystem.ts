const key = "ecosystem";

/** The ecosystem that was open last on this device, so that the start page is the one people expect. */
export function lastEcosystem(): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null; // Storage is switched off; the first ecosystem serves.
  }
}

export function rememberEcosystem(ecosystem: string) {
  try {
    window.localStorage.setItem(key, ecosystem);
  } catch {
    // Without storage the choice lasts as long as the address.
  }
}
