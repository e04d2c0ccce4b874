/**
 * `<option-list data-most="12">` around a text area of one thing per line: shows one field per line, with buttons to add,
 * take out and reorder. The text area stays the field that is sent; pasting several lines into one field makes several.
 */
import { sortable } from "../lib/sortable.js";

export class OptionList extends HTMLElement {
  /** @type {HTMLTextAreaElement} */
  #area = /** @type {any} */ (null);
  /** @type {HTMLOListElement} */
  #list = document.createElement("ol");
  #add = document.createElement("button");

  connectedCallback() {
    const area = this.querySelector("textarea");
    if (!area || this.#area) return;
    this.#area = area;
    area.hidden = true;
    area.closest(".field")?.querySelector("label")?.setAttribute("for", `${area.id}-1`);
    this.#list.className = "option-rows";
    this.#add.type = "button";
    this.#add.className = "button is-quiet";
    this.#add.textContent = this.dataset.add ?? "";
    this.#add.addEventListener("click", () => this.#append());
    area.after(this.#list, this.#add);
    area.addEventListener("refill", () => this.#draw(this.#lines()));
    this.#draw(this.#lines());
    sortable(this.#list, { group: this.#area.id, rows: "li", onMove: () => this.#write() });
  }

  #lines() {
    return this.#area.value.split("\n").map((line) => line.trim()).filter(Boolean);
  }

  /** @returns {HTMLInputElement[]} */
  get #fields() {
    return [...this.#list.querySelectorAll("input")];
  }

  /** @param {string} name @param {number} number */
  #sentence(name, number) {
    return (this.dataset[name] ?? "").replace("{number}", String(number));
  }

  /** @param {string[]} lines */
  #draw(lines) {
    this.#list.replaceChildren(...(lines.length ? lines : [""]).map((line) => this.#row(line)));
    this.#number();
  }

  /** @param {string} text */
  #row(text) {
    const row = document.createElement("li");
    const field = document.createElement("input");
    Object.assign(field, { type: "text", className: "input", value: text, maxLength: 300 });
    field.addEventListener("input", (event) => (event.stopPropagation(), this.#write()));
    field.addEventListener("paste", (event) => this.#pasted(event, row));
    field.addEventListener("keydown", (event) => event.key === "Enter" && (event.preventDefault(), this.#append(row)));
    const grip = document.createElement("button");
    Object.assign(grip, { type: "button", className: "grip", tabIndex: -1, textContent: "⠿", ariaHidden: "true" });
    grip.dataset.grip = "";
    row.append(grip, field, this.#button("up", "↑", () => this.#move(row, -1)), this.#button("down", "↓", () => this.#move(row, 1)));
    row.append(this.#button("remove", "×", () => this.#remove(row)));
    return row;
  }

  /** @param {string} name @param {string} sign @param {() => void} act */
  #button(name, sign, act) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button is-square is-quiet", textContent: sign });
    button.dataset.name = name;
    button.addEventListener("click", () => (act(), button.isConnected && button.focus()));
    return button;
  }

  /** @param {HTMLLIElement} row @param {number} step */
  #move(row, step) {
    const rows = [...this.#list.children];
    const other = rows[rows.indexOf(row) + step];
    if (!other) return;
    if (step < 0) other.before(row);
    else other.after(row);
    this.#write();
  }

  /** @param {HTMLLIElement} row */
  #remove(row) {
    const next = row.nextElementSibling ?? row.previousElementSibling;
    row.remove();
    if (!this.#list.children.length) this.#list.append(this.#row(""));
    this.#write();
    (next ?? this.#list.firstElementChild)?.querySelector("input")?.focus();
  }

  /** @param {Element} [after] */
  #append(after) {
    if (this.#list.children.length >= Number(this.dataset.most ?? 12)) return;
    const row = this.#row("");
    if (after) after.after(row);
    else this.#list.append(row);
    this.#number();
    row.querySelector("input")?.focus();
  }

  /** @param {ClipboardEvent} event @param {HTMLLIElement} row */
  #pasted(event, row) {
    const lines = (event.clipboardData?.getData("text") ?? "").split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
    if (lines.length < 2) return;
    event.preventDefault();
    const field = row.querySelector("input");
    const fresh = lines.map((line) => this.#row(line));
    if (field?.value) row.after(...fresh);
    else row.replaceWith(...fresh);
    this.#write();
  }

  #write() {
    this.#number();
    this.#area.value = this.#fields.map(({ value }) => value.trim()).filter(Boolean).join("\n");
    this.#area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #number() {
    const most = Number(this.dataset.most ?? 12);
    for (const [index, field] of this.#fields.entries()) {
      field.id = `${this.#area.id}-${index + 1}`;
      field.setAttribute("aria-label", this.#sentence("label", index + 1));
      const row = /** @type {HTMLElement} */ (field.closest("li"));
      for (const button of /** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll("[data-name]"))) {
        button.setAttribute("aria-label", this.#sentence(button.dataset.name ?? "", index + 1));
      }
    }
    this.#add.hidden = this.#fields.length >= most;
  }
}
