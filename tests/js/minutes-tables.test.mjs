import assert from "node:assert/strict";
import { test } from "node:test";
import { hold } from "../../static/js/lib/minutes/place.js";
import { SharedText } from "../../static/js/lib/minutes/shared-text.js";
import { mergedTable, tableAt, writeTable } from "../../static/js/lib/minutes/tables.js";

const TABLE = "| a | b |\n| --- | --- |\n| 1 | 2 |";

/** @param {string[]} lines cells apart from each other by a space */
const table = (...lines) => ({ rows: lines.map((line) => line.split(" ")), align: ["", ""] });

test("the table at the caret is the one that holds all that is selected", () => {
  const text = `Avant\n\n${TABLE}\n\nAprès`;
  assert.equal(tableAt(text, 3), undefined);
  assert.deepEqual(tableAt(text, 12)?.table.rows, [["a", "b"], ["1", "2"]]);
  assert.equal(tableAt(text, 12, text.length), undefined);
});

test("a table edited in a form keeps what another wrote meanwhile in the cells that one left alone", () => {
  const base = table("a b", "1 2");
  assert.deepEqual(mergedTable(base, table("a b", "1 moi"), table("a b", "elle 2")).rows, [["a", "b"], ["elle", "moi"]]);
  assert.deepEqual(mergedTable(base, table("a b", "1 moi"), table("a b", "1 2", "3 4")).rows, [["a", "b"], ["1", "moi"], ["3", "4"]]);
  assert.deepEqual(mergedTable(base, table("a b", "1 moi"), table("a b", "1 elle")).rows, [["a", "b"], ["1", "moi"]]);
  assert.deepEqual(mergedTable(base, table("a b"), table("a b", "elle 2")).rows, [["a", "b"]]);
});

test("a passage that is held follows its words, and takes in nothing that others write beside it", () => {
  const shared = new SharedText();
  const text = shared.section(shared.add("", { heading: "Contexte", body: `Avant\n\n${TABLE}\n\nAprès` }))?.body;
  const place = hold(text, 7, 7 + TABLE.length);
  const caret = hold(text, 5, 5);
  text.insert(0, "Hier. ");
  text.insert(11, "!");
  text.insert(text.toString().indexOf("\n\nAprès"), "\nsuite");
  const { from, to } = place();
  assert.equal(text.toString().slice(from, to), TABLE);
  assert.deepEqual(caret(), { from: 11, to: 11 });
  assert.equal(writeTable(tableAt(text.toString(), from).table).startsWith("| a | b |"), true);
});
