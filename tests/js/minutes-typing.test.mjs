import assert from "node:assert/strict";
import { test } from "node:test";
import { applied } from "../../static/js/lib/minutes/change.js";
import { eraseMark, linked, newLine } from "../../static/js/lib/minutes/typing.js";

/** A text in which `|` is the caret, twice for what is selected → the text after, with its caret; null for an ordinary key. */
function after(act, marked) {
  const from = marked.indexOf("|");
  const to = marked.lastIndexOf("|") - (marked.lastIndexOf("|") > from ? 1 : 0);
  const text = marked.replaceAll("|", "");
  const edit = act({ text, from, to: Math.max(from, to) });
  if (!edit) return null;
  const made = applied(text, edit.changes);
  return `${made.slice(0, edit.from)}|${made.slice(edit.from)}`;
}

test("a new line goes on with its list, and an item without words ends it", () => {
  assert.equal(after(newLine, "- un|"), "- un\n- |");
  assert.equal(after(newLine, "- un|deux"), "- un\n- |deux");
  assert.equal(after(newLine, "- [x] fait|"), "- [x] fait\n- [ ] |");
  assert.equal(after(newLine, "  * un|"), "  * un\n  * |");
  assert.equal(after(newLine, "> dit|"), "> dit\n> |");
  assert.equal(after(newLine, "> - un|"), "> - un\n> - |");
  assert.equal(after(newLine, "- un\n- |"), "- un\n|");
  assert.equal(after(newLine, "> - |"), "> |");
  assert.equal(after(newLine, "> |"), "|");
});

test("numbered items that follow are counted again, down to the end of their list", () => {
  assert.equal(after(newLine, "1. a|\n2. b\n   suite\n3. c\n\n4. autre"), "1. a\n2. |\n3. b\n   suite\n4. c\n\n4. autre");
  assert.equal(after(newLine, "9) a|"), "9) a\n10) |");
});

test("a line is only a line in a paragraph, before its mark, and in code", () => {
  for (const marked of ["un|", "|- un", "-| un", "```\n- un|\n```", "**gras**|"]) assert.equal(after(newLine, marked), null, marked);
});

test("one key takes away the mark of a line, and only when the caret is just after it", () => {
  assert.equal(after(eraseMark, "- [ ] |appeler"), "|appeler");
  assert.equal(after(eraseMark, "  - |un"), "|un");
  assert.equal(after(eraseMark, "> - |un"), "> |un");
  assert.equal(after(eraseMark, "> |dit"), "|dit");
  assert.equal(after(eraseMark, "- u|n"), null);
  assert.equal(after(eraseMark, "- |un|"), null);
  assert.equal(after(eraseMark, "|un"), null);
});

test("an address pasted over words becomes their link, and is only pasted elsewhere", () => {
  const paste = (selected) => linked(selected, "https://exemple.fr/a");
  assert.equal(after(paste, "voir |le site|."), "voir [le site](https://exemple.fr/a)|.");
  assert.equal(after(paste, "voir |"), null);
  assert.equal(linked({ text: "mot", from: 0, to: 3 }, "pas une adresse"), null);
});
