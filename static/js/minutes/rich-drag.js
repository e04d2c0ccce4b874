/** Words dragged from one section to another leave the first. Each section is an editor of its own: alone, it would copy them. */
import { EditorView } from "../lib/codemirror.js";
import { hold } from "../lib/minutes/place.js";

/** @type {{view: EditorView, place: ReturnType<typeof hold>} | null} */
let dragged = null;

/** @param {import("yjs").Text} text of the section */
export const dragging = (text) =>
  EditorView.domEventHandlers({
    dragstart: (_event, view) => {
      const { from, to } = view.state.selection.main;
      dragged = from < to ? { view, place: hold(text, from, to) } : null;
    },
    dragend: () => {
      dragged = null;
    },
    drop: (event, view) => {
      const source = dragged;
      dragged = null;
      if (!source || source.view === view || event.ctrlKey || event.altKey) return;
      const before = view.state.doc.length;
      queueMicrotask(() => {
        const place = source.place();
        if (view.state.doc.length > before && place) source.view.dispatch({ changes: place, userEvent: "move.drop" });
      });
    },
  });
