/**
 * One tab of a device sends at a time, where the browser has Web Locks (HTTPS). A tab that sleeps with the turn does not
 * keep the others waiting: after 2 s they send too, which is harmless since an act is counted once by its id.
 */

const LOCK_PATIENCE_MS = 2_000;

/**
 * @param {string} session
 * @param {() => Promise<void>} act
 */
export async function oneTabAtATime(session, act) {
  if (!globalThis.navigator?.locks) return act();
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), LOCK_PATIENCE_MS);
  let mine = false;
  try {
    await navigator.locks.request(`atelier-outbox-${session}`, { signal: patience.signal }, () => {
      mine = true;
      clearTimeout(timer);
      return act();
    });
  } catch (error) {
    if (mine) throw error;
    await act();
  } finally {
    clearTimeout(timer);
  }
}
