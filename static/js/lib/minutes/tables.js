/** Tables of Markdown (GFM), read into cells and written again, so that people fill a form and never see a bar. */

/**
 * @typedef {"" | "left" | "center" | "right"} Align
 * @typedef {{rows: string[][], align: Align[]}} Table the first row is the head
 */

const RULE = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/;

/** @param {string} line @returns {string[]} */
function cellsOf(line) {
  const bare = line.trim().replace(/^\|/, "").replace(/(?<!\\)\|$/, "");
  return bare.split(/(?<!\\)\|/).map((cell) => cell.trim().replaceAll("\\|", "|"));
}

/** @param {string} text @returns {Table | null} null when these lines are no table */
export function readTable(text) {
  const lines = text.split("\n").filter((line) => line.trim());
  if (lines.length < 2 || !lines[0].includes("|") || !RULE.test(lines[1])) return null;
  const head = cellsOf(lines[0]);
  const rule = cellsOf(lines[1]);
  if (head.length !== rule.length) return null;
  const align = rule.map((cell) => /** @type {Align} */ (cell.startsWith(":") ? (cell.endsWith(":") ? "center" : "left") : cell.endsWith(":") ? "right" : ""));
  const fitted = (/** @type {string[]} */ row) => head.map((_, column) => row[column] ?? "");
  return { rows: [head, ...lines.slice(2).map((line) => fitted(cellsOf(line)))], align };
}

/** @param {Table} table @returns {string} without a line end */
export function writeTable({ rows, align }) {
  const width = Math.max(1, ...rows.map((row) => row.length));
  const cells = (/** @type {string[]} */ row) => Array.from({ length: width }, (_, n) => safe(row[n] ?? ""));
  const line = (/** @type {string[]} */ row) => `| ${row.join(" | ")} |`;
  const rule = Array.from({ length: width }, (_, n) => ({ "": "---", left: ":---", center: ":---:", right: "---:" })[align[n] ?? ""]);
  return [line(cells(rows[0] ?? [])), line(rule), ...rows.slice(1).map((row) => line(cells(row)))].join("\n");
}

/** @param {string} cell @returns {string} one line, its bars kept as words */
function safe(cell) {
  return cell.replace(/\s*\n\s*/g, " ").trim().replace(/\\?\|/g, "\\|");
}

/**
 * @param {string} text
 * @returns {{from: number, to: number, table: Table}[]} the tables of a text, line end not included, apart from code
 */
export function tablesOf(text) {
  if (!text.includes("|")) return [];
  const lines = text.split("\n");
  /** @type {{from: number, to: number, table: Table}[]} */
  const found = [];
  let fence = "";
  let at = 0;
  for (let n = 0; n < lines.length; n += 1) {
    const opening = /^ {0,3}(`{3,}|~{3,})/.exec(lines[n])?.[1] ?? "";
    if (opening) fence = fence ? (opening.startsWith(fence) ? "" : fence) : opening;
    else if (!fence && lines[n].includes("|") && RULE.test(lines[n + 1] ?? "")) {
      let end = n + 2;
      while (end < lines.length && lines[end].trim() && !/^ {0,3}(#{1,6} |>|```|~~~|:::)/.test(lines[end])) end += 1;
      const source = lines.slice(n, end).join("\n");
      const table = readTable(source);
      if (table) {
        found.push({ from: at, to: at + source.length, table });
        at += source.length + 1;
        n = end - 1;
        continue;
      }
    }
    at += lines[n].length + 1;
  }
  return found;
}

/** @param {string} text @param {number} from @param {number} [to] @returns {{from: number, to: number, table: Table} | undefined} the table that holds what is selected */
export const tableAt = (text, from, to = from) => tablesOf(text).find((one) => one.from <= from && to <= one.to);

/**
 * A table edited in a form while others wrote in it: their cells stay where one changed nothing. Where rows or columns were
 * added or taken away here, what is here stands.
 * @param {Table} base as the form opened
 * @param {Table} mine
 * @param {Table} theirs as it is now
 * @returns {Table}
 */
export function mergedTable(base, mine, theirs) {
  if (shape(mine) !== shape(base)) return mine;
  const mineAt = (/** @type {number} */ row, /** @type {number} */ column) => {
    const [before, now] = [base.rows[row]?.[column], mine.rows[row]?.[column]];
    return now !== undefined && now !== before ? now : undefined;
  };
  return { rows: theirs.rows.map((cells, row) => cells.map((cell, column) => mineAt(row, column) ?? cell)), align: theirs.align };
}

/** @param {Table} table */
const shape = ({ rows }) => rows.map((cells) => cells.length).join();

/** @param {number} rows @param {number} columns @returns {Table} */
export function emptyTable(rows, columns) {
  return { rows: Array.from({ length: rows }, () => Array(columns).fill("")), align: Array(columns).fill("") };
}
