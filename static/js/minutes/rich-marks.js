/**
 * Draws the marks of Markdown as what they mean, and hides them away from the caret: headings, bold, lists, boxes, links,
 * citations. The text under it is never changed by being drawn.
 */
import { Decoration, EditorView, StateEffect, ViewPlugin, WidgetType } from "../lib/codemirror.js";
import { citationsOf } from "../lib/minutes/citations.js";
import { word } from "../lib/minutes/words.js";
import { chip } from "./chip.js";
import { tree, treeOf } from "./rich-tree.js";

/** Something outside the text changed how it is drawn: a source, a flag. */
export const redraw = StateEffect.define();

/**
 * @typedef {import("@codemirror/view").EditorView} View
 * @typedef {import("@codemirror/state").Range<import("@codemirror/view").Decoration>} Drawn
 * @typedef {{statusOf: (ref: string) => string, flags: () => {sentence: string, kind: string}[]}} Known
 */

const MARKS = /** @type {Record<string, string>} */ ({ StrongEmphasis: "md-bold", Emphasis: "md-italic", Strikethrough: "md-struck", InlineCode: "md-code" });
const hidden = Decoration.replace({});

class ChipWidget extends WidgetType {
  /** @param {string} ref @param {string} status */
  constructor(ref, status) {
    super();
    this.ref = ref;
    this.status = status;
  }
  /** @param {ChipWidget} other */
  eq({ ref, status }) {
    return ref === this.ref && status === this.status;
  }
  toDOM() {
    return chip(this.ref, this.status);
  }
  ignoreEvent() {
    return true;
  }
}

class BulletWidget extends WidgetType {
  eq() {
    return true;
  }
  toDOM() {
    return Object.assign(document.createElement("span"), { className: "md-bullet", textContent: "•" });
  }
}

class BoxWidget extends WidgetType {
  /** @param {boolean} done */
  constructor(done) {
    super();
    this.done = done;
  }
  /** @param {BoxWidget} other */
  eq({ done }) {
    return done === this.done;
  }
  /** @param {View} view */
  toDOM(view) {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.checked = this.done;
    box.className = "md-box";
    box.tabIndex = -1;
    box.disabled = view.state.readOnly;
    box.setAttribute("aria-label", word("task_done"));
    box.addEventListener("change", () => {
      const at = view.posAtDOM(box);
      view.dispatch({ changes: { from: at + 1, to: at + 2, insert: box.checked ? "x" : " " }, userEvent: "input.task" });
    });
    return box;
  }
  ignoreEvent() {
    return true;
  }
}

class Marks {
  /** @param {View} view @param {Known} known */
  constructor(view, known) {
    this.known = known;
    this.decorations = this.draw(view);
  }

  /** @param {import("@codemirror/view").ViewUpdate} update */
  update(update) {
    const told = update.transactions.some(({ effects }) => effects.some((effect) => effect.is(redraw)));
    if (update.docChanged || update.selectionSet || update.viewportChanged || update.focusChanged || told) this.decorations = this.draw(update.view);
  }

  /** @param {View} view */
  draw(view) {
    /** @type {Drawn[]} */
    const drawn = [];
    for (const { from, to } of view.visibleRanges) {
      treeOf(view.state).iterate({ from, to, enter: (node) => this.node(view, node, drawn) });
      const text = view.state.sliceDoc(from, to);
      for (const { ref, from: start, to: end } of citationsOf(text)) drawn.push(Decoration.replace({ widget: new ChipWidget(ref, this.known.statusOf(ref)) }).range(from + start, from + end));
    }
    this.flags(view, drawn);
    return Decoration.set(drawn, true);
  }

