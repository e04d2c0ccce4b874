/**
 * `<paper-ballots kind activity>`: paper ballots one by one, from the closed box (D-5). The pile stays in this page until
 * it is sent whole; a ballot added is no longer shown.
 */
import { house } from "../lib/house.js";
import { readForm } from "../lib/form-data.js";
import { say } from "../lib/words.js";

/** @typedef {Record<string, any>} Ballot */

export class PaperBallots extends HTMLElement {
  /** @type {Ballot[]} */
  #pile = [];
  #void = 0;
  /** @type {("ballot" | "void")[]} */
  #order = [];

  connectedCallback() {
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.#add(/** @type {HTMLFormElement} */ (event.target), /** @type {HTMLButtonElement | null} */ (event.submitter));
    });
    this.querySelector("[data-send]")?.addEventListener("click", () => void this.#send());
    this.querySelector("[data-back]")?.addEventListener("click", () => this.#takeBack());
  }

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLButtonElement | null} button
   */
  #add(form, button) {
    const what = button?.value ?? "ballot";
    if (what === "void") this.#void += 1;
    else this.#pile.push(what === "ballot" ? readForm(form).data : { [what]: true });
    this.#order.push(what === "void" ? "void" : "ballot");
    form.reset();
    this.#count();
    /** @type {HTMLElement | null} */ (form.querySelector("input, select"))?.focus();
  }

  #takeBack() {
    const last = this.#order.pop();
    if (last === "void") this.#void -= 1;
    else if (last) this.#pile.pop();
    this.#count();
  }

  #count() {
    const line = /** @type {HTMLElement | null} */ (this.querySelector("[data-count-line]"));
    if (!line) return;
    const count = this.#order.length;
    const text = count === 0 ? line.dataset.none : count === 1 ? line.dataset.one : line.dataset.many;
    line.textContent = (text ?? "").replace("{count}", String(count));
  }

  async #send() {
    const paper = { one_by_one: this.#pile, void: this.#void };
    const answer = await house.delivery.direct("enter_paper", { activity: this.getAttribute("activity"), paper });
    const place = /** @type {HTMLElement | null} */ (this.querySelector("[data-error]"));
    if (answer?.ok) {
      [this.#pile, this.#void, this.#order] = [[], 0, []];
      this.#count();
      if (place) place.hidden = true;
      this.closest("dialog")?.close();
      return;
    }
    const sentence = answer?.message ?? say("direct_failed");
    if (place) [place.textContent, place.hidden] = [sentence, false];
    house.announcer.alert(sentence);
  }
}
