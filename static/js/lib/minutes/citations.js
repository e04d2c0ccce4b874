/** Citations in a text: `[C-12]`, `[V-3]`, `[H-2]`, and with their séance in a contribution to the forum, `[DK2-C-12]`. */

const CITATION = /\[((?:[A-Z][A-Z0-9]{0,11}-)?[CVH]-[1-9][0-9]{0,5})\](?!\()/g;

/** @typedef {{ref: string, from: number, to: number}} Citation */

/** @param {string} text @returns {Citation[]} */
export function citationsOf(text) {
  return [...text.matchAll(CITATION)].map((found) => ({ ref: found[1], from: found.index, to: found.index + found[0].length }));
}

/**
 * @param {string} text
 * @param {number} at the caret
 * @param {string} ref
 * @returns {string} what to insert: apart from the word before it, and from what follows
 */
export function citationText(text, at, ref) {
  const before = text[at - 1] ?? "";
  const after = text[at] ?? "";
  const space = before === "" || /[\s([«]/.test(before) ? "" : " ";
  return `${space}[${ref}]${after === "" || /[\s).,;:!?»\]]/.test(after) ? "" : " "}`;
}

/**
 * @param {Iterable<{key: string, body: string}>} sections
 * @returns {Map<string, string[]>} reference → keys of the sections that cite it
 */
export function whereCited(sections) {
  /** @type {Map<string, string[]>} */
  const where = new Map();
  for (const { key, body } of sections) {
    for (const { ref } of citationsOf(body)) {
      const keys = where.get(ref) ?? [];
      if (!keys.includes(key)) where.set(ref, [...keys, key]);
    }
  }
  return where;
}