  /**
   * @param {View} view
   * @param {import("@lezer/common").SyntaxNodeRef} node
   * @param {Drawn[]} drawn
   */
  node(view, node, drawn) {
    const { name, from, to } = node;
    const { state } = view;
    const heading = /^(?:ATX|Setext)Heading(\d)$/.exec(name);
    if (heading) drawn.push(Decoration.line({ class: `md-heading md-heading-${heading[1]}` }).range(state.doc.lineAt(from).from));
    else if (MARKS[name]) drawn.push(Decoration.mark({ class: MARKS[name] }).range(from, to));
    else if (name === "Blockquote") this.lines(view, from, to, "md-quote", drawn);
    else if (name === "FencedCode") this.lines(view, from, to, "md-fence", drawn);
    else if (name === "HeaderMark") this.hide(view, from, Math.min(to + 1, state.doc.lineAt(from).to), drawn);
    else if (name === "EmphasisMark" || name === "StrikethroughMark" || (name === "CodeMark" && node.node.parent?.name === "InlineCode")) this.hide(view, from, to, drawn, node.node.parent);
    else if (name === "QuoteMark") this.hide(view, from, Math.min(to + 1, state.doc.lineAt(from).to), drawn);
    else if (name === "Link") this.link(view, node.node, drawn);
    else if (name === "ListMark") this.item(view, node.node, drawn);
    else if (name === "TaskMarker") drawn.push(Decoration.replace({ widget: new BoxWidget(/x/i.test(state.sliceDoc(from, to))) }).range(from, to));
  }

  /** @param {View} view @param {number} from @param {number} to @param {string} name @param {Drawn[]} drawn */
  lines({ state }, from, to, name, drawn) {
    for (let at = from; at <= to; ) {
      const line = state.doc.lineAt(at);
      drawn.push(Decoration.line({ class: name }).range(line.from));
      at = line.to + 1;
    }
  }

  /**
   * @param {View} view
   * @param {number} from
   * @param {number} to
   * @param {Drawn[]} drawn
   * @param {{from: number, to: number} | null} [whole] what must not be touched for the mark to hide; its line otherwise
   */
  hide(view, from, to, drawn, whole = view.state.doc.lineAt(from)) {
    if (to > from && !touched(view, whole ?? { from, to })) drawn.push(hidden.range(from, to));
  }

  /** @param {View} view @param {import("@lezer/common").SyntaxNode} node @param {Drawn[]} drawn */
  link(view, node, drawn) {
    const marks = node.getChildren("LinkMark");
    if (!node.getChild("URL") || marks.length < 2) return;
    drawn.push(Decoration.mark({ class: "md-link" }).range(node.from, node.to));
    if (touched(view, node)) return;
    drawn.push(hidden.range(marks[0].from, marks[0].to), hidden.range(marks[1].from, node.to));
  }

  /** @param {View} view @param {import("@lezer/common").SyntaxNode} node @param {Drawn[]} drawn */
  item(view, node, drawn) {
    const line = view.state.doc.lineAt(node.from);
    drawn.push(Decoration.line({ class: `md-item md-depth-${Math.min(3, Math.floor((node.from - line.from) / 2))}` }).range(line.from));
    const isBullet = /^[-*+]$/.test(view.state.sliceDoc(node.from, node.to));
    const box = node.nextSibling?.name === "Task";
    if (!isBullet || touched(view, { from: node.from, to: node.to + 1 })) return;
    drawn.push(box ? hidden.range(node.from, Math.min(node.to + 1, line.to)) : Decoration.replace({ widget: new BulletWidget() }).range(node.from, node.to));
  }

  /** @param {View} view @param {Drawn[]} drawn */
  flags(view, drawn) {
    const flags = this.known.flags();
    if (flags.length === 0) return;
    const text = view.state.doc.toString();
    for (const { sentence, kind } of flags) {
      const at = text.indexOf(sentence);
      if (at >= 0) drawn.push(Decoration.mark({ class: `flagged is-${kind}` }).range(at, at + sentence.length));
    }
  }
}

/** @param {View} view @param {{from: number, to: number}} place */
function touched(view, { from, to }) {
  return view.hasFocus && view.state.selection.ranges.some((range) => range.from <= to && range.to >= from);
}

/** @param {Known} known */
export function marks(known) {
  const plugin = ViewPlugin.define((view) => new Marks(view, known), { decorations: (value) => value.decorations });
  const whole = EditorView.atomicRanges.of((view) => {
    const drawn = view.plugin(plugin)?.decorations ?? Decoration.none;
    return drawn.update({ filter: (_from, _to, value) => value.spec.widget instanceof ChipWidget });
  });
  return [tree, plugin, whole];
}
