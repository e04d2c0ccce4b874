/**
 * `<char-count for="field-id" max="140">`: characters left in a field (without `for`, the form's text area), as the server
 * counts them. Class `is-over` beyond.
 */
import { house } from "../lib/house.js";
import { sayCount } from "../lib/words.js";

const NEARLY_FULL = 10;

export class CharCount extends HTMLElement {
  /** @returns {HTMLTextAreaElement | null} */
  get #field() {
    const named = this.getAttribute("for");
    return /** @type {any} */ (named ? document.getElementById(named) : this.closest("form")?.querySelector("textarea"));
  }

  #update = () => this.#draw();

  #draw() {
    const field = this.#field;
    if (!field) return;
    const left = Number(this.getAttribute("max") ?? field.maxLength) - [...field.value].length;
    const sentence = left < 0 ? sayCount("characters_over", -left) : sayCount("characters_left", left);
    if (this.textContent === sentence) return;
    this.replaceChildren(sentence);
    this.classList.toggle("is-over", left < 0);
    if (left <= NEARLY_FULL && field === document.activeElement) house.announcer.polite(sentence, "characters");
  }

  connectedCallback() {
    for (const event of ["input", "reset-done"]) document.addEventListener(event, this.#update);
    queueMicrotask(this.#update);
  }

  disconnectedCallback() {
    for (const event of ["input", "reset-done"]) document.removeEventListener(event, this.#update);
  }
}
