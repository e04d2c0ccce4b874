/** One section's text with its marks drawn: CodeMirror over the shared text. It grows with the page and never scrolls inside. */
import { Compartment, EditorState, EditorView, keymap, standardKeymap } from "../lib/codemirror.js";
import { citationsOf } from "../lib/minutes/citations.js";
import { markdownOf } from "../lib/minutes/paste.js";
import { hold } from "../lib/minutes/place.js";
import { LocalEdit } from "../lib/minutes/shared-text.js";
import { eraseMark, linked, newLine } from "../lib/minutes/typing.js";
import { covered } from "./above-keyboard.js";
import { binding } from "./rich-binding.js";
import { blocks } from "./rich-blocks.js";
import { around, carets } from "./rich-carets.js";
import { dragging } from "./rich-drag.js";
import { marks, redraw } from "./rich-marks.js";
import { remarks } from "./rich-remarks.js";
import { theme } from "./rich-theme.js";

/**
 * @typedef {import("./writer.js").Writer} Writer
 * @typedef {import("./writer.js").Desk} Desk
 */

const UNDER_BARS_PX = 190;

/** @implements {Writer} */
export class RichText {
  #view;
  #desk;
  #text;
  #readOnly = new Compartment();

  /**
   * @param {HTMLElement} host
   * @param {{key: string, text: import("yjs").Text, label: string, desk: Desk}} parts
   */
  constructor(host, { key, text, label, desk }) {
    const origin = new LocalEdit(`rich ${key}`);
    this.#desk = desk;
    this.#text = text;
    this.#view = new EditorView({
      parent: host,
      state: EditorState.create({
        doc: text.toString(),
        extensions: [
          EditorState.lineSeparator.of("\n"),
          EditorView.cspNonce.of(desk.nonce),
          EditorView.lineWrapping,
          EditorView.scrollMargins.of(covered),
          theme,
          EditorView.contentAttributes.of({ "aria-label": label, "aria-multiline": "true", lang: "fr", spellcheck: "true", autocorrect: "on", autocapitalize: "sentences" }),
          keymap.of([...ownKeys(desk, key), ...typing, ...standardKeymap.filter(({ key }) => key !== "Enter")]),
          this.#readOnly.of(reading(!desk.writable)),
          binding(text, origin),
          dragging(text),
          marks({ statusOf: (ref) => desk.statusOf(ref), flags: () => desk.flagsOf(key) }),
          blocks({ known: { statusOf: (ref) => desk.statusOf(ref), flags: () => [] }, editTable: (at) => (desk.entered(key), desk.editTable(at)), remark: (from, to) => desk.remark(key, from, to), refused: () => desk.refused(), freed: () => desk.freed() }),
          remarks(() => desk.remarksOf(key)),
          carets,
          EditorView.domEventHandlers({ paste: (event, view) => this.#paste(event, view), focus: () => desk.entered(key), blur: () => desk.left(key) }),
          EditorView.updateListener.of((update) => {
            if (update.selectionSet || update.focusChanged || update.docChanged) queueMicrotask(() => desk.moved(key));
          }),
        ],
      }),
    });
  }

  get element() {
    return this.#view.contentDOM;
  }

  get hasFocus() {
    return this.#view.hasFocus;
  }

  get selected() {
    return selectedIn(this.#view.state);
  }

  /** @param {import("../lib/minutes/marks.js").Edit} edit */
  apply({ changes, from, to }) {
    this.#desk.step();
    this.#view.dispatch({ changes, userEvent: "input.mark" });
    this.#desk.step();
    const length = this.#view.state.doc.length;
    this.#view.dispatch({ selection: { anchor: Math.min(from, length), head: Math.min(to, length) }, scrollIntoView: true });
    this.#view.focus();
  }

  /** @param {number} from @param {number} to */
  hold(from, to) {
    return hold(this.#text, from, to);
  }

  focus() {
    this.#view.focus();
  }

  /** @param {number} at */
  select(at) {
    this.#view.dispatch({ selection: { anchor: Math.min(at, this.#view.state.doc.length) }, scrollIntoView: true });
    this.#view.focus();
  }

  reveal() {
    const { head } = this.#view.state.selection.main;
    this.#view.dispatch({ effects: EditorView.scrollIntoView(head, { y: "start", yMargin: UNDER_BARS_PX }) });
  }

  /** @param {boolean} writable */
  setWritable(writable) {
    this.#view.dispatch({ effects: [this.#readOnly.reconfigure(reading(!writable)), redraw.of(null)] });
  }

  redraw() {
    this.#view.dispatch({ effects: redraw.of(null) });
  }

  /** @param {import("./rich-carets.js").Around} told */
  show(told) {
    this.#view.dispatch({ effects: around.of(told) });
  }

  destroy() {
    this.#view.destroy();
  }

  /** @param {ClipboardEvent} event @param {EditorView} view */
  #paste(event, view) {
    const html = event.clipboardData?.getData("text/html") ?? "";
    const plain = (event.clipboardData?.getData("text/plain") ?? "").replace(/\r\n?/g, "\n");
    const made = html ? markdownOf(new DOMParser().parseFromString(html, "text/html")) : "";
    const insert = made && made !== plain ? made : plain;
    if (!insert || view.state.readOnly) return false;
    event.preventDefault();
    const link = linked(this.selected, plain);
    if (link) return (this.apply(link), true);
    this.#desk.step();
    view.dispatch({ ...view.state.replaceSelection(insert), userEvent: "input.paste", scrollIntoView: true });
    this.#desk.step();
    return true;
  }
}

/** @param {import("@codemirror/state").EditorState} state */
function selectedIn({ doc, selection: { main } }) {
  return { text: doc.toString(), from: main.from, to: main.to, anchor: main.anchor, head: main.head };
}

/**
 * @param {EditorView} view
 * @param {import("../lib/minutes/marks.js").Edit | null} edit
 * @param {string} userEvent
 */
function typed(view, edit, userEvent) {
  if (!edit || view.state.readOnly) return false;
  const { changes, from, to } = edit;
  view.dispatch({ changes, selection: { anchor: from, head: to }, userEvent, scrollIntoView: true });
  return true;
}

/** @type {import("@codemirror/view").KeyBinding[]} */
const typing = [
  { key: "Enter", shift: newLineIn, run: (view) => typed(view, newLine(selectedIn(view.state)), "input") || newLineIn(view) },
  { key: "Backspace", run: (view) => typed(view, eraseMark(selectedIn(view.state)), "delete.mark") },
];

/** @param {EditorView} view */
function newLineIn(view) {
  if (view.state.readOnly) return false;
  view.dispatch({ ...view.state.replaceSelection("\n"), userEvent: "input", scrollIntoView: true });
  return true;
}

/** @param {boolean} only */
const reading = (only) => [EditorState.readOnly.of(only), EditorView.editable.of(!only)];

/** @param {Desk} desk @param {string} section @returns {import("@codemirror/view").KeyBinding[]} */
function ownKeys(desk, section) {
  return [
    ...desk.keys.map(([key, name]) => ({ key, preventDefault: true, run: () => (desk.act(name), true) })),
    { key: "Alt-Enter", run: ({ state }) => openAt(state.doc.toString(), state.selection.main.head, desk) || desk.openRemark(section, state.selection.main.head) },
  ];
}

/** @param {string} text @param {number} at @param {Desk} desk */
function openAt(text, at, desk) {
  const beside = citationsOf(text).find(({ from, to }) => from <= at && at <= to + 1);
  if (beside) desk.openSource(beside.ref);
  return beside !== undefined;
}
