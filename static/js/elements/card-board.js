/**
 * `<card-board>`: cards into clusters, by drag, by « Ranger dans… », or by keys alone: arrows go from card to card and
 * from column to column, R opens the list of clusters, figures 1 to 9 choose one. Everything is an act that the server
 * answers with a patch; the page puts back what was dragged and waits for it.
 */
import { sortedByServer } from "../lib/sortable.js";
import { CardKeys } from "./card-list.js";
import { sendNow } from "./desk-send.js";

/** @param {string} selector what is hidden @param {CSSStyleSheet} sheet */
const hideOnly = (selector, sheet) => sheet.replaceSync(selector ? `${selector} { display: none !important; }` : "");

export class CardBoard extends CardKeys {
  #ofActivity = new CSSStyleSheet();
  #ofCollege = new CSSStyleSheet();
  /** @type {Map<HTMLElement, () => void>} */
  #sorted = new Map();

  connectedCallback() {
    super.connectedCallback();
    document.adoptedStyleSheets.push(this.#ofActivity, this.#ofCollege);
    new MutationObserver(() => this.#update()).observe(this, { childList: true, subtree: true });
    this.addEventListener("change", (event) => {
      const choice = /** @type {HTMLSelectElement} */ (event.target);
      if (choice.matches("[data-board-activity]")) this.#show(choice.value);
    });
    this.addEventListener("click", (event) => this.#filter(/** @type {Element} */ (event.target)));
    this.#update();
  }

  get #choice() {
    return /** @type {HTMLSelectElement | null} */ (this.querySelector("[data-board-activity]"));
  }

  #update() {
    this.#listActivities();
    for (const [list, stop] of this.#sorted) {
      if (list.isConnected) continue;
      stop();
      this.#sorted.delete(list);
    }
    if (!this.querySelector("[data-card-key=r]")) return; // somebody who only reads
    for (const list of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-sort-list]"))) {
      if (this.#sorted.has(list)) continue;
      const draggable = list.dataset.sortList ? "[data-place]" : "[data-region]";
      this.#sorted.set(list, sortedByServer(list, { group: "cards", draggable }, (drop) => this.#dropped(drop)));
    }
    const columns = /** @type {HTMLElement | null} */ (this.querySelector("[data-slot=clusters]"));
    if (!columns || this.#sorted.has(columns)) return;
    const how = { group: "clusters", draggable: "[data-region]", handle: "[data-grip]" };
    this.#sorted.set(columns, sortedByServer(columns, how, ({ item, index }) => this.#moved(item, index)));
  }

  #listActivities() {
    const choice = this.#choice;
    const heads = /** @type {HTMLElement[]} */ ([...this.querySelectorAll(".board-head")]);
    const known = heads.map(({ dataset }) => dataset.of).join();
    if (!choice || choice.dataset.known === known) return;
    choice.dataset.known = known;
    const before = choice.value;
    choice.replaceChildren(...heads.map(({ dataset }) => new Option(dataset.question, dataset.of)));
    const here = heads.find(({ dataset }) => dataset.here === "yes")?.dataset.of ?? heads[heads.length - 1]?.dataset.of ?? "";
    choice.value = heads.some(({ dataset }) => dataset.of === before) ? before : here;
    /** @type {HTMLElement} */ (choice.closest("label")).hidden = heads.length < 2;
    this.#show(choice.value);
  }

  /** @param {string} activity */
  #show(activity) {
    hideOnly(`card-board [data-of]:not([data-of="${CSS.escape(activity)}"])`, this.#ofActivity);
  }

  /** @param {Element} target */
  #filter(target) {
    const button = /** @type {HTMLElement | null} */ (target.closest("[data-only-college]"));
    if (!button) return;
    const college = button.dataset.onlyCollege ?? "";
    hideOnly(college && `card-board [data-college]:not([data-college="${CSS.escape(college)}"])`, this.#ofCollege);
    for (const other of this.querySelectorAll("[data-only-college]")) other.setAttribute("aria-pressed", String(other === button));
  }

  /** @param {{item: HTMLElement, from: HTMLElement, to: HTMLElement, index: number}} drop */
  #dropped({ item, to, index }) {
    const number = Number(/** @type {HTMLElement | null} */ (item.querySelector("[data-card]"))?.dataset.card);
    const cluster = to.dataset.sortList || null;
    if (number) void sendNow("place_card", cluster ? { number, cluster, position: index } : { number });
  }

  /** @param {HTMLElement} region @param {number} position among the clusters that are shown */
  #moved(region, position) {
    const section = /** @type {HTMLElement | null} */ (region.querySelector("[data-cluster]"));
    const others = [.../** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-cluster]"))];
    const before = others.filter(({ dataset }) => dataset.of !== section?.dataset.of).length;
    if (section) void sendNow("move_cluster", { cluster: section.dataset.cluster, position: Math.max(0, position - before) });
  }

  /**
   * @param {HTMLElement} card
   * @param {string} key
   */
  neighbour(card, key) {
    const list = card.closest("[data-sort-list]");
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    const seen = this.cards;
    const own = seen.filter((one) => one.closest("[data-sort-list]") === list);
    if (!step) return super.neighbour(card, key);
    const lists = [...new Set(seen.map((one) => one.closest("[data-sort-list]")))];
    const target = lists[lists.indexOf(list) + step];
    const place = own.indexOf(card);
    const there = seen.filter((one) => one.closest("[data-sort-list]") === target);
    return target ? (there[place] ?? there[there.length - 1]) : card;
  }
}

/** In « Ranger dans… », figures choose a cluster. */
export function watchPlaces() {
  document.addEventListener("keydown", (event) => {
    const dialog = /** @type {HTMLDialogElement | null} */ (document.querySelector("#dialog-file[open]"));
    if (!dialog || !/^[1-9]$/.test(event.key) || /** @type {Element} */ (event.target).matches("input")) return;
    const buttons = /** @type {HTMLButtonElement[]} */ ([...dialog.querySelectorAll("[data-numbered] button[name=cluster]")]);
    const shown = buttons.filter((button) => button.checkVisibility());
    const chosen = shown[Number(event.key) - 1];
    if (!chosen) return;
    event.preventDefault();
    chosen.click();
  });
}
