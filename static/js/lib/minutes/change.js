/**
 * The smallest change that turns one text into another, and where a caret stands after a change. A field that dictation or
 * an old phone rewrites whole becomes one insertion: what another person writes elsewhere in the text is left alone.
 */

/** @typedef {{from: number, to: number, insert: string}} Change positions are UTF-16 units of the text before */

/** @param {string} text @param {number} at */
const splitsPair = (text, at) => at > 0 && at < text.length && /[\uDC00-\uDFFF]/.test(text[at]) && /[\uD800-\uDBFF]/.test(text[at - 1]);

/**
 * @param {string} before
 * @param {string} after
 * @param {number} [caret] where the caret is in `after`: « aa » typed in « aaa » lands where the person typed it
 * @returns {Change | null} null when the texts are equal; never cuts a character in two
 */
export function smallestChange(before, after, caret = after.length) {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let tail = 0;
  const tailLimit = Math.min(shorter, after.length - Math.min(caret, after.length));
  while (tail < tailLimit && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  let head = 0;
  while (head < shorter - tail && before[head] === after[head]) head += 1;
  while (tail < shorter - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
  if (splitsPair(before, head) || splitsPair(after, head)) head -= 1;
  if (splitsPair(before, before.length - tail) || splitsPair(after, after.length - tail)) tail -= 1;
  return { from: head, to: before.length - tail, insert: after.slice(head, after.length - tail) };
}

/**
 * @param {string} text
 * @param {readonly Change[]} changes in order, apart from each other
 * @returns {string}
 */
export function applied(text, changes) {
  let made = "";
  let at = 0;
  for (const { from, to, insert } of changes) {
    made += text.slice(at, from) + insert;
    at = to;
  }
  return made + text.slice(at);
}

/**
 * @param {number} position in the text before
 * @param {readonly Change[]} changes in order, apart from each other
 * @returns {number} where it stands after: what is inserted just there by another goes behind the caret
 */
export function moved(position, changes) {
  let shift = 0;
  for (const { from, to, insert } of changes) {
    if (to < position || (to === position && from < to)) shift += insert.length - (to - from);
    else if (from < position) return from + shift + insert.length;
  }
  return position + shift;
}

/**
 * @param {readonly {insert?: unknown, delete?: number, retain?: number}[]} delta what Yjs says of a change of text
 * @returns {Change[]}
 */
export function changesOf(delta) {
  /** @type {Change[]} */
  const changes = [];
  let at = 0;
  for (const step of delta) {
    const last = changes.at(-1);
    const insert = typeof step.insert === "string" ? step.insert : "";
    if (step.retain) at += step.retain;
    else if (last && last.to === at) Object.assign(last, { to: at + (step.delete ?? 0), insert: last.insert + insert });
    else changes.push({ from: at, to: at + (step.delete ?? 0), insert });
    at += step.delete ?? 0;
  }
  return changes;
}
