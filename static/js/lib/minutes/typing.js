/**
 * What a key does to a text of Markdown beyond its sign, in either view: a new line goes on with its list, one key takes a
 * line's mark away, an address pasted over words becomes their link.
 */
import { link } from "./marks.js";

const OPENING = /^((?:> ?)*)([ \t]*)(?:([-*+] \[[ xX]\]|[-*+]|(\d{1,9})([.)])) )?/;
const ADDRESS = /^https?:\/\/\S+$/i;
const FENCE = /^ {0,3}(?:```|~~~)/gm;

/**
 * @typedef {import("./marks.js").Selected} Selected
 * @typedef {import("./marks.js").Edit} Edit
 * @typedef {{quote: string, indent: string, mark: string, number: number, sign: string, length: number}} Opening
 */

/** @param {Selected} selected @returns {Edit | null} null where a line is only a line */
export function newLine({ text, from, to }) {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const line = lineAt(text, start);
  const { quote, indent, mark, number, sign, length } = opening(line);
  if (from < start + length || (!mark && !quote.trim()) || inFence(text, start)) return null;
  if (line.slice(length).trim() === "" && to <= start + line.length) {
    const kept = mark ? quote : "";
    return { changes: [{ from: start, to: start + line.length, insert: kept }], from: start + kept.length, to: start + kept.length };
  }
  const next = !mark ? "" : number >= 0 ? `${number + 1}${sign} ` : `${mark.replace(/\[[xX]\]/, "[ ]")} `;
  const insert = `\n${quote}${indent}${next}`;
  const changes = [{ from, to, insert }, ...(number >= 0 ? numbered(text, to, { quote, indent, sign }, number + 2) : [])];
  return { changes, from: from + insert.length, to: from + insert.length };
}

/** @param {Selected} selected @returns {Edit | null} null where one sign is taken away as everywhere */
export function eraseMark({ text, from, to }) {
  const start = text.lastIndexOf("\n", from - 1) + 1;
  const { quote, mark, length } = opening(lineAt(text, start));
  if (from !== to || from !== start + length || (!mark && !quote.trim()) || inFence(text, start)) return null;
  const kept = mark ? quote.length : 0;
  return { changes: [{ from: start + kept, to: from, insert: "" }], from: start + kept, to: start + kept };
}

/** @param {Selected} selected @param {string} pasted @returns {Edit | null} null for what is no address, or where nothing is selected */
export function linked(selected, pasted) {
  const words = selected.text.slice(selected.from, selected.to);
  return ADDRESS.test(pasted.trim()) && words.trim() && !words.includes("\n") ? link(selected, pasted.trim()) : null;
}

/** @param {string} line @returns {Opening} */
function opening(line) {
  const [all, quote, indent, mark = "", number, sign = ""] = /** @type {RegExpExecArray} */ (OPENING.exec(line));
  return { quote, indent, mark, number: number === undefined ? -1 : Number(number), sign, length: all.length };
}

/**
 * The items that follow, numbered after the one that is put before them.
 * @param {string} text
 * @param {number} at
 * @param {{quote: string, indent: string, sign: string}} list
 * @param {number} next
 */
function numbered(text, at, { quote, indent, sign }, next) {
  const changes = [];
  let number = next;
  for (let start = text.indexOf("\n", at) + 1; start > 0; start = text.indexOf("\n", start) + 1) {
    const line = lineAt(text, start);
    const found = opening(line);
    if (line.trim() === "" || found.indent.length < indent.length || found.quote !== quote) break;
    if (found.indent.length > indent.length) continue;
    if (found.number < 0 || found.sign !== sign) break;
    const from = start + quote.length + indent.length;
    if (found.number !== number) changes.push({ from, to: from + String(found.number).length, insert: String(number) });
    number += 1;
  }
  return changes;
}

/** @param {string} text @param {number} start */
function lineAt(text, start) {
  const end = text.indexOf("\n", start);
  return text.slice(start, end < 0 ? text.length : end);
}

/** @param {string} text @param {number} at */
const inFence = (text, at) => (text.slice(0, at).match(FENCE)?.length ?? 0) % 2 === 1;
