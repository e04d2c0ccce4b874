/**
 * Blocks that the app writes into a text, each from one source (`::: auto V-2 3f9a1c0d` … `:::`), as atelier/dialect.py
 * reads them. Intact: the mark equals the hash of what is inside; otherwise, or without its fences, it is the writers' own.
 */
import { applied } from "./change.js";
import { sha256 } from "./sha256.js";

const BLOCK = /(?<![^\n])::: auto ([A-Za-z0-9-]{1,24}) ([0-9a-f]{8})[ \t]*\n((?:(?!:::(?:[ \t]*(?![^\n])| auto ))[^\n]*\n)*?):::[ \t]*(?![^\n])/g;
const MARK_LENGTH = 8;

/**
 * @typedef {{source: string, mark: string, text: string, from: number, to: number, intact: boolean}} Block
 *   `from` and `to`: UTF-16 positions of its first fence's beginning and of its last fence's end, line break not included
 */

/** @type {Map<string, string>} the blocks of a page are few, and looked at with each key pressed */
const known = new Map();
const MOST_KNOWN = 500;

/** @param {string} text */
export function markOf(text) {
  let mark = known.get(text);
  if (mark === undefined) {
    if (known.size >= MOST_KNOWN) known.clear();
    mark = sha256(text).slice(0, MARK_LENGTH);
    known.set(text, mark);
  }
  return mark;
}

/** @param {string} body @returns {Block[]} */
export function blocksOf(body) {
  if (!body.includes("::: auto ")) return [];
  return [...body.matchAll(BLOCK)].map(({ 0: all, 1: source, 2: mark, 3: inside, index }) => {
    const text = inside.replace(/\n$/, "");
    return { source, mark, text, from: index, to: index + all.length, intact: markOf(text) === mark };
  });
}

/**
 * « Modifier ce texte »: the two lines that make it the app's are taken away, the words stay.
 * @param {string} body
 * @param {Block} block
 * @returns {import("./change.js").Change[]}
 */
export function detaching(body, { from, to }) {
  const inside = body.indexOf("\n", from) + 1;
  const end = body.lastIndexOf("\n", to - 1);
  return [
    { from, to: inside, insert: "" },
    { from: Math.max(inside, end), to, insert: "" },
  ];
}

/**
 * @param {string} body
 * @param {readonly import("./change.js").Change[]} changes in order, apart from each other
 * @returns {Block | undefined} the first intact block that would no longer be what its source says; taking one away whole is allowed
 */
export function broken(body, changes) {
  const intact = blocksOf(body).filter((block) => block.intact);
  if (intact.length === 0) return undefined;
  const left = blocksOf(applied(body, changes)).filter((block) => block.intact).map(name);
  for (const block of intact) {
    if (changes.some(({ from, to }) => from <= block.from && to >= block.to)) continue;
    const at = left.indexOf(name(block));
    if (at < 0) return block;
    left.splice(at, 1);
  }
  return undefined;
}

/**
 * What is typed against a block stands on lines of its own instead of spoiling the fence.
 * @param {string} body
 * @param {readonly import("./change.js").Change[]} changes
 * @returns {{changes: import("./change.js").Change[], caret: number | null}} `caret`: where it goes after, when something was moved apart
 */
export function apart(body, changes) {
  const intact = changes.some(({ from, to, insert }) => from === to && insert) ? blocksOf(body).filter((block) => block.intact) : [];
  /** @type {number | null} */
  let caret = null;
  const made = changes.map((change) => {
    const { from, to, insert } = change;
    if (from !== to || !insert) return change;
    const open = intact.some((block) => block.to === from) && !insert.startsWith("\n") ? "\n\n" : "";
    const close = intact.some((block) => block.from === from) && !insert.endsWith("\n") ? "\n\n" : "";
    if (!open && !close) return change;
    caret = from + open.length + insert.length;
    return { from, to, insert: `${open}${insert}${close}` };
  });
  return { changes: made, caret };
}

/** @param {Block} block */
const name = ({ source, mark }) => `${source} ${mark}`;
