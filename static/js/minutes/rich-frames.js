/** The frames drawn inside the text: a block of the app with its lock, a table, a figure. */
import { word } from "../lib/minutes/words.js";
import { button, element, frameOf } from "./block-frame.js";
import { chip } from "./chip.js";
import { drawLine, drawMarkdown } from "./draw.js";
import { icon } from "./icon.js";

/**
 * @typedef {import("./rich-marks.js").Known} Known
 * @typedef {import("../lib/minutes/tables.js").Table} Table
 */

/**
 * @param {import("../lib/minutes/blocks.js").Block} block
 * @param {Known} known
 * @param {{detach: () => void, under: () => void, remark: () => void} | null} acts null where one only reads
 */
export function drawBlock({ source, text }, known, acts) {
  return frameOf(source, known.statusOf(source), drawMarkdown(text, (ref) => chip(ref, known.statusOf(ref))), acts);
}

/** @param {string} source of a block that became the writers' own, "" for its end */
export function drawFence(source) {
  const line = element("div", source ? "machine-fence" : "machine-fence is-end");
  line.contentEditable = "false";
  if (source) line.append(icon("lock-open"), word("was_from"));
  return line;
}

/**
 * @param {Table} table
 * @param {Known} known
 * @param {(() => void) | null} edit
 */
export function drawTable({ rows, align }, known, edit) {
  const frame = element("div", "table-frame");
  frame.contentEditable = "false";
  const scroll = element("div", "table-scroll");
  const table = element("table", "table");
  for (const [at, cells] of rows.entries()) {
    const row = document.createElement("tr");
    for (const [column, cell] of cells.entries()) {
      const place = document.createElement(at === 0 ? "th" : "td");
      if (at === 0) place.setAttribute("scope", "col");
      if (align[column] === "right") place.className = "is-number";
      place.append(drawLine(cell, (ref) => chip(ref, known.statusOf(ref))));
      row.append(place);
    }
    table.append(row);
  }
  scroll.append(table);
  frame.append(scroll);
  if (edit) frame.append(button("edit_table", "", edit, "pencil"));
  return frame;
}

/** @param {string} ref @param {string} caption */
export function drawFigure(ref, caption) {
  const frame = element("div", "figure-frame");
  frame.contentEditable = "false";
  const title = element("p", "machine-head");
  title.append(icon("vote"), `${word("figure")} ${ref}`);
  frame.append(title, element("p", "", caption), element("p", "quiet", word("figure_shown")));
  return frame;
}

/** @param {() => void} act */
export function drawWriteHere(act) {
  const line = element("div", "write-here");
  line.contentEditable = "false";
  line.append(button("write_here", "", act, "pencil"));
  return line;
}
