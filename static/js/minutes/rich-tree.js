/** What the parser says of a text, made again only around what changed. The whole of a section is always parsed: none is long. */
import { GFM, StateField, TreeFragment, parser } from "../lib/codemirror.js";

export const markdown = parser.configure(GFM);

/** @typedef {import("@lezer/common").ChangedRange} ChangedRange */

/** @param {string} text @param {readonly TreeFragment[]} [kept] of the tree before */
function parsed(text, kept = []) {
  const tree = markdown.parse(text, kept);
  return { tree, fragments: TreeFragment.addTree(tree, kept) };
}

export const tree = StateField.define({
  create: ({ doc }) => parsed(doc.toString()),
  update(before, { docChanged, changes, newDoc }) {
    if (!docChanged) return before;
    const text = newDoc.toString();
    /** @type {ChangedRange[]} */
    const ranges = [];
    changes.iterChangedRanges((fromA, toA, fromB, toB) => ranges.push(widened(text, { fromA, toA, fromB, toB })));
    return parsed(text, TreeFragment.applyChanges(before.fragments, joined(ranges)));
  },
});

/** @param {import("@codemirror/state").EditorState} state @returns {import("@lezer/common").Tree} */
export const treeOf = (state) => state.field(tree).tree;

/**
 * From the empty line before to the empty line after: whether a line begins a table or goes on with its paragraph is said
 * by its neighbours.
 * @param {string} text
 * @param {ChangedRange} range
 */
function widened(text, { fromA, toA, fromB, toB }) {
  const start = text.lastIndexOf("\n\n", fromB - 1);
  const end = text.indexOf("\n\n", toB);
  const before = fromB - Math.max(0, start);
  const after = (end < 0 ? text.length : end + 2) - toB;
  return { fromA: fromA - before, toA: toA + after, fromB: fromB - before, toB: toB + after };
}

/** @param {ChangedRange[]} ranges in order @returns {ChangedRange[]} none of which touch */
function joined(ranges) {
  /** @type {ChangedRange[]} */
  const made = [];
  for (const range of ranges) {
    const last = made.at(-1);
    if (last && range.fromB <= last.toB) Object.assign(last, { toA: range.toA, toB: range.toB });
    else made.push({ ...range });
  }
  return made;
}
