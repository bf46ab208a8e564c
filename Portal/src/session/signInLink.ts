/** The key of a sign-in link (`/#key=...`), or null. The fragment never reaches a server or its logs. */
export function keyInFragment(fragment: string): string | null {
  const found = new URLSearchParams(fragment.replace(/^#/, "")).get("key");
  return found && found.length > 0 ? found : null;
}

/** Takes the key out of the address at once, so that it stays neither in the history nor on the screen. */
export function takeKeyFromAddress(): string | null {
  const key = keyInFragment(window.location.hash);
  if (key !== null) window.history.replaceState(null, "", window.location.pathname + window.location.search);
  return key;
}
