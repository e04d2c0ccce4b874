import assert from "node:assert/strict";
import { test } from "node:test";
import { applied } from "../../static/js/lib/minutes/change.js";
import { bold, bullets, heading, italic, link, numbers, onItsOwn, tasks } from "../../static/js/lib/minutes/marks.js";
import { emptyTable, readTable, tablesOf, writeTable } from "../../static/js/lib/minutes/tables.js";

/** « [ » and « ] » written as ‹ and › stand for what is selected. */
function done(command, shown, ...more) {
  const from = shown.indexOf("‹");
  const to = shown.replace("‹", "").indexOf("›");
  const text = shown.replace(/[‹›]/g, "");
  const edit = command({ text, from, to }, ...more);
  const after = applied(text, edit.changes);
  return `${after.slice(0, edit.from)}‹${after.slice(edit.from, edit.to)}›${after.slice(edit.to)}`;
}

test("bold goes around what is selected, around the word at the caret, and away again", () => {
  assert.equal(done(bold, "un ‹délai › annoncé"), "un **‹délai›**  annoncé");
  assert.equal(done(bold, "un dé‹›lai"), "un **‹délai›**");
  assert.equal(done(bold, "un **‹délai›**"), "un ‹délai›");
  assert.equal(done(bold, "‹›"), "**‹›**");
});

test("italics do not undo bold", () => {
  assert.equal(done(italic, "**‹délai›**"), "***‹délai›***");
  assert.equal(done(italic, "***‹délai›***"), "**‹délai›**");
  assert.equal(done(italic, "*‹délai›*"), "‹délai›");
});

test("a title is a title, then a smaller one, then none", () => {
  assert.equal(done(heading, "Les ‹›demandes"), "### Les ‹›demandes");
  assert.equal(done(heading, "### Les ‹›demandes"), "#### Les ‹›demandes");
  assert.equal(done(heading, "#### Les ‹›demandes"), "Les ‹›demandes");
});

test("lists begin, change kind and end, line by line", () => {
  assert.equal(done(bullets, "‹un\n\ndeux›"), "- ‹un\n\n- deux›");
  assert.equal(done(numbers, "- ‹un\n- deux›"), "1. ‹un\n2. deux›");
  assert.equal(done(tasks, "1. ‹un›"), "- [ ] ‹un›");
  assert.equal(done(bullets, "- ‹un\n- deux›"), "‹un\ndeux›");
  assert.equal(done(bullets, "‹›"), "- ‹›");
});

test("a link takes what is selected as its words", () => {
  assert.equal(done(link, "voir ‹ici›", "https://exemple.fr"), "voir [ici](https://exemple.fr)‹›");
  assert.equal(done(link, "voir ‹›", "https://exemple.fr/a (b)"), "voir [https://exemple.fr/a (b)](<https://exemple.fr/a%20(b)>)‹›");
});

test("a table stands on lines of its own", () => {
  const table = writeTable(emptyTable(2, 2));
  assert.equal(table, "|  |  |\n| --- | --- |\n|  |  |");
  assert.equal(done(onItsOwn, "Avant‹›\nAprès", "T"), "Avant\n\n‹›T\n\nAprès");
  assert.equal(done(onItsOwn, "‹›", "T"), "‹›T\n");
  assert.equal(done(onItsOwn, "Avant\n\n‹›", "T"), "Avant\n\n‹›T\n");
});

test("a table is read into cells and written again to the same", () => {
  const text = "| Qui | Quoi |\n| --- | ---: |\n| La mairie | 31 \\| 40 |";
  const table = readTable(text);
  assert.deepEqual(table, { rows: [["Qui", "Quoi"], ["La mairie", "31 | 40"]], align: ["", "right"] });
  assert.equal(writeTable(table), text);
  assert.equal(readTable("| seul |"), null);
  const body = `Avant\n\n${text}\n\nAprès\n\n\`\`\`\n${text}\n\`\`\``;
  assert.deepEqual(tablesOf(body).map(({ from, to }) => body.slice(from, to)), [text]);
});
