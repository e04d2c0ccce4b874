import assert from "node:assert/strict";
import { test } from "node:test";
import { passages, writtenBy } from "../../static/js/lib/minutes/passages.js";
import { LocalEdit, SharedText } from "../../static/js/lib/minutes/shared-text.js";
import { applyUpdate, encodeStateAsUpdate } from "../../static/js/lib/yjs.js";
import { dice } from "./dice.mjs";
import { turn } from "./documents.mjs";

/** Gives each what the others have. */
function meet(...texts) {
  for (const from of texts) for (const to of texts) if (from !== to) applyUpdate(to.doc, encodeStateAsUpdate(from.doc), "server");
}

function three() {
  const made = new SharedText(dice(1).next);
  const part = made.add("", { heading: "Diagnostic", level: 1 });
  const first = made.add(part, { heading: "Forces", body: "On parle." });
  const second = made.add(first, { heading: "Faiblesses", body: "On attend." });
  const other = made.add(second, { heading: "Hypothèses", level: 1 });
  return { made, part, first, second, other };
}

const headings = (text) => text.sections.map(({ number, heading }) => `${number} ${heading}`);

test("sections stand in their order and are numbered as readers see them, annexes last and unnumbered", () => {
  const { made, part } = three();
  made.add(part, { heading: "Cartes", annex: true, level: 1 });
  assert.deepEqual(headings(made), ["1 Diagnostic", "1.1 Forces", "1.2 Faiblesses", "2 Hypothèses", " Cartes"]);
});

test("a part moves with what is under it, a section alone, and no word moves", () => {
  const { made, part, first, second, other } = three();
  const before = made.section(first).body;
  made.move(first, second);
  assert.deepEqual(headings(made), ["1 Diagnostic", "1.1 Faiblesses", "1.2 Forces", "2 Hypothèses"]);
  made.move(part, other);
  assert.deepEqual(headings(made), ["1 Hypothèses", "2 Diagnostic", "2.1 Faiblesses", "2.2 Forces"]);
  assert.equal(made.section(first).body, before);
  assert.equal(before.toString(), "On parle.");
});

test("two people who move and write at once keep every section and every word", () => {
  const { made, part, first, second, other } = three();
  const karim = new SharedText();
  const elise = new SharedText();
  meet(made, karim, elise);
  karim.move(second, part);
  elise.move(other, "");
  elise.section(second).body.insert(10, " Six mois.");
  meet(karim, elise);
  assert.deepEqual(headings(karim), headings(elise));
  assert.equal(karim.sections.length, 4);
  assert.equal(karim.section(second).body.toString(), "On attend. Six mois.");
  assert.equal(karim.section(first).body.toString(), "On parle.");
});

test("histories of moves, in any order, end the same everywhere", () => {
  const draw = dice(11);
  const { made } = three();
  const people = [made, new SharedText(draw.next), new SharedText(draw.next)];
  meet(...people);
  for (let n = 0; n < 120; n += 1) {
    const one = draw.pick(people);
    const keys = one.sections.map(({ key }) => key);
    one.move(draw.pick(keys), draw.pick([...keys, ""]));
    if (draw.chance(0.3)) meet(...people);
  }
  meet(...people);
  assert.deepEqual(headings(people[1]), headings(people[0]));
  assert.deepEqual(headings(people[2]), headings(people[0]));
  assert.equal(people[0].sections.length, 4);
});

test("undo takes back one's own acts only, in whichever section they were", () => {
  const { made, first } = three();
  const karim = new SharedText();
  meet(made, karim);
  karim.doc.transact(() => karim.section(first).body.insert(9, " Ensemble."), new LocalEdit("plain"));
  made.doc.transact(() => made.section(first).body.insert(0, "Ici, "), new LocalEdit("rich"));
  meet(made, karim);
  karim.undo();
  assert.equal(karim.section(first).body.toString(), "Ici, On parle.");
  karim.undo();
  assert.equal(karim.section(first).body.toString(), "Ici, On parle.");
  karim.redo();
  meet(made, karim);
  assert.equal(made.section(first).body.toString(), "Ici, On parle. Ensemble.");
});

test("a section that the document must have is neither renamed nor removed", () => {
  const { made, first } = three();
  made.doc.getMap("sections").get(first).set("required", true);
  made.rename(first, "Autre");
  assert.equal(made.remove(first), false);
  assert.equal(made.section(first).heading, "Forces");
});

test("words in a section that another took away are told, one's own removal is not", () => {
  const { made, first, second } = three();
  const karim = new SharedText();
  meet(made, karim);
  const told = [];
  for (const text of [made, karim]) text.addEventListener("removed", ({ detail }) => told.push([text === karim, detail.heading, detail.body]));
  karim.section(second).body.insert(10, " Mes mots.");
  made.remove(second);
  meet(made, karim);
  assert.deepEqual(told, [[true, "Faiblesses", "On attend. Mes mots."]]);
  made.remove(first);
  made.undo();
  assert.equal(made.section(first).body.toString(), "On parle.");
});

test("each passage is given to whoever wrote most of it, and said once", () => {
  const { made, first } = three();
  const karim = new SharedText();
  meet(made, karim);
  karim.section(first).body.insert(9, "\n\nUn autre passage.\n\nEt encore un.");
  meet(made, karim);
  const { body } = made.section(first);
  const names = new Map([[karim.doc.clientID, "Karim"]]);
  assert.deepEqual(passages(body.toString(), writtenBy(body), (client) => names.get(client) ?? ""), [{ at: 11, name: "Karim" }]);
  assert.deepEqual(passages(body.toString(), writtenBy(body), () => "Élise").map(({ at }) => at), [0]);
});

test("what happened is told after it happened", async () => {
  const { made, first } = three();
  const told = [];
  for (const name of ["sections", "text"]) made.addEventListener(name, ({ detail }) => told.push([name, detail.key]));
  made.section(first).body.insert(0, "a");
  made.rename(first, "Ce qui va");
  await turn();
  assert.deepEqual(told, [["text", first], ["sections", undefined]]);
});
