/** One section on the sheet: its number and heading, its menu, its hint while it is empty, and the view that writes it. */
import { nameOf, word } from "../lib/minutes/words.js";
import { PlainText } from "./plain-text.js";

/**
 * @typedef {import("../lib/minutes/shared-text.js").Section} Section
 * @typedef {import("./writer.js").Writer} Writer
 * @typedef {import("./writer.js").Desk} Desk
 */

/** @type {typeof import("./rich-text.js").RichText | null} fetched once, by the first page that wants it */
let RichText = null;

/** @returns {Promise<boolean>} false where it cannot be had: the plain view serves */
export async function fetchRichText() {
  try {
    ({ RichText } = await import("./rich-text.js"));
    return true;
  } catch (error) {
    console.warn(error);
    return false;
  }
}

export class SectionFrame {
  element;
  /** @type {Writer | null} null until the section comes near the screen */
  writer = null;
  /** @type {Section} */
  section;
  #desk;
  #host;
  #rich = false;

  /** @param {Section} section @param {Desk} desk @param {HTMLTemplateElement} template */
  constructor(section, desk, template) {
    this.#desk = desk;
    this.section = section;
    this.element = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (template.content.cloneNode(true)).firstElementChild);
    this.#host = /** @type {HTMLElement} */ (this.element.querySelector("[data-part-text]"));
    this.element.dataset.key = section.key;
    this.element.id = `partie-${section.key}`;
    this.#host.textContent = section.body.toString();
    this.show(section);
  }

  /** @param {Section} section what it is called, and where it stands now */
  show(section) {
    const other = section.body !== this.section.body; // put back by « Annuler »: another text of the same key
    this.section = section;
    const { level, number, required, hint } = section;
    this.element.classList.toggle("is-part", level === 1);
    const title = /** @type {HTMLElement} */ (this.element.querySelector("[data-part-title]"));
    const head = document.createElement(level === 1 || (!number && !section.annex) ? "h2" : "h3"); // what opens the text is as high as parts
    head.id = `titre-${section.key}`;
    head.className = "part-title";
    head.dataset.partTitle = "";
    head.append(number ? `${number} ${nameOf(section)}` : nameOf(section));
    title.replaceWith(head);
    this.element.setAttribute("aria-labelledby", head.id);
    for (const own of /** @type {NodeListOf<HTMLElement>} */ (this.element.querySelectorAll("[data-own-part]"))) own.hidden = required;
    const line = /** @type {HTMLElement} */ (this.element.querySelector("[data-part-hint]"));
    line.textContent = hint;
    this.writer?.element.setAttribute("aria-label", this.label);
    this.emptied();
    if (other && this.writer) this.open(this.#rich, true);
  }

  get label() {
    return word("text_of", { number: this.section.number, heading: nameOf(this.section) }).replace(/\s+/g, " ").trim();
  }

  get isEmpty() {
    return this.section.body.toString().trim() === "";
  }

  emptied() {
    this.element.classList.toggle("is-empty", this.isEmpty);
    const line = /** @type {HTMLElement} */ (this.element.querySelector("[data-part-hint]"));
    line.hidden = !this.isEmpty || !line.textContent;
    if (!this.writer) this.#host.textContent = this.section.body.toString();
  }

  /** @param {boolean} rich @param {boolean} [again] */
  open(rich, again = false) {
    if (this.writer && this.#rich === rich && !again) return;
    this.#rich = rich;
    const { key, body: text } = this.section;
    this.writer?.destroy();
    this.#host.replaceChildren();
    const View = rich && RichText ? RichText : PlainText;
    this.writer = new View(this.#host, { key, text, label: this.label, desk: this.#desk });
  }

  close() {
    this.writer?.destroy();
    this.element.remove();
  }

  /** @param {string} sentence who else writes here, for the views that draw no carets and for phones */
  company(sentence) {
    const line = /** @type {HTMLElement} */ (this.element.querySelector("[data-part-company]"));
    if (line.textContent !== sentence) line.textContent = sentence;
    line.hidden = sentence === "";
  }
}
