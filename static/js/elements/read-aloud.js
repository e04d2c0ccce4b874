/**
 * `<read-aloud for="question-id"><button type="button" hidden>Écouter</button></read-aloud>`: the browser's own voice
 * reads that element. The button stays hidden where there is no voice.
 */
import { say } from "../lib/words.js";

/** @type {Record<string, string>} some devices have no voice for a language without its country */
const VOICES = { fr: "fr-FR", en: "en-GB" };

export class ReadAloud extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    if (!button || !("speechSynthesis" in window)) return;
    button.hidden = false;
    button.onclick = () => this.#toggle(button);
  }

  disconnectedCallback() {
    if (this.querySelector("[aria-pressed=true]")) speechSynthesis.cancel();
  }

  /** @param {HTMLButtonElement} button */
  #toggle(button) {
    const speaking = button.getAttribute("aria-pressed") === "true";
    speechSynthesis.cancel();
    const source = document.getElementById(this.getAttribute("for") ?? "");
    if (speaking || !source) return this.#mark(button, false);
    const words = new SpeechSynthesisUtterance(source.innerText || (source.textContent ?? "")); // folded, it has no inner text
    const language = source.closest("[lang]")?.getAttribute("lang") ?? "fr";
    words.lang = VOICES[language] ?? language;
    words.onend = words.onerror = () => this.#mark(button, false);
    this.#mark(button, true);
    speechSynthesis.speak(words);
  }

  /**
   * @param {HTMLButtonElement} button
   * @param {boolean} speaking
   */
  #mark(button, speaking) {
    button.setAttribute("aria-pressed", String(speaking));
    (button.querySelector("[data-label]") ?? button).textContent = say(speaking ? "stop_listening" : "listen");
  }
}
