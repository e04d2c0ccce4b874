/**
 * What is to be looked at in the text: sources withdrawn since, numbers that are no figure of their vote. The server says it
 * of the text as it is stored; a while after each save, and when something changed in the séance, it is asked again.
 */
import { word, wordCount } from "../lib/minutes/words.js";

const AFTER_SAVE_MS = 1_500;

/** @typedef {{kind: string, section: string, sentence: string, ref: string}} Flag */

export class Flags extends EventTarget {
  /** @type {Map<number, string>} */
  writers = new Map();
  /** @type {Flag[]} */
  #flags = [];
  #differences = 0;
  #panel;
  #address;
  #go;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {HTMLElement} panel @param {string} address @param {(flag: Flag) => void} go */
  constructor(panel, address, go) {
    super();
    this.#panel = panel;
    this.#address = address;
    this.#go = go;
  }

  /** @param {string} section */
  of(section) {
    return this.#flags.filter((flag) => flag.section === section);
  }

  soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.fetch(), AFTER_SAVE_MS);
  }

  async fetch() {
    try {
      const answer = await fetch(`${this.#address}/ecrire/etat`, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const { flags, writers, differences } = await answer.json();
      this.writers = new Map(Object.entries(writers).map(([client, name]) => [Number(client), String(name)]));
      const changed = JSON.stringify(flags) !== JSON.stringify(this.#flags) || differences !== this.#differences;
      this.#flags = flags;
      this.#differences = differences;
      if (changed) this.#draw();
      this.dispatchEvent(new CustomEvent("change", { detail: { flags: changed } }));
    } catch {
      // no network: at the next save
    }
  }

  #draw() {
    const list = /** @type {HTMLElement} */ (this.#panel.querySelector("[data-flag-list]"));
    this.#panel.hidden = this.#flags.length === 0 && this.#differences === 0;
    list.replaceChildren(...(this.#differences ? [this.#link()] : []), ...this.#flags.map((flag) => this.#row(flag)));
  }

  /** What the séance says otherwise since the text was written: read and decided on a page of its own. */
  #link() {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { className: "flag", href: `${this.#address}/differences` });
    link.append(Object.assign(document.createElement("strong"), { textContent: wordCount("differences", this.#differences) }), Object.assign(document.createElement("span"), { textContent: word("see_differences") }));
    item.append(link);
    return item;
  }

  /** @param {Flag} flag */
  #row(flag) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.className = `flag is-${flag.kind}`;
    const why = Object.assign(document.createElement("strong"), { textContent: word(`flag_${flag.kind}`, { ref: flag.ref }) });
    const sentence = Object.assign(document.createElement("span"), { textContent: flag.sentence });
    button.append(why, sentence);
    button.addEventListener("click", () => this.#go(flag));
    item.append(button);
    return item;
  }
}
