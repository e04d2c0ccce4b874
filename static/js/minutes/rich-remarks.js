/** Marks the passages that somebody remarked on: underlined, with a sign at their end, so that colour is never alone. */
import { Decoration, ViewPlugin, WidgetType } from "../lib/codemirror.js";
import { icon } from "./icon.js";
import { redraw } from "./rich-marks.js";

/** @typedef {{id: string, from: number, to: number, current: boolean}} Remarked */

class SignWidget extends WidgetType {
  /** @param {string} id @param {string} label */
  constructor(id, label) {
    super();
    this.id = id;
    this.label = label;
  }
  /** @param {SignWidget} other */
  eq({ id }) {
    return id === this.id;
  }
  toDOM() {
    const sign = document.createElement("span");
    sign.className = "remark-sign";
    sign.dataset.remarked = this.id;
    sign.setAttribute("role", "img");
    sign.setAttribute("aria-label", this.label);
    sign.append(icon("message-square"));
    return sign;
  }
  ignoreEvent() {
    return true;
  }
}

/** @param {() => Remarked[]} remarked in this section */
export function remarks(remarked) {
  const label = document.querySelector("[data-remarks]")?.getAttribute("data-say-sign") ?? "";
  /** @param {import("@codemirror/view").EditorView} view */
  const draw = ({ state }) => {
    const drawn = remarked().filter(({ to }) => to <= state.doc.length).flatMap(({ id, from, to, current }) => [
      // a block of the app keeps its frame: its sign is enough
      ...(state.sliceDoc(from, from + 3) === ":::" ? [] : [Decoration.mark({ tagName: "mark", class: current ? "remarked is-current" : "remarked", attributes: { "data-remarked": id } }).range(from, to)]),
      Decoration.widget({ widget: new SignWidget(id, label), side: 1 }).range(to),
    ]);
    return Decoration.set(drawn, true);
  };
  return ViewPlugin.define(
    (view) => ({
      drawn: draw(view),
      /** @param {import("@codemirror/view").ViewUpdate} update */
      update({ view: now, changes, transactions }) {
        const told = transactions.some(({ effects }) => effects.some((effect) => effect.is(redraw)));
        this.drawn = told ? draw(now) : this.drawn.map(changes);
      },
    }),
    { decorations: ({ drawn }) => drawn },
  );
}
