/** « Enregistré à 22 h 41 », or where one's words are meanwhile. Announced when it stops being ordinary, and when it is again. */
import { hourText } from "../lib/clock.js";
import { SAVING_MS, saveState } from "../lib/minutes/save-state.js";
import { word } from "../lib/minutes/words.js";
import { icon } from "./icon.js";

const LOOK = /** @type {Record<string, {icon: string, css: string}>} */ ({
  opening: { icon: "hourglass", css: "" },
  saved: { icon: "check", css: "is-saved" },
  saving: { icon: "hourglass", css: "" },
  kept: { icon: "smartphone", css: "is-kept" },
  loose: { icon: "circle-alert", css: "is-conflict" },
  reading: { icon: "eye", css: "is-kept" },
  stopped: { icon: "circle-alert", css: "is-conflict" },
});
const UNUSUAL = new Set(["kept", "loose", "reading", "stopped"]);

export class SaveLine {
  #element;
  #wire;
  #device;
  #announcer;
  #timeZone;
  #state = "";
  #said = "";
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {HTMLElement} element
   * @param {{wire: import("../lib/minutes/wire.js").TextWire, device: import("../lib/minutes/device.js").Device,
   *   announcer: import("../lib/announce.js").Announcer, timeZone: string}} parts
   */
  constructor(element, { wire, device, announcer, timeZone }) {
    this.#element = element;
    this.#wire = wire;
    this.#device = device;
    this.#announcer = announcer;
    this.#timeZone = timeZone;
    wire.addEventListener("change", () => this.draw());
    device.addEventListener("change", () => this.draw());
    this.draw();
  }

  get state() {
    return this.#state;
  }

  draw() {
    const { opened, online, writable, dirty, dirtySince, savedAt, why, failing } = this.#wire;
    const { kept, durable } = this.#device;
    const { state, why: reason } = saveState({ opened, online, writable, dirty, dirtySince, kept, durable, savedAt, why, failing, now: Date.now() });
    clearTimeout(this.#timer);
    if (state === "saving") this.#timer = setTimeout(() => this.draw(), SAVING_MS);
    const sentence = this.#sentence(state, reason, savedAt);
    if (sentence === this.#said) return;
    if (UNUSUAL.has(state) ? state !== this.#state : UNUSUAL.has(this.#state) && state === "saved") this.#announcer.polite(sentence, "save");
    this.#said = sentence;
    this.#state = state;
    const { icon: drawing, css } = LOOK[state];
    this.#element.className = `save-line ${css}`.trim();
    this.#element.dataset.state = state;
    this.#element.replaceChildren(icon(drawing), Object.assign(document.createElement("span"), { textContent: sentence }));
  }

  /** @param {string} state @param {string} why @param {number | null} savedAt */
  #sentence(state, why, savedAt) {
    if (state === "saved" && savedAt !== null) return word("saved_at", { time: hourText(savedAt, this.#timeZone, document.documentElement.lang) });
    const sentence = word(state, { why }).trim();
    return why && !sentence.includes(why) ? `${sentence}. ${why}` : sentence;
  }
}
