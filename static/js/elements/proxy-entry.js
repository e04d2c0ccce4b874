/**
 * `<proxy-entry>` in « Saisir pour quelqu'un »: reads the words back, sends with Ctrl + Entrée, and stays ready for the next
 * sheet: channel, college and table stay, words and sheet number leave. Closing the dialog loses nothing.
 */
import { choosePane, chooseTab } from "./desk-tabs.js";

export class ProxyEntry extends HTMLElement {
  /** Whether the last press was « Oui, et une autre ». */
  #another = false;
  /** @type {number | null} */
  #already = null;

  connectedCallback() {
    this.addEventListener("input", (event) => this.#readBack(/** @type {Element} */ (event.target).closest("form")));
    this.addEventListener("change", () => this.#show());
    this.addEventListener("click", (event) => this.#click(/** @type {Element} */ (event.target)));
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.#another = false;
      /** @type {Element} */ (event.target).closest("form")?.requestSubmit();
    });
    this.addEventListener("act-settled", (event) => this.#settled(/** @type {CustomEvent} */ (event)));
    new MutationObserver(() => this.#show()).observe(this, { childList: true, subtree: true });
    this.#show();
  }

  #show() {
    const choice = /** @type {HTMLSelectElement | null} */ (this.querySelector("[data-entry-activity]"));
    for (const part of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-of]"))) {
      const hidden = part.dataset.of !== choice?.value;
      if (part.hidden !== hidden) part.hidden = hidden;
    }
    for (const form of this.querySelectorAll("form")) {
      const sheet = /** @type {HTMLElement | null} */ (form.querySelector("[data-sheet]"));
      const paper = new FormData(form).get("channel") === "paper";
      if (sheet && sheet.hidden === paper) sheet.hidden = !paper;
      this.#readBack(form);
    }
  }

  /** @param {HTMLFormElement | null} form */
  #readBack(form) {
    const place = /** @type {HTMLElement | null | undefined} */ (form?.querySelector("[data-read-back]"));
    const said = place?.querySelector("[data-said]");
    if (!form || !place || !said) return;
    const words = [.../** @type {NodeListOf<HTMLTextAreaElement>} */ (form.querySelectorAll("[data-words]"))];
    const text = words.map(({ value }) => value.trim()).filter(Boolean).join(" ");
    if (said.textContent !== text) said.textContent = text;
    if (place.hidden !== (text === "")) place.hidden = text === "";
  }

  /** @param {Element} target */
  #click(target) {
    const button = target.closest("button");
    if (button?.hasAttribute("data-another")) this.#another = true;
    if (button?.hasAttribute("data-send")) this.#another = false;
    if (button?.hasAttribute("data-see-card")) this.#seeCard();
  }

  /** @param {CustomEvent} event */
  #settled(event) {
    const { answer } = event.detail;
    const form = /** @type {Element} */ (event.target).querySelector("form");
    const see = /** @type {HTMLElement | null | undefined} */ (form?.querySelector("[data-see]"));
    this.#already = answer.ok ? null : (answer.params?.number ?? null);
    if (see) see.hidden = this.#already === null;
    if (!answer.ok || !form) return;
    for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[data-words], [name=sheet]"))) field.value = "";
    this.#readBack(form);
    if (this.#another) /** @type {HTMLElement | null} */ (form.querySelector("[name=sheet], [data-words]"))?.focus();
    else this.closest("dialog")?.close();
  }

  #seeCard() {
    const cards = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(`card-list [data-card="${this.#already}"]`)]);
    const [card] = cards;
    if (!card) return;
    const dialog = this.closest("dialog");
    dialog?.addEventListener("close", () => card.focus(), { once: true }); // after the focus that closing gives back
    choosePane("cards");
    chooseTab(card.dataset.status ?? "held");
    card.scrollIntoView({ block: "center" });
    dialog?.close();
  }
}
