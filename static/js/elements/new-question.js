/**
 * `<new-question hidden>…<a>Y aller</a></new-question>`: shown when an activity arrives while the person is busy with
 * something else on the page. Nothing moves and no focus is taken until they press it.
 */

const MARK = "[data-slot=main] [data-activity]";

/** @returns {HTMLElement[]} */
const heads = () => [...document.querySelectorAll(MARK)].map((head) => /** @type {HTMLElement} */ (head));

export class NewQuestion extends HTMLElement {
  #seen = new Set(heads().map(({ dataset }) => dataset.activity));
  /** @type {MutationObserver | undefined} */
  #observer;
  /** @type {number | null} where the field being typed in stood on the screen */
  #top = null;
  #note = () => this.#remember();

  connectedCallback() {
    const main = document.querySelector("[data-slot=main]");
    const link = this.querySelector("a");
    if (!main || !link) return;
    for (const event of ["input", "focusin", "scroll"]) addEventListener(event, this.#note, { passive: true });
    this.#observer = new MutationObserver(() => this.#look());
    this.#observer.observe(main, { childList: true, subtree: true });
    link.onclick = (event) => this.#follow(event);
  }

  disconnectedCallback() {
    this.#observer?.disconnect();
    for (const event of ["input", "focusin", "scroll"]) removeEventListener(event, this.#note);
  }

  get #field() {
    const field = document.activeElement;
    return field?.matches("main textarea, main input:not([type=hidden])") ? field : null;
  }

  #remember() {
    this.#top = this.#field?.getBoundingClientRect().top ?? null;
  }

  #look() {
    const here = heads();
    const fresh = here.filter(({ dataset }) => !this.#seen.has(dataset.activity));
    this.#seen = new Set(here.map(({ dataset }) => dataset.activity));
    if (here.length < 2) this.hidden = true;
    if (this.#field && this.#top !== null) scrollBy(0, this.#field.getBoundingClientRect().top - this.#top);
    if (fresh.length && (this.#field || scrollY > innerHeight / 4)) this.hidden = false;
  }

  /** @param {Event} event */
  #follow(event) {
    event.preventDefault();
    this.hidden = true;
    const title = document.querySelector("main h1");
    title?.scrollIntoView({ block: "center" });
    /** @type {HTMLElement | null} */ (title)?.focus({ preventScroll: true });
  }
}
