/**
 * The panel of sources: the séance's cards, hypotheses and votes as the server drew them; searched, filtered and counted here,
 * against the text as it is being written. « Citer » puts a reference where one writes.
 */
import { whereCited } from "../lib/minutes/citations.js";
import { nameOf, word, wordCount } from "../lib/minutes/words.js";

const UNCITED = "uncited";
const AGAIN_AFTER_MS = 5_000;

/** @param {string} text */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export class Sources {
  #panel;
  #shared;
  #filter = "";
  /** @type {Map<string, HTMLElement>} */
  #items = new Map();
  /** @type {WeakMap<HTMLElement, {words: string, where: HTMLElement}>} of each item: what one may search by, where it says who cites it */
  #told = new WeakMap();
  /** @type {Map<string, string[]>} */
  #cited = new Map();
  #current = "";
  #isChosen = false;
  #opened = "";
  #address;
  #turn = 0; // of fetching: a newer one makes the former useless
  #following = false;

  /**
   * @param {HTMLElement} panel
   * @param {{shared: import("../lib/minutes/shared-text.js").SharedText, address: string, cite: (ref: string) => void, leave: () => void}} hands
   */
  constructor(panel, { shared, address, cite, leave }) {
    this.#panel = panel;
    this.#shared = shared;
    this.#address = address;
    this.#read();
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

  /** Fetches the whole list again, then puts it in the place of the former: something changed in the séance. */
  async fetch() {
    const turn = (this.#turn += 1);
    const slices = [];
    for (let from = "0"; from; from = slices.at(-1)?.next ?? "") {
      slices.push(await this.#slice(from));
      if (turn !== this.#turn) return;
    }
    this.#panel.querySelector("[data-source-filters]")?.replaceChildren(...(slices[0].filters?.childNodes ?? []));
    this.#list.replaceChildren(...slices.flatMap(({ items }) => items));
    this.#list.dataset.next = "";
    this.#read();
  }

  /** The page came with the beginning of a long list: the rest follows once the text is there, slice by slice. @param {() => void} whole */
  async follow(whole) {
    const turn = this.#turn;
    if (!this.#list.dataset.next || this.#following) return;
    this.#following = true;
    while (this.#list.dataset.next) {
      try {
        const { items, next } = await this.#slice(this.#list.dataset.next);
        if (turn !== this.#turn) return;
        this.#list.append(...items.filter((item) => !this.#items.has(item.dataset.source ?? "")));
        this.#list.dataset.next = next;
        this.#read();
      } catch {
        await new Promise((done) => setTimeout(done, AGAIN_AFTER_MS)); // no network
        if (turn !== this.#turn) return;
      }
    }
    whole();
  }

  /** @param {string} from @returns {Promise<{items: HTMLElement[], filters: Element | null, next: string}>} */
  async #slice(from) {
    const answer = await fetch(`${this.#address}/ecrire/sources?de=${from}`);
    if (!answer.ok) throw new Error(`sources: ${answer.status}`);
    const drawn = new DOMParser().parseFromString(await answer.text(), "text/html");
    const list = /** @type {HTMLElement} */ (drawn.querySelector("[data-source-list]"));
    return { items: /** @type {HTMLElement[]} */ ([...list.children]), filters: drawn.querySelector("[data-source-filters]"), next: list.dataset.next ?? "" };
  }

  /** Takes what the list holds now. */
  #read() {
    this.#items.clear();
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (this.#list.querySelectorAll("[data-source]"))) {
      const ref = item.dataset.source ?? "";
      this.#items.set(ref, item);
      if (!this.#told.has(item)) this.#told.set(item, { words: plain(`${ref} ${item.dataset.words ?? ""}`), where: /** @type {HTMLElement} */ (item.querySelector("[data-where]")) });
    }
    this.count();
  }

  /** @param {string} ref @returns {string} its status; "" while it may still come, or no source is known at all */
  statusOf(ref) {
    const item = this.#items.get(ref) ?? this.#items.get(ref.replace(/C-(\d+)$/, "H-$1"));
    if (item) return item.dataset.status ?? "";
    return this.#items.size === 0 || this.#list.dataset.next ? "" : "unknown";
  }

  /** What is cited and what is not, as the text stands. */
  count() {
    const sections = this.#shared.sections;
    const numbers = new Map(sections.map((section) => [section.key, section.number || nameOf(section)]));
    this.#cited = whereCited(sections.map(({ key, body }) => ({ key, body: body.toString() })));
    let uncited = 0;
    for (const [ref, item] of this.#items) {
      const where = this.#cited.get(ref) ?? [];
      const line = this.#told.get(item)?.where;
      const sentence = where.length ? word("cited_in", { where: where.map((key) => numbers.get(key)).join(", ") }) : word("not_cited");
      if (line && line.textContent !== sentence) line.textContent = sentence;
      if (item.classList.contains("is-cited") !== where.length > 0) item.classList.toggle("is-cited");
      if (this.#isWanting(ref, item)) uncited += 1;
    }
    const filter = /** @type {HTMLElement | null} */ (this.#panel.querySelector(`[data-filter=${UNCITED}]`));
    if (this.#list.dataset.next) return this.#show(); // the numbers wait for the rest of the list
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

  /** @returns {HTMLElement} */
  get #list() {
    return /** @type {HTMLElement} */ (this.#panel.querySelector("[data-source-list]"));
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
    let [first, wanting] = ["", ""];
    for (const [ref, item] of this.#items) {
      const words = this.#told.get(item)?.words ?? "";
      const hidden = !this.#fits(ref, item) || !wanted.every((one) => words.includes(one));
      if (item.hidden !== hidden) item.hidden = hidden;
      if (!hidden) first ||= ref;
      if (!hidden && !wanting && this.#isWanting(ref, item)) wanting = ref;
    }
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (this.#panel.querySelectorAll("[data-filter]"))) button.setAttribute("aria-pressed", String(button.dataset.filter === this.#filter));
    const none = /** @type {HTMLElement | null} */ (this.#panel.querySelector("[data-none]"));
    if (none) none.hidden = first !== "" || this.#items.size === 0;
    if (!this.#isChosen || this.#items.get(this.#current)?.hidden !== false) this.#setCurrent(wanting || first, false); // what is left to cite comes first
  }

  /** @param {string} ref @param {HTMLElement} item whether the filter lets it through; what is gone, where the text still cites it */
  #fits(ref, item) {
    const gone = !/^(?:standing|reworded)$/.test(item.dataset.status ?? "") && !this.#cited.has(ref) && ref !== this.#opened;
    return !gone && (this.#filter === "" || (this.#filter === UNCITED ? this.#isWanting(ref, item) : item.dataset.group === this.#filter));
  }

  /** @param {string} ref @param {boolean} [chosen] by the person, not by the list */
  #setCurrent(ref, chosen = true) {
    this.#items.get(this.#current)?.classList.remove("is-current", "is-selected");
    this.#current = ref;
    this.#isChosen = chosen;
    const classes = this.#items.get(ref)?.classList;
    classes?.add("is-current");
    classes?.toggle("is-selected", chosen);
  }
}
