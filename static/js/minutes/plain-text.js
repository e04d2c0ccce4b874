/**
 * One section's text as the browser's own field: for dictation, screen readers, old phones, and whoever prefers it. Bound to
 * the same shared text; a field rewritten whole by dictation becomes the smallest change, and the others' words move under
 * the caret without moving it.
 */
import { apart, broken } from "../lib/minutes/blocks.js";
import { applied, changesOf, moved, smallestChange } from "../lib/minutes/change.js";
import { markdownOf } from "../lib/minutes/paste.js";
import { LocalEdit } from "../lib/minutes/shared-text.js";

const LEAST_ROWS = 3;
const SIGN_PX = 8.6; // about the width of a sign: only browsers that do not size fields by their text use it

/** @typedef {import("./writer.js").Writer} Writer */

/** @implements {Writer} */
export class PlainText {
  #field = document.createElement("textarea");
  #text;
  #desk;
  #origin;
  #key;
  /** What the field showed last. While something is composed it may lag behind the shared text. */
  #shown;
  #composing = false;
  #stop = new AbortController();

  /**
   * @param {HTMLElement} host
   * @param {{key: string, text: import("yjs").Text, label: string, desk: import("./writer.js").Desk}} parts
   */
  constructor(host, { key, text, label, desk }) {
    this.#key = key;
    this.#text = text;
    this.#desk = desk;
    this.#origin = new LocalEdit(`plain ${key}`);
    this.#shown = text.toString();
    this.#field.className = "input plain-text";
    this.#field.setAttribute("aria-label", label);
    this.#field.lang = "fr";
    this.#field.value = this.#shown;
    this.setWritable(desk.writable);
    host.append(this.#field);
    this.#grow();
    text.observe(this.#hear);
    this.#listen();
  }

  get element() {
    return this.#field;
  }

  get hasFocus() {
    return document.activeElement === this.#field;
  }

  get selected() {
    const { selectionStart: from, selectionEnd: to, selectionDirection } = this.#field;
    const [anchor, head] = selectionDirection === "backward" ? [to, from] : [from, to];
    return { text: this.#field.value, from, to, anchor, head };
  }

  /** @param {import("../lib/minutes/marks.js").Edit} edit */
  apply({ changes, from, to }) {
    this.#field.focus();
    this.#field.value = applied(this.#field.value, changes);
    this.#field.setSelectionRange(from, to);
    this.#desk.step();
    this.#typed(changes);
    this.#desk.step();
  }

  focus() {
    this.#field.focus();
  }

  /** @param {number} at */
  select(at) {
    this.#field.focus();
    this.#field.setSelectionRange(at, at);
  }

  reveal() {
    this.#field.scrollIntoView({ block: "start" });
  }

  /** @param {boolean} writable */
  setWritable(writable) {
    this.#field.readOnly = !writable;
  }

  redraw() {}

  show() {}

  destroy() {
    this.#stop.abort();
    this.#text.unobserve(this.#hear);
    this.#field.remove();
  }

  #listen() {
    const { signal } = this.#stop;
    const on = (/** @type {string} */ name, /** @type {(event: any) => void} */ act) => this.#field.addEventListener(name, act, { signal });
    on("input", () => this.#typed());
    on("compositionstart", () => (this.#composing = true));
    on("compositionend", () => {
      this.#composing = false;
      this.#typed();
      this.#catchUp();
    });
    on("focus", () => this.#desk.entered(this.#key));
    on("blur", () => this.#desk.left(this.#key));
    on("select", () => this.#desk.moved(this.#key));
    on("keyup", () => this.#desk.moved(this.#key));
    on("keydown", (event) => this.#shortcut(event));
    on("paste", (event) => this.#paste(event));
    on("beforeinput", (event) => this.#history(event));
  }

  /** The browser's own undo would take away what others wrote. @param {InputEvent} event */
  #history(event) {
    if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return;
    event.preventDefault();
    this.#desk.act(event.inputType === "historyUndo" ? "undo" : "redo");
  }

  /** @param {import("../lib/minutes/change.js").Change[]} [exact] when the change is known, not guessed */
  #typed(exact) {
    const value = this.#field.value;
    const one = smallestChange(this.#shown, value, this.#field.selectionStart);
    const changes = exact ?? (one ? [one] : []);
    if (changes.length === 0) return;
    const now = this.#text.toString();
    const behind = smallestChange(this.#shown, now); // what others wrote while something was composed
    const there = behind ? changes.map(({ from, to, insert }) => ({ from: moved(from, [behind]), to: moved(to, [behind]), insert })) : changes;
    const beside = apart(now, there);
    if (beside.caret !== null) return this.#putApart(beside);
    if (broken(now, there)) {
      const caret = changes[0].from;
      this.#show(this.#shown, caret, caret);
      this.#desk.refused();
      return;
    }
    this.#shown = value;
    this.#write(there);
    this.#grow();
    this.#desk.moved(this.#key);
  }

  /** @param {{changes: import("../lib/minutes/change.js").Change[], caret: number | null}} beside */
  #putApart({ changes, caret }) {
    const value = applied(this.#text.toString(), changes);
    this.#write(changes);
    this.#show(value, caret ?? value.length, caret ?? value.length);
    this.#desk.moved(this.#key);
  }

  /** @param {import("../lib/minutes/change.js").Change[]} changes */
  #write(changes) {
    this.#text.doc?.transact(() => {
      for (const { from, to, insert } of [...changes].reverse()) {
        if (to > from) this.#text.delete(from, to - from);
        if (insert) this.#text.insert(from, insert);
      }
    }, this.#origin);
  }

  /** @param {import("yjs").YTextEvent} event @param {import("yjs").Transaction} transaction */
  #hear = (event, transaction) => {
    if (transaction.origin === this.#origin || this.#composing) return;
    const changes = changesOf(event.delta);
    const { selectionStart, selectionEnd } = this.#field;
    this.#show(this.#text.toString(), moved(selectionStart, changes), moved(selectionEnd, changes));
  };

  #catchUp() {
    const now = this.#text.toString();
    const behind = smallestChange(this.#field.value, now);
    if (!behind) return;
    const { selectionStart, selectionEnd } = this.#field;
    this.#show(now, moved(selectionStart, [behind]), moved(selectionEnd, [behind]));
  }

  /** @param {string} text @param {number} from @param {number} to */
  #show(text, from, to) {
    this.#shown = text;
    this.#field.value = text;
    if (this.hasFocus) this.#field.setSelectionRange(from, to);
    this.#grow();
  }

  /** @param {KeyboardEvent} event */
  #shortcut(event) {
    const pressed = [event.ctrlKey || event.metaKey ? "Mod" : "", event.altKey ? "Alt" : "", event.shiftKey ? "Shift" : "", event.key.length === 1 ? event.key.toLowerCase() : event.key];
    const found = this.#desk.keys.find(([key]) => key === pressed.filter(Boolean).join("-"));
    if (!found) return;
    event.preventDefault();
    this.#desk.act(found[1]);
  }

  /** @param {ClipboardEvent} event */
  #paste(event) {
    const html = event.clipboardData?.getData("text/html") ?? "";
    const made = html ? markdownOf(new DOMParser().parseFromString(html, "text/html")) : "";
    if (!made || this.#field.readOnly) return;
    event.preventDefault();
    const { selectionStart: from, selectionEnd: to } = this.#field;
    this.apply({ changes: [{ from, to, insert: made }], from: from + made.length, to: from + made.length });
  }

  #grow() {
    if (CSS.supports("field-sizing", "content")) return;
    const signs = Math.max(20, Math.floor((this.#field.clientWidth || 600) / SIGN_PX));
    this.#field.rows = this.#shown.split("\n").reduce((rows, line) => rows + Math.ceil((line.length || 1) / signs), LEAST_ROWS);
  }
}
