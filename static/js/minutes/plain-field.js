/** One field of the plain view: the browser's own, as high as its text. It tells what was typed, and is told what others wrote. */
import { markdownOf } from "../lib/minutes/paste.js";
import { tableAt } from "../lib/minutes/tables.js";
import { eraseMark, linked, newLine } from "../lib/minutes/typing.js";
import { button, element } from "./block-frame.js";

const LEAST_ROWS = 3;
const SIGN_PX = 8.6; // about the width of a sign: only browsers that do not size fields by their text use it

/**
 * @typedef {object} FieldHands
 * @property {() => void} typed
 * @property {(composing: boolean) => void} composing
 * @property {(edit: (selected: import("../lib/minutes/marks.js").Selected) => import("../lib/minutes/marks.js").Edit | null) => boolean} edited
 *   does what `edit` says of what is selected, if it says anything
 * @property {(markdown: string) => void} pasted
 * @property {(name: string) => void} act
 * @property {readonly (readonly [string, string])[]} keys
 * @property {() => void} entered
 * @property {() => void} left
 * @property {() => void} moved
 */

export class PlainField {
  element = document.createElement("textarea");
  /** The field, and under it what may be done where the caret is. */
  holder = element("div", "plain-field");
  #table;
  #hands;

  /** @param {string} label @param {FieldHands} hands */
  constructor(label, hands) {
    this.#hands = hands;
    this.element.className = "input plain-text";
    this.element.lang = "fr";
    this.element.setAttribute("aria-label", label);
    this.#table = button("edit_table", "", () => hands.act("table"), "pencil");
    this.#table.hidden = true;
    this.holder.append(this.element, this.#table);
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
    on("beforeinput", (event) => this.#before(event));
    for (const moved of ["input", "focus", "select", "keyup", "click"]) on(moved, () => this.#offer());
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

  /** « Modifier le tableau » while the caret is in one. */
  #offer() {
    const { value, selectionStart, selectionEnd, readOnly } = this.element;
    this.#table.hidden = readOnly || !tableAt(value, selectionStart, selectionEnd);
  }

  /** The browser's own undo would take away what others wrote; a list goes on as in the other view. @param {InputEvent} event */
  #before(event) {
    const { inputType, cancelable, isComposing } = event;
    const history = inputType === "historyUndo" || inputType === "historyRedo";
    if (history) this.#hands.act(inputType === "historyUndo" ? "undo" : "redo");
    const edit = { insertLineBreak: newLine, deleteContentBackward: eraseMark }[inputType];
    const done = history || (edit !== undefined && cancelable && !isComposing && this.#hands.edited(edit));
    if (done) event.preventDefault();
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
    const plain = event.clipboardData?.getData("text/plain") ?? "";
    if (!this.element.readOnly && this.#hands.edited((selected) => linked(selected, plain))) return event.preventDefault();
    const made = html ? markdownOf(new DOMParser().parseFromString(html, "text/html")) : "";
    if (!made || this.element.readOnly) return;
    event.preventDefault();
    this.#hands.pasted(made);
  }
}
