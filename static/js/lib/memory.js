/** What this device remembers for us; nothing where the browser's settings refuse it. */

/** @returns {Storage | null} */
export function memory() {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}
