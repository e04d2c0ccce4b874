/**
 * `<read-document for="texte"><button hidden data-stop="Arrêter"><span data-label>Écouter</span></button></read-document>`:
 * the browser's own voice reads the text, paragraph by paragraph (long speeches are cut short by some browsers), without the
 * references and the tables. The button stays hidden where there is no voice.
 */
import { passageOf } from "../lib/passages.js";
import { MARK } from "../lib/sentences.js";

const SPOKEN = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, figcaption";
const SILENT = ".contents, .reading-own, .part-margin, .is-foot, .unsourced, .block-head, .part-empty, .notice, .result-foot, .legend";

export class ReadDocument extends HTMLElement {
  #label = "";

  connectedCallback() {
    const button = this.querySelector("button");
    if (!button || !("speechSynthesis" in window)) return;
    this.#label = this.#words(button).textContent ?? "";
    button.hidden = false;
    button.onclick = () => (this.#isSpeaking(button) ? this.#stop(button) : this.#read(button));
  }

  disconnectedCallback() {
    speechSynthesis?.cancel();
  }

  /** @param {HTMLButtonElement} button */
  #read(button) {
    const source = document.getElementById(this.getAttribute("for") ?? "");
    if (!source) return;
    speechSynthesis.cancel();
    const parts = [...source.querySelectorAll(SPOKEN)]
      .filter((part) => !part.closest(SILENT))
      .map((part) => passageOf(/** @type {HTMLElement} */ (part)).text.replaceAll(MARK, "").trim())
      .filter(Boolean);
    for (const [index, words] of parts.entries()) {
      const speech = new SpeechSynthesisUtterance(words);
      speech.lang = source.closest("[lang]")?.getAttribute("lang") ?? "fr";
      if (index === parts.length - 1) speech.onend = () => this.#mark(button, false);
      speech.onerror = () => this.#mark(button, false);
      speechSynthesis.speak(speech);
    }
    this.#mark(button, parts.length > 0);
  }

  /** @param {HTMLButtonElement} button */
  #stop(button) {
    speechSynthesis.cancel();
    this.#mark(button, false);
  }

  /** @param {HTMLButtonElement} button */
  #isSpeaking(button) {
    return button.getAttribute("aria-pressed") === "true";
  }

  /** @param {HTMLButtonElement} button @param {boolean} speaking */
  #mark(button, speaking) {
    button.setAttribute("aria-pressed", String(speaking));
    this.#words(button).textContent = speaking ? (button.dataset.stop ?? this.#label) : this.#label;
  }

  /** @param {HTMLButtonElement} button */
  #words(button) {
    return button.querySelector("[data-label]") ?? button;
  }
}
