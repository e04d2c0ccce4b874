/**
 * The panel of sources: the séance's cards, hypotheses and votes as the server drew them; searched, filtered and counted here,
 * against the text as it is being written. « Citer » puts a reference where one writes.
 */
import { whereCited } from "../lib/minutes/citations.js";
import { nameOf, word, wordCount } from "../lib/minutes/words.js";

const UNCITED = "uncited";

/** @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export class Sources {
  #panel;
  #shared;
  #filter = "";
  /** @type {Map<string, HTMLElement>} */
  #items = new Map();
  /** @type {Map<string, string>} what one may search by */
  #words = new Map();
  /** @type {Map<string, string[]>} */
  #cited = new Map();
  #current = "";
  #opened = "";

  /**
   * @param {HTMLElement} panel
   * @param {{shared: import("../lib/minutes/shared-text.js").SharedText, cite: (ref: string) => void, leave: () => void}} hands
   */
  constructor(panel, { shared, cite, leave }) {
    this.#panel = panel;
    this.#shared = shared;
    this.read();
    panel.addEventListener("input", () => this.#show());
    panel.addEventListener("click", (event) => {
      const button = /** @type {HTMLElement} */ (event.target).closest("button");
      const ref = /** @type {HTMLElement | null} */ (button?.closest("[data-source]"))?.dataset.source ?? "";
      if (button?.dataset.filter !== undefined) this.#choose(button.dataset.filter);
      else if (button?.hasAttribute("data-cite-one")) cite(ref);
      else if (button?.hasAttribute("data-cite-current")) cite(this.#current);
      else if (button?.hasAttribute("data-next-source")) this.next();
    });
    panel.addEventListener("keydown", (event) => {
      if (event.key === "Escape") leave();
    });
  }

  /** The server drew the list again. @param {string} [html] */
  read(html) {
    const list = /** @type {HTMLElement} */ (this.#panel.querySelector("[data-source-list]"));
    if (html !== undefined) {
      const drawn = new DOMParser().parseFromString(html, "text/html");
      const parts = /** @type {const} */ (["[data-source-list]", "[data-source-filters]"]);
      for (const part of parts) this.#panel.querySelector(part)?.replaceChildren(...(drawn.querySelector(part)?.childNodes ?? []));
    }
    this.#items = new Map([...list.querySelectorAll("[data-source]")].map((item) => [/** @type {HTMLElement} */ (item).dataset.source ?? "", /** @type {HTMLElement} */ (item)]));
    this.#words = new Map([...this.#items].map(([ref, item]) => [ref, plain(`${ref} ${item.dataset.words ?? ""}`)]));
    this.count();
  }

  /** @param {string} ref @returns {string} its status; "" while no source is known at all */
  statusOf(ref) {
    if (this.#items.size === 0) return "";
    const item = this.#items.get(ref) ?? this.#items.get(ref.replace(/C-(\d+)$/, "H-$1"));
    return item ? (item.dataset.status ?? "") : "unknown";
  }

  /** What is cited and what is not, as the text stands. */
  count() {
    const sections = this.#shared.sections;
    const numbers = new Map(sections.map((section) => [section.key, section.number || nameOf(section)]));
    this.#cited = whereCited(sections.map(({ key, body }) => ({ key, body: body.toString() })));
    let uncited = 0;
    for (const [ref, item] of this.#items) {
      const where = this.#cited.get(ref) ?? [];
      const line = /** @type {HTMLElement} */ (item.querySelector("[data-where]"));
      const sentence = where.length ? word("cited_in", { where: where.map((key) => numbers.get(key)).join(", ") }) : word("not_cited");
      if (line.textContent !== sentence) line.textContent = sentence;
      item.classList.toggle("is-cited", where.length > 0);
      if (this.#isWanting(ref, item)) uncited += 1;
    }
    const filter = /** @type {HTMLElement | null} */ (this.#panel.querySelector(`[data-filter=${UNCITED}]`));
    if (filter) filter.textContent = uncited ? word("uncited", { count: uncited }) : word("all_cited");
    const left = /** @type {HTMLElement | null} */ (this.#panel.querySelector("[data-uncited-count]"));
    if (left) left.textContent = uncited ? wordCount("uncited_left", uncited) : word("all_cited");
    this.#show();
  }

  /** Opens one source beside the text. @param {string} ref */
  open(ref) {
    const item = this.#items.get(ref) ?? this.#items.get(ref.replace(/C-(\d+)$/, "H-$1"));
    const search = this.#search;
    if (search) search.value = "";
    this.#filter = "";
    this.#opened = item?.dataset.source ?? "";
    this.#setCurrent(item?.dataset.source ?? "");
    this.#show();
    item?.scrollIntoView({ block: "nearest" });
    item?.focus();
  }

  next() {
    const shown = [...this.#items].filter(([, item]) => !item.hidden).map(([ref]) => ref);
    const at = shown.indexOf(this.#current);
    this.#setCurrent(shown[(at + 1) % Math.max(1, shown.length)] ?? "");
  }

  /** @param {boolean} narrow there a keyboard would cover the cards */
  focus(narrow) {
    const next = /** @type {HTMLElement | null} */ (narrow ? this.#panel.querySelector("[data-cite-current]") : this.#search);
    next?.focus();
  }

  /** @returns {HTMLInputElement | null} */
  get #search() {
    return this.#panel.querySelector("input[type=search]");
  }

  /** @param {string} ref @param {HTMLElement} item */
  #isWanting(ref, item) {
    return !this.#cited.has(ref) && /^(?:standing|reworded)$/.test(item.dataset.status ?? "");
  }

  /** @param {string} filter */
  #choose(filter) {
    this.#filter = this.#filter === filter ? "" : filter;
    this.#current = "";
    this.#show();
  }

  #show() {
    const wanted = plain(this.#search?.value ?? "").split(/\s+/).filter(Boolean);
    let first = "";
    for (const [ref, item] of this.#items) {
      const fits = this.#filter === "" || (this.#filter === UNCITED ? this.#isWanting(ref, item) : item.dataset.group === this.#filter);
      const words = this.#words.get(ref) ?? "";
      const gone = !/^(?:standing|reworded)$/.test(item.dataset.status ?? "") && !this.#cited.has(ref) && ref !== this.#opened; // shown where the text still cites it
      item.hidden = gone || !fits || !wanted.every((one) => words.includes(one));
      if (!item.hidden) first ||= ref;
    }
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.#panel.querySelectorAll("[data-filter]"))) button.setAttribute("aria-pressed", String(button.dataset.filter === this.#filter));
    const none = /** @type {HTMLElement | null} */ (this.#panel.querySelector("[data-none]"));
    if (none) none.hidden = first !== "" || this.#items.size === 0;
    if (!this.#current || this.#items.get(this.#current)?.hidden !== false) this.#setCurrent(first, false);
  }

  /** @param {string} ref @param {boolean} [chosen] by the person, not by the list */
  #setCurrent(ref, chosen = true) {
    this.#current = ref;
    for (const [one, item] of this.#items) {
      item.classList.toggle("is-current", one === ref);
      item.classList.toggle("is-selected", chosen && one === ref);
    }
  }
}
