/** `<hour-text datetime="2011-10-13T18:04:00Z">`: that hour in the time zone of the séance, in words. */
import { hourText, milliseconds } from "../lib/clock.js";

export class HourText extends HTMLElement {
  static observedAttributes = ["datetime"];

  attributeChangedCallback() {
    this.#draw();
  }

  connectedCallback() {
    this.#draw();
  }

  #draw() {
    const moment = milliseconds(this.getAttribute("datetime"));
    const text = moment === null ? "" : this.#words(moment);
    this.replaceChildren(text);
  }

  /** @param {number} moment */
  #words(moment) {
    const timeZone = document.body.dataset.timezone || "Europe/Paris";
    const lang = document.documentElement.lang || "fr";
    if (lang === "fr") return hourText(moment, timeZone);
    return new Intl.DateTimeFormat(lang, { hour: "numeric", minute: "2-digit", timeZone }).format(moment);
  }
}
