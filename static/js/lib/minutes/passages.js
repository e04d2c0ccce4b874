/** Who wrote each passage of a text: its paragraphs, each given to whoever wrote most of its beginning. */
import { YText } from "./types.js";

const LOOKED_AT = 240; // signs of a paragraph

/**
 * @param {import("yjs").Text} text
 * @returns {{client: number, length: number}[]} the pieces of what is shown, in order, with the client that wrote each
 */
export function writtenBy(text) {
  /** @type {{client: number, length: number}[]} */
  const pieces = [];
  if (!(text instanceof YText)) return pieces;
  for (let item = /** @type {any} */ (text)._start; item; item = item.right) {
    if (!item.deleted && item.countable) pieces.push({ client: item.id.client, length: item.length });
  }
  return pieces;
}

/**
 * @param {string} body
 * @param {{client: number, length: number}[]} pieces
 * @param {(client: number) => string} nameOf "" for the app and for who is not known
 * @returns {{at: number, name: string}[]} where a passage begins whose writer is another than before it
 */
export function passages(body, pieces, nameOf) {
  /** @type {{at: number, name: string}[]} */
  const found = [];
  let before = "";
  for (const paragraph of body.matchAll(/[^\n]+(?:\n(?!\s*\n)[^\n]+)*/g)) {
    const at = paragraph.index;
    const name = nameOf(mostly(pieces, at, at + Math.min(LOOKED_AT, paragraph[0].length)));
    if (name && name !== before) found.push({ at, name });
    before = name;
  }
  return found;
}

/** @param {{client: number, length: number}[]} pieces @param {number} from @param {number} to @returns {number} */
function mostly(pieces, from, to) {
  /** @type {Map<number, number>} */
  const shares = new Map();
  let at = 0;
  for (const { client, length } of pieces) {
    const shared = Math.min(to, at + length) - Math.max(from, at);
    if (shared > 0) shares.set(client, (shares.get(client) ?? 0) + shared);
    at += length;
    if (at >= to) break;
  }
  return [...shares].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}
