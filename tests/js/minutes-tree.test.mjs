import assert from "node:assert/strict";
import { test } from "node:test";
import { EditorState } from "../../static/js/lib/codemirror.js";
import { markdown, tree, treeOf } from "../../static/js/minutes/rich-tree.js";
import { dice } from "./dice.mjs";

const PIECES = ["\n", "\n\n", "# ", "### Titre\n", "- ", "- [ ] ", "1. ", "> ", "**", "*", "`", "```\n", "~~", "[mot](https://exemple.fr)", "[C-12]", "| a | b |\n| --- | --- |\n| 1 | 2 |\n", "é 😀 ", "un mot ", "---\n", "\\*", "    "];

/** @param {import("@lezer/common").Tree} made every node with its place: what is drawn depends on both */
function told(made) {
  const nodes = [];
  made.iterate({ enter: ({ name, from, to }) => void nodes.push(`${name} ${from}-${to}`) });
  return nodes.join("\n");
}

test("a tree made again where the text changed is the tree of the whole text", () => {
  for (let seed = 1; seed <= 60; seed += 1) {
    const { below, chance, pick } = dice(seed);
    let state = EditorState.create({ doc: "Un début.\n\n- un\n- deux\n", extensions: [tree, EditorState.lineSeparator.of("\n")] });
    for (let step = 0; step < 40; step += 1) {
      const from = below(state.doc.length + 1);
      const to = Math.min(state.doc.length, from + (chance(0.3) ? below(12) : 0));
      const changes = [{ from, to, insert: pick(PIECES) }];
      if (chance(0.3)) changes.push({ from: to + below(state.doc.length - to + 1), to: undefined, insert: pick(PIECES) });
      state = state.update({ changes }).state;
      assert.equal(told(treeOf(state)), told(markdown.parse(state.doc.toString())), `seed ${seed}, step ${step}: ${JSON.stringify(state.doc.toString())}`);
    }
  }
});
