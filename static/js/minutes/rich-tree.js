/** What the parser says of a text, made again only where the text changed. The whole of a section is always parsed: none is long. */
import { GFM, StateField, TreeFragment, parser } from "../lib/codemirror.js";

export const markdown = parser.configure(GFM);

/** @param {string} text @param {readonly TreeFragment[]} [kept] of the tree before */
function parsed(text, kept = []) {
  const tree = markdown.parse(text, kept);
  return { tree, fragments: TreeFragment.addTree(tree, kept) };
}

export const tree = StateField.define({
  create: ({ doc }) => parsed(doc.toString()),
  update(before, { docChanged, changes, newDoc }) {
    if (!docChanged) return before;
    /** @type {import("@lezer/common").ChangedRange[]} */
    const ranges = [];
    changes.iterChangedRanges((fromA, toA, fromB, toB) => ranges.push({ fromA, toA, fromB, toB }));
    return parsed(newDoc.toString(), TreeFragment.applyChanges(before.fragments, ranges));
  },
});

/** @param {import("@codemirror/state").EditorState} state @returns {import("@lezer/common").Tree} */
export const treeOf = (state) => state.field(tree).tree;
