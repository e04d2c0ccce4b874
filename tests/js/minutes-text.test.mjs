import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { apart, blocksOf, broken, detaching, markOf } from "../../static/js/lib/minutes/blocks.js";
import { applied, changesOf, moved, smallestChange } from "../../static/js/lib/minutes/change.js";
import { citationText, citationsOf, whereCited } from "../../static/js/lib/minutes/citations.js";
import { between, inOrder } from "../../static/js/lib/minutes/order.js";
import { saveState } from "../../static/js/lib/minutes/save-state.js";
import { sha256 } from "../../static/js/lib/minutes/sha256.js";
import { dice } from "./dice.mjs";

test("SHA-256 equals the standard's, at every length around a block", () => {
  for (let length = 0; length < 140; length += 1) {
    const text = "é😀x".repeat(length).slice(0, length);
    const well = text.isWellFormed?.() === false ? text.slice(0, -1) : text;
    assert.equal(sha256(well), createHash("sha256").update(well).digest("hex"));
  }
});

test("the smallest change gives the new text, alone, and never cuts a character", () => {
  assert.deepEqual(smallestChange("Le vote est clos", "Le vote est bien clos"), { from: 12, to: 12, insert: "bien " });
  assert.equal(smallestChange("même", "même"), null);
  const draw = dice(7).next;
  const signs = ["a", "a", "é", "😀", "😁", "’", "\n"];
  const text = () => Array.from({ length: Math.floor(draw() * 8) }, () => signs[Math.floor(draw() * signs.length)]).join("");
  for (let n = 0; n < 3_000; n += 1) {
    const [before, after] = [text(), text()];
    const change = smallestChange(before, after, Math.floor(draw() * (after.length + 1)));
    if (!change) assert.equal(before, after);
    else {
      assert.equal(applied(before, [change]), after);
      assert.ok(change.insert.isWellFormed?.() ?? true, `${before} → ${after}`);
      assert.ok(before.slice(0, change.from).isWellFormed?.() ?? true);
    }
  }
});

test("a letter typed among equal ones is where the caret is", () => {
  assert.deepEqual(smallestChange("aaaa", "aaaaa", 2), { from: 1, to: 1, insert: "a" });
});

test("a caret stays with its words when another writes before, and stays put when they write after or just there", () => {
  assert.equal(moved(5, [{ from: 0, to: 0, insert: "abc" }]), 8);
  assert.equal(moved(5, [{ from: 7, to: 9, insert: "" }]), 5);
  assert.equal(moved(5, [{ from: 5, to: 5, insert: "ici" }]), 5);
  assert.equal(moved(5, [{ from: 2, to: 8, insert: "x" }]), 3);
  assert.deepEqual(changesOf([{ retain: 2 }, { insert: "ab" }, { delete: 3 }, { retain: 1 }, { delete: 1 }]), [
    { from: 2, to: 5, insert: "ab" },
    { from: 6, to: 7, insert: "" },
  ]);
});

test("a block is intact while its mark is the hash of what it says", () => {
  const text = "40 suffrages exprimés, 118 gommettes.";
  const body = `Avant.\n\n::: auto V-2 ${markOf(text)}\n${text}\n:::\n\nAprès.`;
  const [block] = blocksOf(body);
  assert.deepEqual([block.source, block.text, block.intact, body.slice(block.from, block.to).split("\n").length], ["V-2", text, true, 3]);
  assert.equal(blocksOf(body.replace("118", "119"))[0].intact, false);
  assert.deepEqual(blocksOf("::: auto V-2\nrien"), []);
  assert.equal(applied(body, detaching(body, block)), `Avant.\n\n${text}\n\nAprès.`);
});

