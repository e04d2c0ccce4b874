/**
 * Places in a list that several people rearrange at once: a text between two texts, so that moving one section changes
 * one value of that section and never its words. Ties, which two people can make together, are settled by the key.
 */

const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const JITTER = 2; // digits drawn at random: two people who drop at the same place seldom draw the same text

/** @param {string} text @param {number} at @param {number} otherwise */
function digit(text, at, otherwise) {
  if (at >= text.length) return otherwise;
  const found = DIGITS.indexOf(text[at]);
  return found < 0 ? (text[at] < "0" ? 0 : DIGITS.length - 1) : found;
}

/**
 * @param {string} before "" for the beginning of the list
 * @param {string | null} after null for its end; not below `before`
 * @param {() => number} [random] in [0, 1[
 * @returns {string} a text above `before` and, unless both are equal, below `after`; it never ends with the lowest digit
 */
export function between(before, after, random = Math.random) {
  let made = "";
  let open = after === null || after <= before; // nothing above any more: any digit will do
  for (let at = 0; ; at += 1) {
    const low = digit(before, at, 0);
    const high = open ? DIGITS.length : digit(/** @type {string} */ (after), at, 0);
    if (high - low > 1) {
      made += DIGITS[Math.floor((low + high) / 2)];
      break;
    }
    made += DIGITS[low];
    if (high > low) open = true;
  }
  for (let n = 0; n < JITTER; n += 1) made += DIGITS[1 + Math.floor(random() * (DIGITS.length - 1))];
  return made;
}

/**
 * @template {{order: string, key: string}} T
 * @param {Iterable<T>} items
 * @returns {T[]}
 */
export function inOrder(items) {
  return [...items].sort((a, b) => (a.order < b.order ? -1 : a.order > b.order ? 1 : a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}
