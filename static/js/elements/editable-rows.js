/**
 * `<editable-rows data-most="8">` around rows of fields (`[data-row]`, names like `columns-2-label`) and a hidden
 * `[data-add]` button: the button gives one more row, an empty copy of the last. A row left empty is not kept.
 */
export class EditableRows extends HTMLElement {
  connectedCallback() {
    const button = /** @type {HTMLButtonElement | null} */ (this.querySelector("[data-add]"));
    if (!button) return;
    button.hidden = false;
    button.onclick = () => this.#append(button);
    this.#limit(button);
  }

  get #rows() {
    return /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-row]")]);
  }

  /** @param {HTMLButtonElement} button */
  #append(button) {
    const last = this.#rows.at(-1);
    if (!last) return;
    const row = /** @type {HTMLElement} */ (last.cloneNode(true));
    for (const element of row.querySelectorAll("*")) this.#renumber(element, this.#rows.length);
    row.querySelector(".college-mark")?.replaceChildren();
    last.after(row);
    this.#limit(button);
    /** @type {HTMLElement | null} */ (row.querySelector("input:not([type=hidden])"))?.focus();
  }

  /** @param {Element} element @param {number} number */
  #renumber(element, number) {
    for (const name of ["id", "name", "for", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace(/-\d+-/g, `-${number}-`));
    }
    element.removeAttribute("aria-invalid");
    if (element.matches(".error")) element.textContent = "";
    if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) element.value = "";
  }

  /** @param {HTMLButtonElement} button */
  #limit(button) {
    button.hidden = this.#rows.length >= Number(this.dataset.most ?? 8);
  }
}