test("nothing is written into a block of the app, and everything around it is", () => {
  const text = "En tête : des demandes.";
  const block = `::: auto V-2 ${markOf(text)}\n${text}\n:::`;
  const body = `Avant\n${block}\nAprès`;
  const at = body.indexOf("tête");
  const end = body.indexOf(block) + block.length;
  assert.equal(broken(body, [{ from: at, to: at, insert: "x" }])?.source, "V-2");
  assert.equal(broken(body, [{ from: end, to: end, insert: "x" }])?.source, "V-2");
  assert.equal(broken(body, [{ from: end, to: end + 1, insert: "" }])?.source, "V-2");
  assert.equal(broken(body, [{ from: 5, to: 6, insert: "" }])?.source, "V-2");
  assert.equal(broken(body, [{ from: end, to: end, insert: "\nMot" }]), undefined);
  assert.equal(broken(body, [{ from: 0, to: 2, insert: "" }]), undefined);
  assert.equal(broken(body, [{ from: 0, to: body.length, insert: "" }]), undefined);
});

test("what is typed against a block of the app stands on lines of its own", () => {
  const block = `::: auto V-2 ${markOf("Texte")}\nTexte\n:::`;
  const after = apart(block, [{ from: block.length, to: block.length, insert: "é" }]);
  assert.deepEqual([applied(block, after.changes), after.caret], [`${block}\n\né`, block.length + 3]);
  const before = apart(block, [{ from: 0, to: 0, insert: "é" }]);
  assert.deepEqual([applied(block, before.changes), before.caret], [`é\n\n${block}`, 1]);
  assert.equal(apart(block, [{ from: block.length, to: block.length, insert: "\n" }]).caret, null);
});

test("citations are found in a text, with their séance in a contribution, and nothing else is", () => {
  const text = "Six mois [C-12] [DK2-V-3]. [x](u) [C-1](u) [K3] [c-4] [H-2]";
  assert.deepEqual(citationsOf(text).map(({ ref }) => ref), ["C-12", "DK2-V-3", "H-2"]);
  assert.deepEqual([...whereCited([{ key: "a", body: text }, { key: "b", body: "[C-12]" }])].slice(0, 1), [["C-12", ["a", "b"]]]);
});

test("a citation is put apart from the words beside it", () => {
  assert.equal(citationText("mois", 4, "C-12"), " [C-12]");
  assert.equal(citationText("mois . Puis", 5, "C-12"), "[C-12]");
  assert.equal(citationText("mois Puis", 5, "C-12"), "[C-12] ");
});

test("places between two others never run out, and both alphabets agree", () => {
  const draw = dice(3).next;
  let places = [between("", null, draw)];
  for (let n = 0; n < 600; n += 1) {
    const at = Math.floor(draw() * (places.length + 1));
    const made = between(places[at - 1] ?? "", places[at] ?? null, draw);
    assert.ok((places[at - 1] ?? "") < made && (places[at] === undefined || made < places[at]), made);
    places = [...places.slice(0, at), made, ...places.slice(at)];
  }
  assert.deepEqual(inOrder([{ order: "V", key: "b" }, { order: "V", key: "a" }, { order: "A", key: "z" }]).map(({ key }) => key), ["z", "a", "b"]);
});

test("the save line never says saved while something typed is unacknowledged", () => {
  const facts = { opened: true, online: true, writable: true, dirty: true, dirtySince: 1_000, kept: true, durable: true, savedAt: 1, why: "", failing: false, now: 1_500 };
  const said = (/** @type {object} */ more) => saveState({ ...facts, ...more }).state;
  assert.equal(said({}), "saving");
  assert.equal(said({ dirty: false }), "saved");
  assert.equal(said({ now: 5_000 }), "kept");
  assert.equal(said({ online: false }), "kept");
  assert.equal(said({ online: false, kept: false }), "saving");
  assert.equal(said({ online: false, durable: false, kept: false }), "loose");
  assert.equal(said({ failing: true }), "kept");
  assert.equal(said({ writable: false, dirty: false }), "reading");
  assert.equal(said({ writable: false }), "stopped");
  for (const state of [{}, { online: false }, { failing: true }, { writable: false }, { durable: false }]) assert.notEqual(said(state), "saved");
});
