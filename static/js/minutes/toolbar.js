/**
 * `role=toolbar`: one stop for Tab, arrows between its buttons, Escape back to the text. Pressing a button does not take the
 * selection away from the text.
 */

export class Toolbar {
  #element;
  #act;

  /** @param {HTMLElement} element @param {{act: (name: string) => void, leave: () => void}} hands */
  constructor(element, { act, leave }) {
    this.#element = element;
    this.#act = act;
    this.#stopAt(this.#buttons[0]);
    element.addEventListener("pointerdown", (event) => event.preventDefault());
    element.addEventListener("click", (event) => this.#press(event));
    element.addEventListener("keydown", (event) => (event.key === "Escape" ? leave() : this.#move(event)));
    element.addEventListener("focusin", (event) => this.#stopAt(/** @type {HTMLElement} */ (event.target)));
  }

  /** @returns {HTMLElement[]} */
  get #buttons() {
    return [...this.#element.querySelectorAll("button")].filter((button) => button.checkVisibility?.() !== false);
  }

  /** @param {boolean} writable */
  setWritable(writable) {
    for (const button of this.#element.querySelectorAll("button")) button.setAttribute("aria-disabled", String(!writable));
  }

  /** @param {Event} event */
  #press(event) {
    const button = /** @type {HTMLElement} */ (event.target).closest("button");
    if (button?.dataset.act && button.getAttribute("aria-disabled") !== "true") this.#act(button.dataset.act);
  }

  /** @param {KeyboardEvent} event */
  #move(event) {
    const buttons = this.#buttons;
    const at = buttons.indexOf(/** @type {HTMLElement} */ (event.target));
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
    if (to === undefined || at < 0) return;
    event.preventDefault();
    const next = buttons[(to + buttons.length) % buttons.length];
    this.#stopAt(next);
    next.focus();
  }

  /** @param {HTMLElement | undefined} stop */
  #stopAt(stop) {
    if (stop?.tagName !== "BUTTON") return;
    for (const button of this.#element.querySelectorAll("button")) button.tabIndex = button === stop ? 0 : -1;
  }
}
