/**
 * The one field of the panel « Remarques », for a new remark or beneath a thread. What is typed stays on the device, under the
 * name it will bear, until the server has acknowledged it: sent again after a doubt, it counts once.
 */
import { newId } from "../lib/delivery.js";
import { memory } from "../lib/memory.js";

const NEW = "";
const AGAIN_MS = 10_000;

/** @typedef {{id: string, thread: string, section: string, anchor: string, quote: string, words: string}} Draft */

export class RemarkForm {
  /** @type {HTMLFormElement} */
  element;
  #panel;
  #key;
  #ask;
  #kept;
  /** @type {Record<string, Draft>} thread → what is typed beneath it */
  #drafts = {};
  /** @type {string | null} the thread under which the field stands */
  #thread = null;
  #sending = false;
  #waiting = false;

  /**
   * @param {HTMLElement} panel
   * @param {{key: string, ask: import("./remarks.js").Ask, kept: (thread: string, sentence: string) => void}} parts
   */
  constructor(panel, { key, ask, kept }) {
    this.#panel = panel;
    this.#key = key;
    this.#ask = ask;
    this.#kept = kept;
    this.element = /** @type {HTMLFormElement} */ (panel.querySelector("[data-remark-form]"));
    try {
      this.#drafts = JSON.parse(memory()?.getItem(key) ?? "{}");
    } catch {
      // written by another version
    }
    this.#field.addEventListener("input", () => this.#typed());
    this.element.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#send();
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void this.#send();
      else if (event.key === "Escape") this.#close();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.#part("[data-remark-close]").addEventListener("click", () => this.#close());
    const left = Object.values(this.#drafts).find(({ words }) => words);
    if (left) this.#open(left.thread, this.#say("kept"));
  }

  get hasDraft() {
    return Object.values(this.#drafts).some(({ words }) => words);
  }

  /** @param {Partial<Draft>} about a passage, or the thread that is answered */
  begin(about) {
    if (this.#sending) return;
    const thread = about.thread ?? NEW;
    const known = this.#drafts[thread] ?? { id: newId(), section: "", anchor: "", quote: "", words: "" };
    this.#drafts[thread] = { ...known, ...about, thread };
    this.#open(thread);
    this.#field.focus();
  }

  /** The list was drawn again: the field stays where it was, at the top if its thread is gone. */
  place() {
    if (this.#thread === null) return;
    const item = this.#thread && this.#panel.querySelector(`[data-remark="${CSS.escape(this.#thread)}"]`);
    const host = item || this.#part("[data-remark-new]", this.#panel);
    if (this.element.parentElement !== host) host.append(this.element);
  }

  /** The network is back: what waited for it leaves. */
  async again() {
    if (this.#waiting) await this.#send();
  }

  /** @param {string} thread @param {string} [status] */
  #open(thread, status = "") {
    const { quote, words } = this.#drafts[thread];
    this.#thread = thread;
    this.#field.value = words;
    this.#part("[data-remark-label]").textContent = this.#say(thread ? "answer" : "remark");
    this.#part("[data-remark-quoted]").hidden = !quote;
    this.#part("[data-remark-quoted] q").textContent = quote.replace(/^:::.*$|[*_`~\\]/gm, "").trim();
    this.element.hidden = false;
    this.#status(status);
    this.place();
  }

  #typed() {
    if (this.#thread === null) return;
    this.#drafts[this.#thread].words = this.#field.value;
    this.#waiting = false;
    this.#keep();
    this.#status("");
  }

  async #send() {
    const draft = this.#drafts[this.#thread ?? NEW];
    if (this.#sending || this.#thread === null || !draft) return;
    if (!draft.words.trim()) {
      this.#status(this.#say("empty"), true);
      return this.#field.focus();
    }
    this.#sending = this.#field.readOnly = true;
    if (!this.#waiting) this.#status(this.#say("sending"));
    const answer = await this.#ask({ act: "keep", ...draft });
    this.#sending = this.#field.readOnly = false;
    this.#waiting = !answer.ok && !answer.message;
    if (this.#waiting) setTimeout(() => this.again(), AGAIN_MS);
    if (!answer.ok) return this.#status(answer.message || this.#say("offline"), true);
    delete this.#drafts[draft.thread];
    this.#keep();
    this.#hide();
    this.#kept(draft.thread || draft.id, this.#say("saved"));
  }

  /** Closing keeps what is typed; the same button finds it again. */
  #close() {
    const thread = this.#thread;
    if (thread !== null && !this.#drafts[thread]?.words) delete this.#drafts[thread];
    this.#keep();
    this.#hide();
    /** @type {HTMLElement | null} */ (this.#panel.querySelector(thread ? `[data-remark="${CSS.escape(thread)}"]` : "[data-act='remark']"))?.focus();
  }

  #hide() {
    this.element.hidden = true;
    this.#thread = null;
    this.#waiting = false;
    this.#part("[data-remark-new]", this.#panel).append(this.element);
  }

  #keep() {
    const typed = Object.entries(this.#drafts).filter(([, { words }]) => words);
    try {
      if (typed.length) memory()?.setItem(this.#key, JSON.stringify(Object.fromEntries(typed)));
      else memory()?.removeItem(this.#key);
    } catch {
      // this device keeps nothing: the field does
    }
  }

  /** @param {string} sentence @param {boolean} [wrong] */
  #status(sentence, wrong = false) {
    const line = this.#part("[data-remark-status]");
    if (line.textContent !== sentence) line.textContent = sentence;
    line.classList.toggle("error", wrong);
    this.#field.setAttribute("aria-invalid", String(wrong));
  }

  /** @param {string} what */
  #say(what) {
    return this.#panel.dataset[`say${what[0].toUpperCase()}${what.slice(1)}`] ?? "";
  }

  /** @returns {HTMLTextAreaElement} */
  get #field() {
    return /** @type {HTMLTextAreaElement} */ (this.element.querySelector("textarea"));
  }

  /** @param {string} selector @param {Element} [within] @returns {HTMLElement} */
  #part(selector, within = this.element) {
    return /** @type {HTMLElement} */ (within.querySelector(selector));
  }
}
