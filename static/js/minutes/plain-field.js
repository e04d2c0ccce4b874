/** One field of the plain view: the browser's own, as high as its text. It tells what was typed, and is told what others wrote. */
import { markdownOf } from "../lib/minutes/paste.js";

const LEAST_ROWS = 3;
const SIGN_PX = 8.6; // about the width of a sign: only browsers that do not size fields by their text use it

/**
 * @typedef {object} FieldHands
 * @property {() => void} typed
 * @property {(composing: boolean) => void} composing
 * @property {(markdown: string) => void} pasted
 * @property {(name: string) => void} act
 * @property {readonly (readonly [string, string])[]} keys
 * @property {() => void} entered
 * @property {() => void} left
 * @property {() => void} moved
 */

export class PlainField {
  element = document.createElement("textarea");
  #hands;

  /** @param {string} label @param {FieldHands} hands */
  constructor(label, hands) {
    this.#hands = hands;
    this.element.className = "input plain-text";
    this.element.lang = "fr";
    this.element.setAttribute("aria-label", label);
    const on = (/** @type {string} */ name, /** @type {(event: any) => void} */ act) => this.element.addEventListener(name, act);
    on("input", () => hands.typed());
    on("compositionstart", () => hands.composing(true));
    on("compositionend", () => hands.composing(false));
    on("focus", () => hands.entered());
    on("blur", () => hands.left());
    on("select", () => hands.moved());
    on("keyup", () => hands.moved());
    on("keydown", (event) => this.#shortcut(event));
    on("paste", (event) => this.#paste(event));
    on("beforeinput", (event) => this.#history(event));
  }

  get hasFocus() {
    return document.activeElement === this.element;
  }

  /** @param {string} text @param {[number, number] | null} [selection] */
  show(text, selection = null) {
    if (this.element.value !== text) this.element.value = text;
    if (selection) this.element.setSelectionRange(...selection);
    this.grow();
  }

  grow() {
    if (CSS.supports("field-sizing", "content")) return;
    const signs = Math.max(20, Math.floor((this.element.clientWidth || 600) / SIGN_PX));
    this.element.rows = this.element.value.split("\n").reduce((rows, line) => rows + Math.ceil((line.length || 1) / signs), LEAST_ROWS);
  }

  /** The browser's own undo would take away what others wrote. @param {InputEvent} event */
  #history(event) {
    if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return;
    event.preventDefault();
    this.#hands.act(event.inputType === "historyUndo" ? "undo" : "redo");
  }

  /** @param {KeyboardEvent} event */
  #shortcut(event) {
    const pressed = [event.ctrlKey || event.metaKey ? "Mod" : "", event.altKey ? "Alt" : "", event.shiftKey ? "Shift" : "", event.key.length === 1 ? event.key.toLowerCase() : event.key];
    const found = this.#hands.keys.find(([key]) => key === pressed.filter(Boolean).join("-"));
    if (!found) return;
    event.preventDefault();
    this.#hands.act(found[1]);
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const html = event.clipboardData?.getData("text/html") ?? "";
    const made = html ? markdownOf(new DOMParser().parseFromString(html, "text/html")) : "";
    if (!made || this.element.readOnly) return;
    event.preventDefault();
    this.#hands.pasted(made);
  }
}
