/**
 * One section's text in the browser's own fields: for dictation, screen readers, old phones, and whoever prefers it. Bound to
 * the same shared text; a field rewritten whole by dictation becomes the smallest change, and the others' words move under
 * the caret without moving it. Blocks of the app stand between the fields, in their frames.
 */
import { Behind } from "../lib/minutes/behind.js";
import { apart, blocksOf, broken, detaching } from "../lib/minutes/blocks.js";
import { applied, changesOf, moved, smallestChange } from "../lib/minutes/change.js";
import { piecesOf, wordsOf } from "../lib/minutes/pieces.js";
import { hold } from "../lib/minutes/place.js";
import { LocalEdit } from "../lib/minutes/shared-text.js";
import { frameOf } from "./block-frame.js";
import { PlainField } from "./plain-field.js";

/**
 * @typedef {import("./writer.js").Writer} Writer
 * @typedef {import("../lib/minutes/change.js").Change} Change
 * @typedef {{field: PlainField, from: number, to: number}} Part
 */

/** @implements {Writer} */
export class PlainText {
  #host;
  #text;
  #label;
  #desk;
  #origin;
  #key;
  #writable;
  /** What the fields showed last. While something is composed it may lag behind the shared text. */
  #shown = "";
  #composing = false;
  #behind = new Behind();
  /** @type {Part[]} */
  #parts = [];
  /** @type {Part | null} where one writes, or wrote last */
  #current = null;
  #drawn = "";
  /** The empty gaps in which somebody wants to write, by the number of blocks before. @type {Set<number>} */
  #opened = new Set();

