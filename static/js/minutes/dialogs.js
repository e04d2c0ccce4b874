/** The small forms of the editor: a table's cells, a link's address, a section's name or place. Native dialogs: Escape closes. */
import { word } from "../lib/minutes/words.js";
import { icon } from "./icon.js";

const ADDRESS = /^(?:https?:\/\/|mailto:)\S/i;

/** @param {string} name */
const dialogNamed = (name) => /** @type {HTMLDialogElement} */ (document.getElementById(`dialog-${name}`));

/**
 * @param {string} name
 * @param {(form: HTMLFormElement) => boolean} done false keeps it open
 * @param {() => void} [closed]
 * @returns {HTMLFormElement}
 */
function open(name, done, closed = () => {}) {
  const dialog = dialogNamed(name);
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  form.onsubmit = (event) => {
    event.preventDefault();
    if (done(form)) dialog.close();
  };
  dialog.onclose = closed;
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (dialog.querySelectorAll("[data-close]"))) button.onclick = () => dialog.close();
  dialog.showModal();
  return form;
}

/** @param {HTMLFormElement} form @param {string} name @returns {HTMLInputElement} */
const field = (form, name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

/**
 * @param {string} words what is selected
 * @param {(address: string, words: string) => void} done
 * @param {() => void} closed
 */
export function askLink(words, done, closed) {
  const form = open("link", (filled) => {
    const address = field(filled, "address").value.trim();
    const good = ADDRESS.test(address);
    const error = /** @type {HTMLElement} */ (filled.querySelector("[data-error]"));
    error.textContent = good ? "" : word("bad_address");
    field(filled, "address").setAttribute("aria-invalid", String(!good));
    if (good) done(address, field(filled, "words").value.trim());
    return good;
  }, closed);
  field(form, "address").value = ADDRESS.test(words) ? words : "https://";
  field(form, "words").value = words;
  /** @type {HTMLElement} */ (form.querySelector("[data-error]")).textContent = "";
  field(form, "address").removeAttribute("aria-invalid");
}

/**
 * @param {string} heading
 * @param {string} title what the dialog is for
 * @param {(heading: string) => void} done
 */
export function askHeading(heading, title, done) {
  const form = open("heading", (filled) => {
    const named = field(filled, "heading").value.trim();
    if (named) done(named);
    return named !== "";
  });
  /** @type {HTMLElement} */ (form.querySelector("[data-title-of]")).textContent = title;
  field(form, "heading").value = heading;
  field(form, "heading").select();
}

/**
 * @param {{key: string, label: string}[]} others
 * @param {(after: string) => void} done
 */
export function askPlace(others, done) {
  const form = open("place", (filled) => {
    done(/** @type {HTMLSelectElement} */ (filled.elements.namedItem("after")).value);
    return true;
  });
  const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem("after"));
  select.replaceChildren(select.options[0], ...others.map(({ key, label }) => new Option(label, key)));
}

/**
 * @param {import("../lib/minutes/tables.js").Table} table
 * @param {(made: import("../lib/minutes/tables.js").Table) => void} done
 */
export function askTable(table, done) {
  const rows = table.rows.map((row) => [...row]);
  const align = [...table.align];
  const form = open("table", (filled) => {
    readCells(filled, rows);
    done({ rows, align });
    return true;
  });
  const grid = /** @type {HTMLElement} */ (form.querySelector("[data-cells]"));
  const again = () => drawCells(grid, rows, (change) => {
    readCells(form, rows);
    change();
    again();
  });
  const change = (/** @type {() => void} */ act) => {
    readCells(form, rows);
    act();
    again();
  };
  const on = (/** @type {string} */ name, /** @type {() => void} */ act) => (/** @type {HTMLElement} */ (form.querySelector(`[data-${name}]`)).onclick = () => change(act));
  on("add-row", () => rows.push(rows[0].map(() => "")));
  on("add-column", () => (align.push(""), rows.forEach((row) => row.push(""))));
  again();
  grid.querySelector("textarea")?.focus();
}

/** @param {HTMLFormElement} form @param {string[][]} rows */
function readCells(form, rows) {
  for (const cell of /** @type {NodeListOf<HTMLTextAreaElement>} */ (form.querySelectorAll("[data-cell]"))) {
    const [row, column] = (cell.dataset.cell ?? "").split(",").map(Number);
    if (rows[row]) rows[row][column] = cell.value;
  }
}

/**
 * @param {HTMLElement} grid
 * @param {string[][]} rows
 * @param {(change: () => void) => void} change
 */
function drawCells(grid, rows, change) {
  const table = document.createElement("table");
  for (const [at, cells] of rows.entries()) {
    const row = table.insertRow();
    for (const [column, words] of cells.entries()) row.insertCell().append(cellField(at, column, words));
    const place = row.insertCell();
    if (at > 0 && rows.length > 2) place.append(remover(word("remove_row", { row: at }), () => change(() => rows.splice(at, 1))));
  }
  const foot = table.insertRow();
  if (rows[0].length > 1) for (const column of rows[0].keys()) foot.insertCell().append(remover(word("remove_column", { column: column + 1 }), () => change(() => rows.forEach((row) => row.splice(column, 1)))));
  grid.replaceChildren(table);
}

/** @param {number} row @param {number} column @param {string} words */
function cellField(row, column, words) {
  const cell = document.createElement("textarea");
  cell.className = "input";
  cell.rows = 1;
  cell.value = words;
  cell.dataset.cell = `${row},${column}`;
  cell.setAttribute("aria-label", row === 0 ? word("head_cell", { column: column + 1 }) : word("cell", { row, column: column + 1 }));
  return cell;
}

/** @param {string} label @param {() => void} act */
function remover(label, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button is-quiet is-square";
  button.setAttribute("aria-label", label);
  button.append(icon("trash-2"));
  button.addEventListener("click", act);
  return button;
}
