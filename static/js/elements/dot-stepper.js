/**
 * `<dot-stepper dots="3" per-option="2" data-left-one data-left-many data-left-none data-empty>` in a form of number
 * fields, one per `[data-option]`: − ● + in their place, the stickers left, and no empty ballot.
 */

/** @param {Element} root @param {string} selector @returns {any} */
const find = (root, selector) => root.querySelector(selector);

export class DotStepper extends HTMLElement {
  #stop = new AbortController();

  connectedCallback() {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    for (const row of this.#rows) {
      find(row, "[data-less]").onclick = () => this.#change(row, -1);
      find(row, "[data-more]").onclick = () => this.#change(row, 1);
      for (const part of row.querySelectorAll("[data-less], [data-more], [data-drawn]")) part.removeAttribute("hidden");
      this.#field(row).hidden = true;
    }
    find(this, "[data-rest]").hidden = false;
    this.addEventListener("input", () => this.#changed(), { signal });
    this.#form?.addEventListener("reset", () => setTimeout(() => this.#draw()), { signal });
    this.#form?.addEventListener("submit", (event) => this.#check(event), { signal });
    this.#draw();
  }

  disconnectedCallback() {
    this.#stop.abort();
  }

  get #form() {
    return this.closest("form");
  }

  /** @returns {HTMLElement[]} */
  get #rows() {
    return [...this.querySelectorAll("[data-option]")].map((row) => /** @type {HTMLElement} */ (row));
  }

  /** @param {Element} row @returns {HTMLInputElement} */
  #field(row) {
    return find(row, "input");
  }

  get #placed() {
    return this.#rows.reduce((sum, row) => sum + Number(this.#field(row).value), 0);
  }

  /** @param {Element} row @param {number} step */
  #change(row, step) {
    const field = this.#field(row);
    const value = Number(field.value) + step;
    if (value < 0 || value > Number(this.getAttribute("per-option")) || (step > 0 && this.#left < 1)) return;
    field.value = String(value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  #changed() {
    find(this, "[data-error]").hidden = true;
    this.#draw();
  }

  get #left() {
    return Number(this.getAttribute("dots")) - this.#placed;
  }

  #draw() {
    const left = this.#left;
    for (const row of this.#rows) this.#drawRow(row, left);
    const { leftNone = "", leftOne = "", leftMany = "" } = this.dataset;
    const sentence = left < 1 ? leftNone : left === 1 ? leftOne : leftMany.replace("{count}", String(left));
    const place = find(this, "[data-left]");
    if (place.textContent !== sentence) place.textContent = sentence;
    const stickers = [...find(this, "[data-stickers]").querySelectorAll("svg")];
    stickers.forEach((sticker, index) => {
      sticker.setAttribute("class", index < stickers.length - left ? "gommette fill-corail" : "gommette");
      sticker.firstElementChild.classList.toggle("is-free", index >= stickers.length - left);
    });
  }

  /** @param {HTMLElement} row @param {number} left */
  #drawRow(row, left) {
    const placed = Number(this.#field(row).value);
    this.#able(find(row, "[data-less]"), placed > 0);
    this.#able(find(row, "[data-more]"), left > 0 && placed < Number(this.getAttribute("per-option")));
    row.classList.toggle("is-chosen", placed > 0);
    const drawn = find(row, "[data-drawn]");
    if (drawn.childElementCount === placed && drawn.textContent === (placed ? "" : "0")) return;
    const sticker = find(this, "template[data-sticker]").content.querySelector("svg");
    drawn.replaceChildren(...(placed ? Array.from({ length: placed }, () => sticker.cloneNode(true)) : ["0"]));
  }

  /** A button that stops acting keeps the focus that the finger or the keyboard gave it. @param {HTMLButtonElement} button @param {boolean} able */
  #able(button, able) {
    button.setAttribute("aria-disabled", String(!able));
  }

  /** @param {Event} event */
  #check(event) {
    const place = find(this, "[data-error]");
    if (this.#placed > 0) return;
    event.preventDefault();
    event.stopPropagation();
    place.textContent = this.dataset.empty ?? "";
    place.hidden = false;
    place.setAttribute("role", "alert");
  }
}
