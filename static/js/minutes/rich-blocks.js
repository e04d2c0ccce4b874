/**
 * What stands as one piece in the text: blocks of the app in a locked frame, tables, figures. The frame offers what may be
 * done; what may not is refused before it happens, with a sentence.
 */
import { Annotation, Decoration, EditorState, EditorView, StateField, WidgetType } from "../lib/codemirror.js";
import { apart, blocksOf, broken, detaching } from "../lib/minutes/blocks.js";
import { tablesOf } from "../lib/minutes/tables.js";
import { redraw } from "./rich-marks.js";
import { drawBlock, drawFence, drawFigure, drawTable, drawWriteHere } from "./rich-frames.js";
import { fromShared } from "./rich-binding.js";

const FIGURE = /^!\[([^\]\n]*)\]\(figure:([A-Z0-9-]{2,24})\)[ \t]*$/gm;

/** « Modifier ce texte », undo: what may write into a block of the app. */
export const allowed = Annotation.define();

/**
 * @typedef {import("@codemirror/view").EditorView} View
 * @typedef {import("./rich-marks.js").Known} Known
 * @typedef {{known: Known, editTable: (at: number) => void,
 *   remark: (from: number, to: number) => void, refused: () => void, freed: () => void}} Hands
 */

class Frame extends WidgetType {
  /**
   * @param {string} key what makes two frames the same drawing
   * @param {(view: View, place: () => {from: number, to: number}) => HTMLElement} draw
   * @param {number} length of what it stands for
   */
  constructor(key, draw, length) {
    super();
    this.key = key;
    this.draw = draw;
    this.length = length;
  }
  /** @param {Frame} other */
  eq({ key }) {
    return key === this.key;
  }
  /** @param {View} view */
  toDOM(view) {
    const around = document.createElement("div"); // its padding is counted in the height of the line, a margin would not be
    around.className = "frame-around";
    around.append(
      this.draw(view, () => {
        const from = view.posAtDOM(around);
        return { from, to: from + this.length };
      }),
    );
    return around;
  }
  ignoreEvent() {
    return true;
  }
}

/** @param {import("@codemirror/state").EditorState} state @param {Hands} hands */
function frames(state, hands) {
  const body = state.doc.toString();
  /** @type {import("./rich-marks.js").Drawn[]} */
  const drawn = [];
  const blocks = blocksOf(body);
  const put = (/** @type {number} */ from, /** @type {number} */ to, /** @type {string} */ key, /** @type {any} */ draw) =>
    drawn.push(Decoration.replace({ widget: new Frame(`${key}\n${body.slice(from, to)}`, draw, to - from) }).range(from, to)); // in a line: one can type beside it
  for (const block of blocks) {
    const { from, to, source, text } = block;
    const statuses = [...text.matchAll(/\[([CVH]-\d+)\]/g)].map(([, ref]) => hands.known.statusOf(ref)).join();
    if (block.intact) put(from, to, `block ${statuses} ${state.readOnly}`, (/** @type {View} */ view, /** @type {any} */ place) => drawBlock(block, hands.known, view.state.readOnly ? null : { detach: () => detach(view, block, hands), under: () => writeUnder(view, block), remark: () => hands.remark(place().from, place().to) }));
    else {
      put(from, body.indexOf("\n", from), `fence ${source}`, () => drawFence(source));
      put(body.lastIndexOf("\n", to) + 1, to, "end", () => drawFence(""));
    }
  }
  const free = (/** @type {number} */ from) => !blocks.some((block) => block.intact && block.from <= from && from < block.to);
  for (const { from, to, table } of tablesOf(body)) {
    if (free(from)) put(from, to, `table ${state.readOnly}`, (/** @type {View} */ view, /** @type {any} */ place) => drawTable(table, hands.known, view.state.readOnly ? null : () => hands.editTable(place().from)));
  }
  for (const { 0: source, 1: caption, 2: ref, index } of body.matchAll(FIGURE)) {
    if (free(index)) put(index, index + source.trimEnd().length, "figure", () => drawFigure(ref, caption));
  }
  if (!state.readOnly && blocks.some((block) => block.intact && body.slice(block.to).trim() === "")) {
    const widget = new Frame("write here", (/** @type {View} */ view) => drawWriteHere(() => writeAfter(view)), 0);
    drawn.push(Decoration.widget({ widget, block: true, side: 1 }).range(body.length));
  }
  return Decoration.set(drawn, true);
}

/** A line of one's own under the last block. @param {View} view */
function writeAfter(view) {
  const { length } = view.state.doc;
  const lines = view.state.doc.toString().endsWith("\n\n") ? "" : view.state.doc.toString().endsWith("\n") ? "\n" : "\n\n";
  view.dispatch({ changes: { from: length, insert: lines }, selection: { anchor: length + lines.length }, userEvent: "input.type", scrollIntoView: true });
  view.focus();
}

/** A line of one's own right under a block. @param {View} view @param {import("../lib/minutes/blocks.js").Block} block */
function writeUnder(view, block) {
  const body = view.state.doc.toString();
  const now = blocksOf(body).find(({ source, mark }) => source === block.source && mark === block.mark);
  if (!now) return;
  const after = body.slice(now.to);
  const insert = after.startsWith("\n\n") ? "\n\n" : after.startsWith("\n") ? "\n\n\n" : "\n\n";
  view.dispatch({ changes: { from: now.to, insert }, selection: { anchor: now.to + 2 }, userEvent: "input.type", scrollIntoView: true });
  view.focus();
}

/** @param {View} view @param {import("../lib/minutes/blocks.js").Block} block @param {Hands} hands */
function detach(view, block, hands) {
  const body = view.state.doc.toString();
  const now = blocksOf(body).find(({ source, mark }) => source === block.source && mark === block.mark);
  if (!now) return;
  const changes = detaching(body, now);
  view.dispatch({ changes, annotations: allowed.of(true), selection: { anchor: now.from }, userEvent: "input.detach" });
  view.focus();
  hands.freed();
}

/** @param {Hands} hands */
export function blocks(hands) {
  const field = StateField.define({
    create: (state) => frames(state, hands),
    update: (value, transaction) => {
      const told = transaction.effects.some((effect) => effect.is(redraw)) || transaction.reconfigured;
      return transaction.docChanged || told ? frames(transaction.state, hands) : value;
    },
    provide: (own) => [EditorView.decorations.from(own), EditorView.atomicRanges.of((view) => view.state.field(own, false) ?? Decoration.none)],
  });
  const guard = EditorState.transactionFilter.of((transaction) => {
    if (!transaction.docChanged || transaction.annotation(fromShared) || transaction.annotation(allowed)) return transaction;
    const body = transaction.startState.doc.toString();
    if (!body.includes("::: auto ")) return transaction;
    /** @type {import("../lib/minutes/change.js").Change[]} */
    const changes = [];
    transaction.changes.iterChanges((from, to, _from, _to, insert) => changes.push({ from, to, insert: insert.toString() }));
    const beside = apart(body, changes);
    if (beside.caret !== null) return { changes: beside.changes, selection: { anchor: beside.caret }, userEvent: "input.type", scrollIntoView: true };
    const eaten = transaction.isUserEvent("delete") && transaction.startState.selection.main.empty; // one key takes no frame away
    const whole = eaten && blocksOf(body).some((block) => block.intact && changes.some(({ from, to }) => from <= block.from && to >= block.to));
    if (!whole && !broken(body, changes)) return transaction;
    hands.refused();
    return [];
  });
  return [field, guard];
}
