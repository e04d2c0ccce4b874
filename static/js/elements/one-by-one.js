/**
 * `<one-by-one data-missing-one data-missing-many>` in a form of fieldsets `[data-one]`: one per screen, with what is
 * done so far, « Proposition suivante », and a warning before sending when some have no answer (D-4).
 */

/** @param {Element} root @param {string} selector @returns {any} */
const find = (root, selector) => root.querySelector(selector);

export class OneByOne extends HTMLElement {
  #at = 0;
  #anyway = false;
  #stop = new AbortController();

  connectedCallback() {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    find(this, "[data-next]").onclick = () => this.#go(this.#at + 1);
    find(this, "[data-back]").onclick = () => this.#go(this.#at - 1);
    find(this, "[data-complete]").onclick = () => this.#go(this.#parts.indexOf(this.#missing[0] ?? this.#parts[0]));
    find(this, "[data-anyway]").onclick = () => (this.#anyway = true);
    this.addEventListener("input", () => this.#draw(), { signal });
    const form = this.closest("form");
    form?.addEventListener("submit", (event) => this.#check(event), { signal });
    form?.addEventListener("reset", () => setTimeout(() => this.#restart()), { signal });
    this.#draw();
  }

  disconnectedCallback() {
    this.#stop.abort();
  }

  /** @returns {HTMLElement[]} */
  get #parts() {
    return [...this.querySelectorAll("[data-one]")].map((part) => /** @type {HTMLElement} */ (part));
  }

  get #missing() {
    return this.#parts.filter((part) => !part.querySelector(":checked"));
  }

  #restart() {
    this.#at = 0;
    this.#draw();
  }

  /** @param {number} index */
  #go(index) {
    this.#at = Math.max(0, Math.min(index, this.#parts.length - 1));
    find(this, "[data-warning]").hidden = true;
    this.#draw();
    const legend = find(this.#parts[this.#at], "legend");
    legend.focus({ preventScroll: true });
    this.scrollIntoView({ block: "start" });
  }

  #draw() {
    const parts = this.#parts;
    const last = this.#at === parts.length - 1;
    parts.forEach((part, index) => (part.hidden = index !== this.#at));
    find(this, "[data-now]").textContent = String(this.#at + 1);
    this.querySelectorAll(".steps-done > i").forEach((step, index) => {
      step.classList.toggle("is-done", Boolean(parts[index]?.querySelector(":checked")));
      step.classList.toggle("is-here", index === this.#at);
    });
    find(this, "[data-progress]").hidden = parts.length < 2;
    find(this, "[data-back]").hidden = this.#at === 0;
    find(this, "[data-next]").hidden = last;
    find(this, "[data-last]").hidden = !last;
  }

  /** @param {Event} event */
  #check(event) {
    const missing = this.#missing.length;
    const anyway = this.#anyway;
    this.#anyway = false;
    const warning = find(this, "[data-warning]");
    warning.hidden = true;
    if (missing === 0 || anyway) return;
    event.preventDefault();
    event.stopPropagation();
    const { missingOne = "", missingMany = "" } = this.dataset;
    find(warning, "[data-sentence]").textContent = missing === 1 ? missingOne : missingMany.replace("{count}", String(missing));
    find(warning, "[data-anyway]").hidden = missing === this.#parts.length; // an empty ballot is not sent: vote blank
    warning.hidden = false;
    warning.focus();
  }
}
