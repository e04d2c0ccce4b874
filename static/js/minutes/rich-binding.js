/** Ties one CodeMirror view to one `Y.Text`. Our own, because the library's other half draws carets with inline styles. */
import { changesOf } from "../lib/minutes/change.js";
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
      update({ docChanged, transactions, changes }) {
        if (!docChanged || transactions.some((one) => one.annotation(fromShared))) return;
        text.doc?.transact(() => {
          let shift = 0;
          changes.iterChanges((from, to, _from, _to, insert) => {
            const words = insert.sliceString(0, insert.length, "\n");
            if (to > from) text.delete(from + shift, to - from);
            if (words) text.insert(from + shift, words);
            shift += words.length - (to - from);
          });
        }, origin);
      },
      destroy: () => text.unobserve(hear),
    };
  });
}
