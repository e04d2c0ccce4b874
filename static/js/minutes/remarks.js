/**
 * The panel « Remarques »: what the server drew, put in the order of the text as it is being written. What is typed is kept on
 * the device until the server has said that it is kept (remark-form.js).
 *
 * Events: `change`: the marks in the text are to be drawn again.
 */
import { inTextOrder, placeOf } from "../lib/minutes/remarks.js";
import { RemarkForm } from "./remark-form.js";

/**
 * @typedef {import("../lib/minutes/remarks.js").Place} Place
 * @typedef {{ok: boolean, message?: string}} Answer
 * @typedef {(act: Record<string, string | undefined>) => Promise<Answer>} Ask
 * @typedef {{say: (sentence: string) => void, alert: (sentence: string) => void, go: (place: Place) => void, reveal: (id: string) => void}} Hands
 */

export class Remarks extends EventTarget {
  #panel;
  #shared;
  #address;
  #ask;
  #hands;
  #form;
  /** @type {HTMLElement[]} one for each thread */
  #items = [];
  /** @type {Map<string, Place | null>} */
  #places = new Map();
  #current = "";
  #drawn = "";

  /**
   * @param {HTMLElement} panel
   * @param {{shared: import("../lib/minutes/shared-text.js").SharedText, address: string, document: string, ask: Ask, hands: Hands}} parts
   */
  constructor(panel, { shared, address, document: id, ask, hands }) {
    super();
    this.#panel = panel;
    this.#shared = shared;
    this.#address = address;
    this.#ask = ask;
    this.#hands = hands;
    this.#form = new RemarkForm(panel, { key: `atelier.remarks.${id}`, ask, kept: (thread, sentence) => this.#kept(thread, sentence) });
    panel.addEventListener("click", (event) => this.#press(/** @type {HTMLElement} */ (event.target)));
  }

  /** The passages of a section that bear an open remark. @param {string} key @returns {import("./rich-remarks.js").Remarked[]} */
  of(key) {
    return this.#open.flatMap((item) => {
      const id = item.dataset.remark ?? "";
      const place = this.#places.get(id);
      return place?.key === key ? [{ id, from: place.from, to: place.to, current: id === this.#current }] : [];
    });
  }

  /** The remark at a place of a section. @param {string} key @param {number} at */
  at(key, at) {
    return this.of(key).find(({ from, to }) => from <= at && at <= to)?.id ?? "";
  }

  /** What is typed here and not kept by the server yet. */
  get hasDraft() {
    return this.#form.hasDraft;
  }

  /** A new remark on these words. @param {string} section @param {string} anchor @param {string} quote */
  compose(section, anchor, quote) {
    this.#form.begin({ section, anchor, quote });
  }

  /** Shows one thread. @param {string} id @param {boolean} [focus] */
  show(id, focus = false) {
    this.#choose(id);
    const item = this.#item(id);
    item?.closest("details")?.setAttribute("open", "");
    item?.scrollIntoView({ block: "nearest" });
    if (focus) item?.focus();
  }

  async fetch() {
    try {
      const answer = await fetch(`${this.#address}/ecrire/remarques`);
      if (answer.ok) this.#read(await answer.text());
      await this.#form.again();
    } catch {
      // no network: with the next signal
    }
  }

  /** The text changed, or its sections: where each remark stands now. */
  arrange() {
    const { sections, doc } = this.#shared;
    const titles = new Map(sections.map(({ key, number, heading }) => [key, `${number} ${heading}`.trim()]));
    this.#places = new Map(this.#items.map(({ dataset }) => [dataset.remark ?? "", placeOf(dataset, sections, doc)]));
    const sorted = inTextOrder(this.#items.map((item) => ({ item, place: this.#places.get(item.dataset.remark ?? "") ?? null })), sections);
    for (const { item, place } of sorted) {
      this.#one("[data-remark-where]", item).textContent = place ? (titles.get(place.key) ?? "") : "";
      this.#one("[data-remark-gone]", item).hidden = place !== null;
    }
    for (const item of this.#all("[data-asked]")) this.#one("[data-remark-where]", item).textContent = titles.get(item.dataset.asked ?? "") ?? "";
    const done = sorted.map(({ item }) => item).filter((item) => item.dataset.resolved === "yes" && !item.contains(this.#form.element)); // where one answers stays open
    fill(this.#one("[data-remark-list]"), sorted.map(({ item }) => item).filter((item) => !done.includes(item)));
    fill(this.#one("[data-remark-done] ul"), done);
    this.#one("[data-remark-done]").hidden = done.length === 0;
    this.#redraw();
  }

  /** @returns {HTMLElement[]} */
  get #open() {
    return this.#items.filter(({ dataset }) => dataset.resolved !== "yes");
  }

  /** @param {string} html */
  #read(html) {
    const drawn = new DOMParser().parseFromString(html, "text/html");
    const known = new Map(this.#items.map((item) => [item.dataset.remark, item]));
    const focused = this.#items.find((item) => item.contains(document.activeElement) && !this.#form.element.contains(document.activeElement));
    this.#items = [.../** @type {NodeListOf<HTMLElement>} */ (drawn.querySelectorAll("[data-remark]"))].map((item) => this.#renewed(known.get(item.dataset.remark), item));
    this.#one("[data-remark-asked]").replaceChildren(...drawn.querySelectorAll("[data-asked]"));
    const count = /** @type {HTMLElement} */ (drawn.querySelector("[data-remarks-open]"));
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-remark-count]"))) {
      const short = place.dataset.remarkCount === "short";
      place.textContent = short ? (count.dataset.remarksOpen ?? "").replace(/^0$/, "") : count.textContent;
      place.closest("[data-remark-counted]")?.toggleAttribute("hidden", count.dataset.remarksOpen === "0");
    }
    this.#one("[data-remark-none]").hidden = this.#items.length > 0;
    this.#form.place();
    this.arrange();
    if (focused && document.activeElement === document.body) (focused.closest("details:not([open])")?.querySelector("summary") ?? (focused.isConnected ? focused : this.#one("h2"))).focus();
  }

  /** The one that is there takes what the server drew: a form in it stays, with its focus. @param {HTMLElement | undefined} old @param {HTMLElement} item */
  #renewed(old, item) {
    const said = item.innerHTML;
    if (!old) item.dataset.said = said;
    if (!old || old.dataset.said === said) return Object.assign(old ?? item, { className: item.className });
    for (const child of [...old.children]) if (child !== this.#form.element) child.remove();
    old.prepend(...item.childNodes);
    for (const [name, value] of Object.entries({ ...item.dataset, said })) old.dataset[name] = value;
    old.className = item.className;
    return old;
  }

  /** The marks of the text follow their words by themselves; what is new or gone is drawn. */
  #redraw() {
    const now = JSON.stringify([this.#current, this.#open.map(({ dataset }) => [dataset.remark, this.#places.get(dataset.remark ?? "")?.key])]);
    if (now === this.#drawn) return;
    this.#drawn = now;
    this.dispatchEvent(new CustomEvent("change"));
  }

  /** @param {string} id */
  #choose(id) {
    this.#current = id;
    for (const item of this.#items) item.classList.toggle("is-selected", item.dataset.remark === id);
    this.#redraw();
  }

  /** @param {HTMLElement} target */
  #press(target) {
    const button = target.closest("button");
    const item = /** @type {HTMLElement | null} */ (target.closest("[data-remark]"));
    const id = item?.dataset.remark ?? "";
    if (item) this.#choose(id);
    if (item && !target.closest("button, a, form")) this.#hands.reveal(id);
    if (!button || !item) return;
    const place = this.#places.get(id);
    if (button.hasAttribute("data-remark-go") && place) this.#hands.go(place);
    else if (button.hasAttribute("data-remark-answer")) this.#form.begin({ thread: id });
    else if (button.dataset.remarkAct) void this.#act(button);
  }

  /** @param {HTMLElement} button */
  async #act(button) {
    const { remarkAct: act, remarkId: id, sure } = button.dataset;
    if (sure && button.textContent !== sure) return ask(button, sure);
    const answer = await this.#ask({ id, act });
    if (!answer.ok) return this.#hands.alert(answer.message || (this.#panel.dataset.sayUnsent ?? ""));
    this.#hands.say(this.#panel.dataset[`say${(act ?? "").replace(/^./, (first) => first.toUpperCase())}`] ?? "");
    await this.fetch();
  }

  /** @param {string} thread @param {string} sentence */
  async #kept(thread, sentence) {
    this.#hands.say(sentence);
    await this.fetch();
    this.show(thread, true);
  }

  /** @param {string} id */
  #item(id) {
    return this.#items.find(({ dataset }) => dataset.remark === id);
  }

  /** @param {string} selector @param {Element} [within] @returns {HTMLElement} */
  #one(selector, within = this.#panel) {
    return /** @type {HTMLElement} */ (within.querySelector(selector));
  }

  /** @param {string} selector @returns {HTMLElement[]} */
  #all(selector) {
    return [.../** @type {NodeListOf<HTMLElement>} */ (this.#panel.querySelectorAll(selector))];
  }
}

/** Moves only what is elsewhere: what has the focus keeps it. @param {HTMLElement} list @param {HTMLElement[]} items */
function fill(list, items) {
  for (const child of [...list.children]) if (!items.includes(/** @type {HTMLElement} */ (child))) child.remove();
  for (const [at, item] of items.entries()) if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null);
}

/** A second press is asked for: what is erased does not come back. @param {HTMLElement} button @param {string} sure */
function ask(button, sure) {
  const said = [...button.childNodes];
  button.textContent = sure;
  button.addEventListener("blur", () => button.textContent === sure && button.replaceChildren(...said), { once: true });
}
