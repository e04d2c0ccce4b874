/**
 * `<ballot-slot activity="a5" data-received="1,2" data-people="7" data-shared>` around the ballot of a table phone: which
 * ballot this is (what the server has and what waits on the phone count), and the phone passed on between two people,
 * with nothing left of the choice before. On a phone of one person it does nothing.
 */
import { house } from "../lib/house.js";

/** @param {Element} root @param {string} selector @returns {any} */
const find = (root, selector) => root.querySelector(selector);

export class BallotSlot extends HTMLElement {
  static observedAttributes = ["data-received", "data-people", "data-shared"];
  #passing = false;
  #sentHere = new Set();

  connectedCallback() {
    this.addEventListener("submit", this.#number, true); // before act-form reads the form
    this.addEventListener("submit", this.#sent);
    find(this, "[data-mine]").onclick = () => this.#begin();
    this.#draw();
  }

  disconnectedCallback() {
    this.removeEventListener("submit", this.#number, true);
    this.removeEventListener("submit", this.#sent);
  }

  attributeChangedCallback() {
    queueMicrotask(() => this.isConnected && this.#draw()); // after what lib/me.js writes inside
  }

  get #shared() {
    return this.hasAttribute("data-shared");
  }

  /** @returns {number} the first ballot not yet given, 0 when all are */
  get #next() {
    const pending = house?.outbox?.entries ?? [];
    const mine = pending.filter(({ name, data, state }) => name === "cast_ballot" && data.activity === this.getAttribute("activity") && state !== "refused");
    const given = new Set([...(this.dataset.received ?? "").split(",").map(Number), ...mine.map(({ data }) => Number(data.slot))]);
    const people = Number(this.dataset.people ?? 1);
    return Array.from({ length: people }, (_, index) => index + 1).find((slot) => !given.has(slot) && !this.#sentHere.has(slot)) ?? 0;
  }

  #number = () => {
    if (!this.#shared || !this.#next) return;
    for (const field of this.querySelectorAll("input[name=slot]")) /** @type {HTMLInputElement} */ (field).value = String(this.#next);
  };

  #sent = (/** @type {Event} */ event) => {
    if (!this.#shared || event.defaultPrevented === false) return;
    const form = /** @type {HTMLFormElement} */ (event.target);
    this.#sentHere.add(Number(/** @type {HTMLInputElement} */ (form.elements.namedItem("slot")).value));
    this.addEventListener("act-settled", (settled) => this.#settled(settled), { once: true });
    setTimeout(() => {
      for (const one of this.querySelectorAll("form")) one.reset();
      this.#passing = true;
      this.#draw();
      find(this, "[data-mine]").focus();
    });
  };

  /** @param {Event} event */
  #settled(event) {
    if (!(/** @type {CustomEvent} */ (event).detail.answer.ok)) this.#sentHere.clear(); // its words say why, the person votes again
    this.#draw();
  }

  #begin() {
    this.#passing = false;
    this.#draw();
    find(this, "[data-ballot]").querySelector("input:not([type=hidden]), button, legend")?.focus();
  }

  #draw() {
    if (!this.#shared) return;
    const slot = this.#next;
    const number = find(this, "[data-slot-number]");
    number.removeAttribute("data-field"); // the server does not know what waits on the phone
    if (slot) number.textContent = String(slot);
    find(this, "[data-mine]").hidden = !this.#passing || slot === 0;
    find(this, "[data-pass]").hidden = !this.#passing;
    find(this, "[data-ballot]").hidden = this.#passing || slot === 0;
  }
}
