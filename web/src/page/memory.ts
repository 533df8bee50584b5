/** A few choices that outlive a reload of this tab, and nothing else; browsers may refuse even that. */

export function remember(name: string, value: string): void {
  try {
    sessionStorage.setItem(`simreg ${name}`, value);
  } catch {
    // Storage is switched off: the choice is forgotten with the page.
  }
}

export function recall(name: string): string | null {
  try {
    return sessionStorage.getItem(`simreg ${name}`);
  } catch {
    return null;
  }
}
