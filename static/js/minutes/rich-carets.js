/**
 * The others' carets in the text, and in the margin who writes there and who wrote the passage. Classes only (strict policy);
 * the names stand in the margin, never over the words, and are not announced.
 */
import { Decoration, EditorView, StateEffect, StateField, WidgetType } from "../lib/codemirror.js";
import { word } from "../lib/minutes/words.js";

/**
 * @typedef {import("../lib/minutes/presence.js").Caret} Caret
 * @typedef {{at: number, name: string}} Passage who wrote what begins there
 * @typedef {{carets: Caret[], passages: Passage[], own: boolean, away: boolean}} Around `own`: one writes here; `away`: one looks elsewhere meanwhile
 */

/** @type {import("@codemirror/state").StateEffectType<Around>} */
export const around = StateEffect.define();

class CaretWidget extends WidgetType {
  /** @param {number | "you"} colour */
  constructor(colour) {
    super();
    this.colour = colour;
  }
  /** @param {CaretWidget} other */
  eq({ colour }) {
    return colour === this.colour;
  }
  toDOM() {
    const caret = document.createElement("span");
    caret.className = `their-caret is-person-${this.colour}`;
    caret.setAttribute("aria-hidden", "true");
    return caret;
  }
  ignoreEvent() {
    return true;
  }
}

/** @param {import("@codemirror/state").EditorState} state @param {Around} told */
function drawn(state, { carets, passages, own, away }) {
  const { doc } = state;
  const inside = (/** @type {number} */ at) => Math.min(at, doc.length);
  const list = [];
  const taken = new Set();
  for (const { colour, anchor, head, name } of carets) {
    const [from, to] = [inside(Math.min(anchor, head)), inside(Math.max(anchor, head))];
    if (to > from) list.push(Decoration.mark({ class: `their-selection is-person-${colour}` }).range(from, to));
    list.push(Decoration.widget({ widget: new CaretWidget(colour), side: 1 }).range(inside(head)));
    const line = doc.lineAt(inside(head)).from;
    if (taken.has(line)) continue;
    taken.add(line);
    list.push(here(name, word("writes_here"), `is-person-${colour}`).range(line));
  }
  if (away) list.push(Decoration.widget({ widget: new CaretWidget("you"), side: 1 }).range(state.selection.main.head));
  const mine = doc.lineAt(state.selection.main.head).from;
  if (own && !taken.has(mine)) {
    taken.add(mine);
    list.push(here(word("you"), "", "is-you").range(mine));
  }
  for (const { at, name } of passages) {
    const line = doc.lineAt(inside(at)).from;
    if (!taken.has(line)) list.push(Decoration.line({ attributes: { "data-writer": name } }).range(line));
    taken.add(line);
  }
  return Decoration.set(list, true);
}

/** @param {string} name @param {string} act @param {string} colour */
function here(name, act, colour) {
  return Decoration.line({ class: `is-here ${colour}`, attributes: { "data-here": name, "data-initial": [...name][0]?.toUpperCase() ?? "", "data-act": act } });
}

/** @type {Around} */
const NOBODY = { carets: [], passages: [], own: false, away: false };

export const carets = StateField.define({
  create: () => ({ told: NOBODY, set: Decoration.none }),
  update({ told, set }, transaction) {
    const news = transaction.effects.find((effect) => effect.is(around));
    if (news) return { told: news.value, set: drawn(transaction.state, news.value) };
    if (told.own && transaction.selection) return { told, set: drawn(transaction.state, moved(told, transaction)) };
    return { told: moved(told, transaction), set: set.map(transaction.changes) };
  },
  provide: (field) => EditorView.decorations.from(field, ({ set }) => set),
});

/** @param {Around} told @param {import("@codemirror/state").Transaction} transaction @returns {Around} */
function moved(told, { docChanged, changes }) {
  if (!docChanged) return told;
  const map = (/** @type {number} */ at) => changes.mapPos(Math.min(at, changes.length));
  return {
    ...told,
    carets: told.carets.map((caret) => ({ ...caret, anchor: map(caret.anchor), head: map(caret.head) })),
    passages: told.passages.map((passage) => ({ ...passage, at: map(passage.at) })),
  };
}
