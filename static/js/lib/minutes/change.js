/**
 * The smallest change that turns one text into another, and where a caret stands after a change. A field that dictation or
 * an old phone rewrites whole becomes one insertion: what another person writes elsewhere in the text is left alone.
 */

/** @typedef {{from: number, to: number, insert: string}} Change positions are UTF-16 units of the text before */

/** @param {string | undefined} unit */
const opensPair = (unit) => /^[\uD800-\uDBFF]$/.test(unit ?? "");
/** @param {string | undefined} unit */
const closesPair = (unit) => /^[\uDC00-\uDFFF]$/.test(unit ?? "");

/** @param {string} text @param {number} at */
const splitsPair = (text, at) => at > 0 && closesPair(text[at]) && opensPair(text[at - 1]);

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
 * The same change, grown until it cuts no character in two: the shared text is sent as UTF-8, where half a 😀 is lost.
 * A browser that types one in two halves, or puts 😁 in the place of 😀, would otherwise leave two « � » to the others.
 * @param {(at: number) => string} unitAt a UTF-16 unit of the text before, "" beyond its ends
 * @param {Change} change
 * @returns {Change}
 */
export function wholeChange(unitAt, { from, to, insert }) {
  const [left, right] = [unitAt(from - 1), unitAt(to)];
  const first = insert[0] ?? right;
  const last = insert.at(-1) ?? left;
  const growsLeft = opensPair(left) && (closesPair(unitAt(from)) || closesPair(first));
  const growsRight = closesPair(right) && (opensPair(unitAt(to - 1)) || opensPair(last));
  return {
    from: growsLeft ? from - 1 : from,
    to: growsRight ? to + 1 : to,
    insert: (growsLeft ? left : "") + insert + (growsRight ? right : ""),
  };
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
