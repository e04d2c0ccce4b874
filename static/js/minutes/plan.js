/** The plan: where each section is, which are empty, and where one is. A list beside the sheet, a choice on phones. */
import { nameOf, word, wordCount } from "../lib/minutes/words.js";

/** @param {import("../lib/minutes/shared-text.js").Section[]} sections @returns {Set<string>} keys of what holds no word, a part with everything under it */
export function emptyOf(sections) {
  const empty = new Set();
  sections.forEach((section, at) => {
    const rest = sections.slice(at + 1);
    const end = section.level === 1 ? rest.findIndex(({ level }) => level === 1) : 0;
    const members = [section, ...rest.slice(0, end < 0 ? undefined : end)];
    if (members.every(({ body }) => body.toString().trim() === "")) empty.add(section.key);
  });
  return empty;
}

export class Plan {
  /** @type {(key: string, after: string) => void} what dropping a row does; set by the page while one may write */
  moved = () => {};
  #list;
  #select;
  #counts;
  #current = "";
  #drawn = "";

  /** @param {ParentNode} page @param {(key: string) => void} go */
  constructor(page, go) {
    this.#list = /** @type {HTMLElement} */ (page.querySelector("[data-plan]"));
    this.#select = /** @type {HTMLSelectElement} */ (page.querySelector("[data-plan-select]"));
    this.#counts = /** @type {NodeListOf<HTMLElement>} */ (page.querySelectorAll("[data-empty-parts]"));
    this.#list.addEventListener("click", (event) => {
      const link = /** @type {HTMLElement} */ (event.target).closest("a");
      if (!link) return;
      event.preventDefault();
      go(link.dataset.key ?? "");
    });
    this.#select.addEventListener("change", () => go(this.#select.value));
    this.#list.addEventListener("pointerenter", () => void this.#letDrag(), { once: true });
  }

  /** Rows can be dragged by hand too, once a hand is near: the menu of each section does the same. */
  async #letDrag() {
    const { sortable } = await import("../lib/sortable.js");
    const onMove = (/** @type {{row: HTMLElement, place: number}} */ { row, place }) => {
      const rows = [...this.#list.children].filter((one) => one !== row);
      this.#drawn = ""; // the list is drawn again from the text, whatever was dropped
      this.moved(row.dataset.key ?? "", /** @type {HTMLElement | undefined} */ (rows[place - 1])?.dataset.key ?? "");
    };
    sortable(this.#list, { group: "plan", rows: "li", onMove });
  }

  /** @param {import("../lib/minutes/shared-text.js").Section[]} sections */
  draw(sections) {
    const empty = emptyOf(sections);
    const parts = sections.filter(({ key, required, annex, level }) => empty.has(key) && required && !annex && level === 1).length;
    for (const line of this.#counts) line.textContent = parts ? wordCount(line.dataset.emptyParts === "short" ? "empty_parts_short" : "empty_parts", parts) : "";
    const now = JSON.stringify(sections.map(({ key, number, heading, level }) => [key, number, heading, level, empty.has(key)]));
    if (now === this.#drawn) return;
    this.#drawn = now;
    this.#list.replaceChildren(...sections.map((section) => row(section, empty.has(section.key))));
    this.#select.replaceChildren(...sections.map((section) => new Option(`${section.number} ${nameOf(section)}`.trim(), section.key)));
    this.at(this.#current);
  }

  /** @param {string} key */
  at(key) {
    this.#current = key;
    for (const link of this.#list.querySelectorAll("a")) {
      if (link.dataset.key === key) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    if (key) this.#select.value = key;
  }
}

/** @param {import("../lib/minutes/shared-text.js").Section} section @param {boolean} empty */
function row(section, empty) {
  const { key, number, level, annex } = section;
  const item = document.createElement("li");
  item.className = level === 1 ? "plan-part" : "plan-section";
  item.dataset.key = key;
  item.dataset.grip = "";
  item.classList.toggle("is-empty", empty && !annex);
  const link = document.createElement("a");
  link.href = `#partie-${key}`;
  link.draggable = false; // the row is what is dragged
  link.dataset.key = key;
  link.append(level === 1 && number ? `${number}. ${nameOf(section)}` : nameOf(section));
  if (empty && !annex) link.append(Object.assign(document.createElement("span"), { textContent: ` · ${word("empty")}` }));
  item.append(link);
  return item;
}