  /**
   * @param {HTMLElement} host
   * @param {{key: string, text: import("yjs").Text, label: string, desk: import("./writer.js").Desk}} parts
   */
  constructor(host, { key, text, label, desk }) {
    this.#host = host;
    this.#key = key;
    this.#text = text;
    this.#label = label;
    this.#desk = desk;
    this.#writable = desk.writable;
    this.#origin = new LocalEdit(`plain ${key}`);
    this.#draw();
    text.observe(this.#hear);
  }

  get element() {
    return this.#part?.field.element ?? this.#host;
  }

  get hasFocus() {
    return this.#parts.some(({ field }) => field.hasFocus);
  }

  get selected() {
    const part = this.#part;
    const { selectionStart = 0, selectionEnd = 0, selectionDirection = "none" } = part?.field.element ?? {};
    const [from, to] = [(part?.from ?? this.#shown.length) + selectionStart, (part?.from ?? this.#shown.length) + selectionEnd];
    return selectionDirection === "backward" ? { text: this.#shown, from, to, anchor: to, head: from } : { text: this.#shown, from, to, anchor: from, head: to };
  }

  /** @param {import("../lib/minutes/marks.js").Edit} edit */
  apply({ changes, from, to }) {
    this.#desk.step();
    if (this.#put(changes)) this.#place(from, to);
    this.#desk.step();
  }

  /** @param {number} from @param {number} to */
  hold(from, to) {
    return hold(this.#text, from, to);
  }

  focus() {
    if (!this.#part) this.#open(blocksOf(this.#shown).filter(({ intact }) => intact).length);
    this.#part?.field.element.focus();
  }

  /** @param {number} at */
  select(at) {
    this.#place(at, at);
  }

  reveal() {
    this.element.scrollIntoView({ block: "start" });
  }

  /** @param {boolean} writable */
  setWritable(writable) {
    this.#writable = writable;
    this.#drawn = "";
    this.#draw();
  }

  redraw() {
    if (this.hasFocus) return;
    this.#drawn = "";
    this.#draw();
  }

  show() {}

  destroy() {
    this.#text.unobserve(this.#hear);
    this.#host.replaceChildren();
  }

  get #part() {
    return this.#parts.find(({ field }) => field.hasFocus) ?? (this.#current && this.#parts.includes(this.#current) ? this.#current : (this.#parts.at(-1) ?? null));
  }

  /** Fields and frames as the text is now; those that are still right stay, with their focus. */
  #draw() {
    this.#shown = this.#text.toString();
    this.#behind.clear();
    const focused = this.#parts.find(({ field }) => field.hasFocus);
    const caret = focused ? focused.from + focused.field.element.selectionStart : null;
    const pieces = piecesOf(this.#shown, (after) => this.#opened.has(after) && this.#writable);
    const now = pieces.map((piece) => (piece.kind === "block" ? `${piece.block.source} ${piece.block.mark}` : `words ${piece.after}`)).join("\n");
    if (now !== this.#drawn) this.#rebuild(pieces, caret);
    this.#drawn = now;
    pieces.filter((piece) => piece.kind === "words").forEach((piece, n) => {
      Object.assign(this.#parts[n], { from: piece.from, to: piece.to });
      this.#parts[n].field.show(this.#shown.slice(piece.from, piece.to));
    });
  }

  /** @param {ReturnType<typeof piecesOf>} pieces @param {number | null} caret */
  #rebuild(pieces, caret) {
    this.#parts = [];
    this.#host.replaceChildren(...pieces.map((piece) => {
      if (piece.kind === "block") return this.#frame(piece.block, piece.after);
      const field = this.#field();
      this.#parts.push({ field, from: piece.from, to: piece.to });
      return field.holder;
    }));
    for (const { field, from, to } of this.#parts) field.show(this.#shown.slice(from, to));
    if (caret !== null) this.#place(caret, caret);
  }

  #field() {
    const field = new PlainField(this.#label, {
      typed: () => this.#typed(field),
      composing: (composing) => {
        this.#composing = composing;
        if (!composing) this.#typed(field);
        if (!composing) this.#catchUp(this.#shown);
      },
      edited: (edit) => {
        const made = edit(this.selected);
        if (made && this.#put(made.changes)) this.#place(made.from, made.to);
        return made !== null;
      },
      pasted: (markdown) => {
        const { from, to } = this.selected;
        this.apply({ changes: [{ from, to, insert: markdown }], from: from + markdown.length, to: from + markdown.length });
      },
      act: (name) => this.#desk.act(name),
      keys: this.#desk.keys,
      entered: () => {
        this.#current = this.#parts.find((part) => part.field === field) ?? null;
        this.#desk.entered(this.#key);
      },
      left: () => this.#desk.left(this.#key),
      moved: () => this.#desk.moved(this.#key),
    });
    field.element.readOnly = !this.#writable;
    return field;
  }

  /** @param {import("../lib/minutes/blocks.js").Block} block @param {number} after */
  #frame(block, after) {
    const body = document.createElement("p");
    body.append(wordsOf(block.text));
    const acts = this.#writable ? { detach: () => this.#detach(block), under: () => (this.#open(after + 1), this.#parts.find(({ from }) => from >= block.to)?.field.element.focus()), remark: () => this.#desk.remark(this.#key, block.from, block.to) } : null;
    return frameOf(block.source, this.#desk.statusOf(block.source), body, acts);
  }

  /** @param {number} after */
  #open(after) {
    this.#opened.add(after);
    this.#draw();
  }

  /** @param {import("../lib/minutes/blocks.js").Block} block */
  #detach({ source, mark }) {
    const now = blocksOf(this.#shown).find((one) => one.source === source && one.mark === mark);
    if (!now) return;
    this.#desk.step();
    this.#write(detaching(this.#shown, now));
    this.#draw();
    this.#place(now.from, now.from);
    this.#desk.freed();
  }

  /** @param {PlainField} field */
  #typed(field) {
    const part = this.#parts.find((one) => one.field === field);
    if (!part) return;
    const { value, selectionStart } = field.element;
    const one = smallestChange(this.#shown.slice(part.from, part.to), value, selectionStart);
    if (!one) return;
    const change = { from: part.from + one.from, to: part.from + one.to, insert: one.insert };
    if (!this.#put([change])) return;
    field.grow();
    this.#desk.moved(this.#key);
  }

  /** @param {Change[]} changes of what is shown @returns {boolean} */
  #put(changes) {
    const now = this.#text.toString();
    const beside = apart(now, this.#behind.put(changes));
    if (broken(now, beside.changes)) {
      this.#draw();
      this.#desk.refused();
      return false;
    }
    this.#write(beside.changes);
    const shown = applied(this.#shown, changes);
    if (!this.#composing) this.#catchUp(shown);
    else this.#keepUp(shown, changes);
    return true;
  }

  /** Shows what others wrote, and what was put apart; the caret stays with its words. @param {string} shown by the fields */
  #catchUp(shown) {
    const focused = this.#parts.find(({ field }) => field.hasFocus);
    const at = focused ? focused.from + focused.field.element.selectionStart : null;
    const there = at === null || this.#behind.isEmpty ? null : this.#behind.at(at);
    this.#draw();
    const put = smallestChange(shown, this.#shown);
    if (there !== null) this.#place(there, there);
    else if (at !== null && put) this.#place(moved(at, [put]), moved(at, [put]));
  }

  /** What is shown while something is composed: what was typed, without what others wrote meanwhile. @param {string} shown @param {Change[]} changes */
  #keepUp(shown, changes) {
    this.#shown = shown;
    for (const part of this.#parts) {
      part.from = moved(part.from, changes.filter(({ from }) => from < part.from));
      part.to = part.from + part.field.element.value.length;
    }
  }

  /** @param {readonly Change[]} changes */
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
    if (transaction.origin === this.#origin) return;
    const changes = changesOf(event.delta);
    if (this.#composing) return this.#behind.add(changes);
    const focused = this.#parts.find(({ field }) => field.hasFocus);
    const at = focused && [focused.from + focused.field.element.selectionStart, focused.from + focused.field.element.selectionEnd].map((place) => moved(place, changes));
    this.#draw();
    if (at) this.#place(at[0], at[1]);
  };

  /** @param {number} from @param {number} to of the whole text */
  #place(from, to) {
    const part = this.#parts.find((one) => from >= one.from && from <= one.to) ?? this.#parts.find((one) => one.from >= from) ?? this.#parts.at(-1);
    if (!part) return;
    if (!part.field.hasFocus) part.field.element.focus();
    const inside = (/** @type {number} */ at) => Math.max(0, Math.min(at, part.to) - part.from);
    part.field.element.setSelectionRange(inside(from), inside(to));
  }
}
