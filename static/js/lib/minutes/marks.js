/**
 * What the toolbar does to a text of Markdown, without knowing which view shows it. Each command takes a text and what is
 * selected in it, and says what changes and what is selected afterwards. Pressed twice, it takes its mark away again.
 */
import { moved } from "./change.js";

/**
 * @typedef {import("./change.js").Change} Change
 * @typedef {{text: string, from: number, to: number}} Selected
 * @typedef {{changes: Change[], from: number, to: number}} Edit
 */

const LIST = /^([ \t]*)(?:[-*+] \[[ xX]\] |[-*+] |\d{1,9}[.)] )/;
const HEADING = /^#{1,6} /;
const WORD = /[\p{L}\p{N}’'-]/u;

/** @param {Selected} selected @returns {Edit} */
export const bold = (selected) => around(selected, "**");

/** @param {Selected} selected @returns {Edit} */
export const italic = (selected) => around(selected, "*");

/** @param {Selected} selected @returns {Edit} a title under the section's own, then a smaller one, then none */
export function heading(selected) {
  return onLines(selected, (line) => {
    const found = HEADING.exec(line)?.[0] ?? "";
    const next = found === "### " ? "#### " : found ? "" : "### ";
    return { take: found.length, put: line.trim() || selected.from === selected.to ? next : "" };
  });
}

/** @param {Selected} selected @returns {Edit} */
export const bullets = (selected) => list(selected, /^[ \t]*[-*+] (?!\[[ xX]\] )/, () => "- ");

/** @param {Selected} selected @returns {Edit} */
export const numbers = (selected) => list(selected, /^[ \t]*\d{1,9}[.)] /, (n) => `${n}. `);

/** @param {Selected} selected @returns {Edit} */
export const tasks = (selected) => list(selected, /^[ \t]*[-*+] \[[ xX]\] /, () => "- [ ] ");

/**
 * @param {Selected} selected
 * @param {string} address
 * @param {string} [words] what is shown; otherwise what is selected
 * @returns {Edit}
 */
export function link({ text, from, to }, address, words = "") {
  const label = (words || text.slice(from, to) || address).replace(/([[\]\\])/g, "\\$1").replace(/\s+/g, " ");
  const insert = `[${label}](${/[\s()<>]/.test(address) ? `<${address.replace(/[<>\s]/g, encodeURIComponent)}>` : address})`;
  return { changes: [{ from, to, insert }], from: from + insert.length, to: from + insert.length };
}

/**
 * Something that stands between empty lines: a table, a figure.
 * @param {Selected} selected
 * @param {string} block
 * @returns {Edit}
 */
export function onItsOwn({ text, to }, block) {
  const end = lineEnd(text, to);
  const isEmpty = text.slice(lineStart(text, to), end).trim() === "";
  const before = text.slice(0, end);
  const open = before.trim() === "" ? "" : isEmpty ? (/\n[ \t]*\n[ \t]*$/.test(`\n${before}`) ? "" : "\n") : "\n\n";
  const close = text.slice(end).trim() === "" ? "\n" : text.startsWith("\n\n", end) ? "" : "\n";
  const insert = `${open}${block}${close}`;
  return { changes: [{ from: end, to: end, insert }], from: end + open.length, to: end + open.length };
}

/** @param {string} text @param {number} at */
const lineStart = (text, at) => text.lastIndexOf("\n", at - 1) + 1;

/** @param {string} text @param {number} at */
function lineEnd(text, at) {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}

/**
 * @param {Selected} selected
 * @param {string} mark
 * @returns {Edit}
 */
function around({ text, from, to }, mark) {
  if (from === to) [from, to] = wordAt(text, from);
  while (from < to && /\s/.test(text[from])) from += 1; // a mark beside a space is no mark
  while (to > from && /\s/.test(text[to - 1])) to -= 1;
  const size = mark.length;
  const alone = (/** @type {number} */ at) => mark !== "*" || isSingle(text, at);
  if (text.slice(from - size, from) === mark && text.slice(to, to + size) === mark && alone(from - 1) && alone(to)) {
    return { changes: [{ from: from - size, to: from, insert: "" }, { from: to, to: to + size, insert: "" }], from: from - size, to: to - size };
  }
  return { changes: [{ from, to: from, insert: mark }, { from: to, to, insert: mark }], from: from + size, to: to + size };
}

/** One star, or three of which one is ours; not the two of bold. @param {string} text @param {number} at */
function isSingle(text, at) {
  let [start, end] = [at, at];
  while (text[start - 1] === "*") start -= 1;
  while (text[end] === "*") end += 1;
  return (end - start) % 2 === 1;
}

/** @param {string} text @param {number} at @returns {[number, number]} */
function wordAt(text, at) {
  let [from, to] = [at, at];
  while (from > 0 && WORD.test(text[from - 1])) from -= 1;
  while (to < text.length && WORD.test(text[to])) to += 1;
  return from < at && at < to ? [from, to] : [at, at];
}

/**
 * @param {Selected} selected
 * @param {RegExp} already what a line of this list begins with
 * @param {(n: number) => string} mark of the n-th line
 * @returns {Edit}
 */
function list(selected, already, mark) {
  const lines = selected.text.slice(lineStart(selected.text, selected.from), lineEnd(selected.text, selected.to)).split("\n");
  const full = lines.filter((line) => line.trim());
  const off = full.length > 0 && full.every((line) => already.test(line));
  let n = 0;
  return onLines(selected, (line) => {
    if (!line.trim() && lines.length > 1) return { take: 0, put: "" };
    const indent = /^[ \t]*/.exec(line)?.[0] ?? "";
    n += 1;
    return { take: (LIST.exec(line) ?? HEADING.exec(line) ?? [indent])[0].length, put: indent + (off ? "" : mark(n)) };
  });
}

/**
 * @param {Selected} selected
 * @param {(line: string) => {take: number, put: string}} change what the line's beginning becomes
 * @returns {Edit}
 */
function onLines({ text, from, to }, change) {
  /** @type {Change[]} */
  const changes = [];
  let at = lineStart(text, from);
  const end = lineEnd(text, to);
  for (const line of text.slice(at, end).split("\n")) {
    const { take, put } = change(line);
    if (line.slice(0, take) !== put) changes.push({ from: at, to: at + take, insert: put });
    at += line.length + 1;
  }
  const behind = (/** @type {number} */ place) => {
    const opening = changes.find((one) => one.from === place && one.to === place);
    return moved(place, changes) + (opening ? opening.insert.length : 0);
  };
  return { changes, from: behind(from), to: behind(to) };
}
