/**
 * The sheet: the sections in their order, each opened in its view when it comes near the screen. It knows where one writes,
 * and gives that place to the toolbar and to the sources.
 *
 * Events: `change` (sections or their words), `place` {key} (one writes in another section).
 */
import { passages, writtenBy } from "../lib/minutes/passages.js";
import { word } from "../lib/minutes/words.js";
import { SectionFrame, fetchRichText } from "./section-frame.js";

const NEAR = "1200px 0px";
const WRITERS_AFTER_MS = 600;
const SCROLL_MS = [0, 120];

/**
 * @typedef {import("./writer.js").Desk} Desk
 * @typedef {import("./writer.js").Writer} Writer
 */

export class Sheet extends EventTarget {
  /** @type {Map<string, SectionFrame>} */
  frames = new Map();
  /** The section where one writes, or wrote last. */
  place = "";
  rich = false;
  #template;
  #shared;
  #presence;
  #desk;
  #nameOf;
  #near;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {Map<string, {at: number, name: string}[]>} */
  #passages = new Map();

  /**
   * @param {HTMLElement} element
   * @param {{shared: import("../lib/minutes/shared-text.js").SharedText, presence: import("../lib/minutes/presence.js").Presence,
   *   desk: Desk, nameOf: (client: number) => string}} parts
   */
  constructor(element, { shared, presence, desk, nameOf }) {
    super();
    this.#template = /** @type {HTMLTemplateElement} */ (element.querySelector("template"));
    this.#shared = shared;
    this.#presence = presence;
    this.#desk = desk;
    this.#nameOf = nameOf;
    this.#near = new IntersectionObserver((entries) => entries.forEach(({ isIntersecting, target }) => isIntersecting && this.#open(target)), { rootMargin: NEAR });
    shared.addEventListener("sections", () => this.#arrange());
    shared.addEventListener("text", (event) => this.#changed(/** @type {CustomEvent} */ (event).detail.key));
    presence.addEventListener("change", () => queueMicrotask(() => this.showPeople()));
  }

  /** @param {boolean} rich */
  async useView(rich) {
    this.rich = rich && (await fetchRichText());
    this.#arrange();
    for (const frame of this.frames.values()) if (frame.writer) frame.open(this.rich);
    this.showPeople();
    return this.rich;
  }

  /** Where one writes; the first section when one has not written yet. @returns {Writer | null} */
  get writer() {
    const frame = this.frames.get(this.place);
    return frame ? this.writerOf(frame) : null;
  }

  /** @param {SectionFrame} frame @returns {Writer | null} */
  writerOf(frame) {
    if (!frame.writer) frame.open(this.rich);
    return frame.writer;
  }

  /** @param {string} key */
  go(key) {
    const frame = this.frames.get(key);
    if (!frame) return;
    const writer = this.writerOf(frame);
    writer?.focus();
    // Sections above it open meanwhile and change their height: twice.
    for (const wait of SCROLL_MS) setTimeout(() => frame.element.scrollIntoView({ block: "start" }), wait);
  }

  /** Shows one place of a section, the caret there. @param {string} key @param {number} at */
  goTo(key, at) {
    const frame = this.frames.get(key);
    const writer = frame && this.writerOf(frame);
    writer?.select(at);
    writer?.reveal();
  }

  /** @param {string} key */
  entered(key) {
    if (this.place !== key) {
      this.place = key;
      this.#tell("place", { key });
    }
    this.showPeople(key);
  }

  /** @param {string} key the caret moved there */
  moved(key) {
    const frame = this.frames.get(key);
    if (!frame?.writer?.hasFocus) return;
    const { anchor, head } = frame.writer.selected;
    this.#presence.at(key, frame.section.body, anchor, head);
  }

  /** @param {boolean} writable */
  setWritable(writable) {
    for (const { writer } of this.frames.values()) writer?.setWritable(writable);
  }

  /** A source or a flag changed. */
  redraw() {
    for (const { writer } of this.frames.values()) writer?.redraw();
  }

  /** @param {string} [only] */
  showPeople(only) {
    const citing = document.body.dataset.sheet !== undefined; // in a panel: where a citation will go stays seen
    for (const [key, { writer, section }] of this.frames) {
      if (only && key !== only) continue;
      const carets = this.#presence.caretsIn(key);
      const names = [...new Set(carets.map(({ name }) => name))];
      this.frames.get(key)?.company(names.length ? word(names.length > 1 ? "write_in" : "writes_in", { names: names.join(", ") }) : "");
      if (!this.#passages.has(key)) this.#passages.set(key, passages(section.body.toString(), writtenBy(section.body), this.#nameOf));
      writer?.show({ carets, passages: this.#passages.get(key) ?? [], own: key === this.place && (writer.hasFocus || citing), away: citing && !writer.hasFocus });
    }
  }

  /** The names of those who wrote are known, or changed. */
  forgetWriters() {
    this.#passages.clear();
    this.showPeople();
  }

  #arrange() {
    const { sections } = this.#shared;
    for (const [key, frame] of this.frames) {
      if (sections.some((section) => section.key === key)) continue;
      frame.close();
      this.frames.delete(key);
    }
    if (sections.length) document.querySelector("[data-first]")?.remove(); // what was drawn to be read meanwhile
    let before = /** @type {Element} */ (this.#template);
    for (const section of sections) {
      const known = this.frames.get(section.key);
      const frame = known ?? new SectionFrame(section, this.#desk, this.#template);
      if (known) known.show(section);
      this.frames.set(section.key, frame);
      if (before.nextElementSibling !== frame.element) before.after(frame.element);
      if (!known) this.#near.observe(frame.element);
      before = frame.element;
    }
    if (!this.frames.has(this.place)) this.place = "";
    this.#tell("change");
  }

  /** @param {string} key */
  #changed(key) {
    this.frames.get(key)?.emptied();
    clearTimeout(this.#timer);
    this.#passages.delete(key);
    this.#timer = setTimeout(() => this.showPeople(), WRITERS_AFTER_MS);
    this.#tell("change");
  }

  /** @param {Element} element */
  #open(element) {
    const frame = this.frames.get(/** @type {HTMLElement} */ (element).dataset.key ?? "");
    this.#near.unobserve(element);
    if (!frame || frame.writer) return;
    frame.open(this.rich);
    this.showPeople(frame.section.key);
  }

  /** @param {string} name @param {object} [detail] */
  #tell(name, detail = {}) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
