/** Sentences above the text, with what may be done: they stay until one answers them. */
import { word } from "../lib/minutes/words.js";
import { icon } from "./icon.js";

export class Notices {
  #element;

  /** @param {HTMLElement} element */
  constructor(element) {
    this.#element = element;
  }

  /**
   * @param {string} key one notice of each kind
   * @param {string} sentence
   * @param {{label: string, act: () => void}[]} [acts]
   */
  show(key, sentence, acts = []) {
    const notice = document.createElement("div");
    notice.className = "notice";
    notice.dataset.notice = key;
    const words = document.createElement("p");
    words.className = "grow";
    words.append(sentence);
    notice.append(icon("circle-alert"), words, ...acts.map(({ label, act }) => this.#button(word(label), () => act())), this.#button(word("close"), () => notice.remove()));
    this.hide(key);
    this.#element.append(notice);
  }

  /** @param {string} key */
  hide(key) {
    this.#element.querySelector(`[data-notice="${CSS.escape(key)}"]`)?.remove();
  }

  /** @param {string} label @param {() => void} act */
  #button(label, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button is-quiet";
    button.append(label);
    button.addEventListener("click", act);
    return button;
  }
}

/**
 * Copies a text; where the browser refuses, shows it selected.
 * @param {string} text
 * @returns {Promise<string>} what to say
 */
export async function copyText(text) {
  try {
    await navigator.clipboard.writeText(text);
    return word("text_copied");
  } catch {
    const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, className: "input copy-by-hand" });
    field.setAttribute("aria-label", word("copy_text"));
    document.querySelector("[data-notices]")?.append(field);
    field.select();
    const done = document.execCommand?.("copy");
    if (done) field.remove();
    return word(done ? "text_copied" : "copy_by_hand");
  }
}
