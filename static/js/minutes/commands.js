/** What the toolbar and the keyboard do where one writes, in either view. */
import * as marks from "../lib/minutes/marks.js";
import { smallestChange } from "../lib/minutes/change.js";
import { citationText } from "../lib/minutes/citations.js";
import { emptyTable, mergedTable, tableAt, writeTable } from "../lib/minutes/tables.js";
import { word } from "../lib/minutes/words.js";
import { askLink, askTable } from "./dialogs.js";

const NEW_ROWS = 3;
const NEW_COLUMNS = 2;

/** Key, as CodeMirror writes it → act. `Control+…` of the toolbar says the same to screen readers. */
export const KEYS = /** @type {const} */ ([
  ["Mod-b", "bold"],
  ["Mod-i", "italic"],
  ["Mod-k", "link"],
  ["Mod-Alt-3", "heading"],
  ["Mod-Shift-8", "bullets"],
  ["Mod-Shift-7", "numbers"],
  ["Mod-Shift-9", "tasks"],
  ["Mod-Enter", "cite"],
  ["Mod-Alt-m", "remark"],
  ["Mod-z", "undo"],
  ["Mod-y", "redo"],
  ["Mod-Shift-z", "redo"],
  ["Alt-F10", "toolbar"],
]);

const SIMPLE = /** @type {Record<string, (selected: marks.Selected) => marks.Edit>} */ ({
  bold: marks.bold,
  italic: marks.italic,
  heading: marks.heading,
  bullets: marks.bullets,
  numbers: marks.numbers,
  tasks: marks.tasks,
});

export class Commands {
  #hands;

  /**
   * @param {{writer: () => import("./writer.js").Writer | null, writable: () => boolean, undo: () => unknown, redo: () => unknown,
   *   openPanel: () => void, remark: () => void, toolbar: () => void, say: (sentence: string) => void}} hands
   */
  constructor(hands) {
    this.#hands = hands;
  }

  /** @param {string} name */
  act(name) {
    if (name === "toolbar") return this.#hands.toolbar();
    if (!this.#hands.writable()) return;
    if (name === "cite") return this.#hands.openPanel();
    if (name === "remark") return this.#hands.remark();
    if (name === "undo" || name === "redo") return void this.#hands[name]();
    const writer = this.#hands.writer();
    if (!writer) return this.#hands.say(word("place_first"));
    if (SIMPLE[name]) writer.apply(SIMPLE[name](writer.selected));
    else if (name === "link") this.#link(writer);
    else if (name === "table") this.#table(writer);
  }

  /** @param {import("./writer.js").Writer} writer the table at the caret, or a new one */
  #table(writer) {
    const { text, from, to } = writer.selected;
    if (tableAt(text, from, to)) return this.editTable(writer, from);
    askTable(emptyTable(NEW_ROWS, NEW_COLUMNS), (made) => writer.apply(marks.onItsOwn(writer.selected, writeTable(made))));
  }

  /** @param {import("./writer.js").Writer} writer @param {number} at a place in the table */
  editTable(writer, at) {
    const found = tableAt(writer.selected.text, at);
    if (!found) return;
    const place = writer.hold(found.from, found.to);
    askTable(found.table, (made) => {
      const { from } = place() ?? { from: -1 };
      const now = tableAt(writer.selected.text, from);
      if (!now) return writer.apply(marks.onItsOwn(writer.selected, writeTable(made))); // somebody took it away meanwhile
      const change = smallestChange(writer.selected.text.slice(now.from, now.to), writeTable(mergedTable(found.table, made, now.table)));
      if (change) writer.apply({ changes: [{ ...change, from: now.from + change.from, to: now.from + change.to }], from: now.from, to: now.from });
    });
  }

  /** @param {string} ref @returns {boolean} whether it was put somewhere */
  cite(ref) {
    const writer = this.#hands.writer();
    if (!writer || !this.#hands.writable()) {
      this.#hands.say(word("place_first"));
      return false;
    }
    const { text, to } = writer.selected;
    const insert = citationText(text, to, ref);
    writer.apply({ changes: [{ from: to, to, insert }], from: to + insert.length, to: to + insert.length });
    return true;
  }

  /** @param {import("./writer.js").Writer} writer */
  #link(writer) {
    const { text, from, to } = writer.selected;
    const place = writer.hold(from, to);
    /** @type {{address: string, words: string} | null} */
    let made = null;
    askLink(
      text.slice(from, to),
      (address, words) => (made = { address, words }),
      () => (made ? writer.apply(marks.link({ ...writer.selected, ...place() }, made.address, made.words)) : writer.focus()),
    );
  }
}

