/** Ties one CodeMirror view to one `Y.Text`. Our own, because the library's other half draws carets with inline styles. */
import { changesOf, wholeChange } from "../lib/minutes/change.js";
import { Annotation, ViewPlugin } from "../lib/codemirror.js";

/** Marks what comes from the shared text, and must not go back to it. */
export const fromShared = Annotation.define();

/**
 * @param {import("yjs").Text} text
 * @param {object} origin of what is typed here
 */
export function binding(text, origin) {
  return ViewPlugin.define((view) => {
    /** @param {import("yjs").YTextEvent} event @param {import("yjs").Transaction} transaction */
    const hear = (event, transaction) => {
      if (transaction.origin === origin) return;
      view.dispatch({ changes: changesOf(event.delta), annotations: fromShared.of(true) });
    };
    text.observe(hear);
    return {
      update({ docChanged, transactions, changes, startState }) {
        if (!docChanged || transactions.some((one) => one.annotation(fromShared))) return;
        /** @param {number} at */
        const unitAt = (at) => (at < 0 ? "" : startState.doc.sliceString(at, at + 1, "\n"));
        text.doc?.transact(() => {
          let shift = 0;
          changes.iterChanges((begin, end, _from, _to, inserted) => {
            const { from, to, insert } = wholeChange(unitAt, { from: begin, to: end, insert: inserted.sliceString(0, inserted.length, "\n") });
            if (to > from) text.delete(from + shift, to - from);
            if (insert) text.insert(from + shift, insert);
            shift += insert.length - (to - from);
          });
        }, origin);
      },
      destroy: () => text.unobserve(hear),
    };
  });
}
