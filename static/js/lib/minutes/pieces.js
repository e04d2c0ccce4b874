/** A text cut at the blocks of the app: what the writers may type in, and what stands between, for a view made of plain fields. */
import { blocksOf } from "./blocks.js";

/**
 * @typedef {{kind: "block", block: import("./blocks.js").Block, after: number}} BlockPiece `after`: how many blocks come before
 * @typedef {{kind: "words", from: number, to: number, after: number}} WordsPiece the empty lines around are none of it
 */

/**
 * @param {string} body
 * @param {(after: number) => boolean} opened whether somebody wants to write in that gap, though it is empty
 * @returns {(BlockPiece | WordsPiece)[]} in order; a text without blocks is one piece, as it is
 */
export function piecesOf(body, opened) {
  const blocks = blocksOf(body).filter(({ intact }) => intact);
  if (blocks.length === 0) return [{ kind: "words", from: 0, to: body.length, after: 0 }];
  /** @type {(BlockPiece | WordsPiece)[]} */
  const pieces = [];
  let at = 0;
  blocks.forEach((block, after) => {
    gap(body, at, block.from, after, false, pieces, opened);
    pieces.push({ kind: "block", block, after });
    at = block.to;
  });
  gap(body, at, body.length, blocks.length, true, pieces, opened);
  return pieces;
}

/**
 * @param {string} body
 * @param {number} from
 * @param {number} to
 * @param {number} after
 * @param {boolean} last
 * @param {(BlockPiece | WordsPiece)[]} pieces
 * @param {(after: number) => boolean} opened
 */
function gap(body, from, to, after, last, pieces, opened) {
  const words = body.slice(from, to);
  const empty = words.trim() === "";
  if (empty && !opened(after)) return;
  const start = empty ? (last ? to : Math.max(from, to)) : from + (/^(?:[ \t]*\n)*/.exec(words)?.[0].length ?? 0);
  const end = empty ? start : to - (/(?:\n[ \t]*)*$/.exec(words)?.[0].length ?? 0);
  pieces.push({ kind: "words", from: Math.min(start, end), to: end, after });
}

/** @param {string} markdown @returns {string} its words, without the marks */
export function wordsOf(markdown) {
  return markdown
    .replace(/^#{1,6} /gm, "")
    .replace(/!\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/(?<!\\)(\*\*|\*|~~|`)/g, "")
    .replace(/&#(\d{1,7});/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/\\([!-/:-@[-`{-~])/g, "$1")
    .replace(/\\\n/g, "\n");
}
