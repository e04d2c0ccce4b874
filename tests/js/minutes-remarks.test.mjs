import assert from "node:assert/strict";
import { test } from "node:test";
import { anchorOf, inTextOrder, passageAt, placeOf } from "../../static/js/lib/minutes/remarks.js";
import { SharedText } from "../../static/js/lib/minutes/shared-text.js";
import { applyUpdate, encodeStateAsUpdate } from "../../static/js/lib/yjs.js";
import { dice } from "./dice.mjs";

const TEXT = "Né en 2009 d’un café-couture 😀. Une demande peut attendre six mois. Le micro fait peur.";
const QUOTE = "Une demande peut attendre six mois.";

/** Gives each what the others have. */
function meet(...texts) {
  for (const from of texts) for (const to of texts) if (from !== to) applyUpdate(to.doc, encodeStateAsUpdate(from.doc), "server");
}

/** One document with two sections, held by Karim and Élise; the remark is Karim's. */
function two() {
  const karim = new SharedText(dice(3).next);
  const first = karim.add("", { heading: "Cas", body: TEXT });
  const second = karim.add(first, { heading: "Débat", body: "Rien encore." });
  const elise = new SharedText(dice(4).next);
  meet(karim, elise);
  const from = TEXT.indexOf(QUOTE);
  const kept = { section: first, anchor: anchorOf(karim.section(first).body, from, from + QUOTE.length), quote: QUOTE };
  const shown = (who, one = kept) => {
    const place = placeOf(one, who.sections, who.doc);
    return place && { key: place.key, words: who.section(place.key).body.toString().slice(place.from, place.to) };
  };
  return { karim, elise, first, second, kept, shown };
}

const cases = [
  ["a caret takes its sentence", TEXT, TEXT.indexOf("attendre"), null, QUOTE],
  ["a caret at the end of a sentence takes that one", TEXT, TEXT.indexOf(QUOTE) + QUOTE.length, null, QUOTE],
  ["the last sentence needs no stop", "Un. Deux", 8, null, "Deux"],
  ["a caret after the last stop takes the last sentence", "Un. Deux. ", 10, null, "Deux."],
  ["what is selected is taken without its spaces", TEXT, TEXT.indexOf(" peut"), TEXT.indexOf(" six"), "peut attendre"],
  ["a heading is taken without its mark", "Avant.\n## Le micro\nAprès.", 12, null, "Le micro"],
  ["an item is taken without its box", "- [x] Poser un micro\n- Autre", 14, null, "Poser un micro"],
  ["a quotation ends with its sign", "« Non. » Puis oui.", 3, null, "« Non. »"],
];
for (const [name, text, from, to, words] of cases) {
  test(`the passage: ${name}`, () => {
    const place = passageAt(text, from, to ?? from);
    assert.equal(text.slice(place.from, place.to), words);
  });
}

test("where there are no words there is no passage", () => {
  assert.equal(passageAt("", 0, 0), null);
  assert.equal(passageAt("Un.\n\nDeux.", 4, 4), null);
  assert.equal(passageAt("- ", 2, 2), null);
  assert.equal(passageAt("::: auto V-2 0123abcd\n40\n:::", 3, 3), null);
  assert.equal(passageAt("Un  deux", 2, 4)?.to, 8); // only spaces are selected: the sentence
});

test("a remark follows its words while another person writes before, inside and after them", () => {
  const { karim, elise, first, shown } = two();
  elise.section(first).body.insert(0, "En bref\u00a0: é 😀 ");
  karim.section(first).body.insert(TEXT.length, " Fin.");
  elise.section(first).body.insert(elise.section(first).body.toString().indexOf("six mois"), "parfois ");
  assert.equal(shown(elise).words, "Une demande peut attendre parfois six mois.");
  meet(karim, elise);
  assert.deepEqual(shown(karim), { key: first, words: "Une demande peut attendre parfois six mois." });
  assert.deepEqual(shown(elise), shown(karim));
});

test("what is typed at either edge of a passage is not of it", () => {
  const { karim, first, kept, shown } = two();
  const { from, to } = placeOf(kept, karim.sections, karim.doc);
  karim.section(first).body.insert(to, " Ajout.");
  karim.section(first).body.insert(from, "Avant. ");
  assert.equal(shown(karim).words, QUOTE);
});

test("a section that moves takes its remarks along", () => {
  const { karim, elise, first, second, shown } = two();
  elise.move(first, second);
  karim.section(first).body.insert(0, "Avant. ");
  meet(karim, elise);
  assert.deepEqual([shown(karim), shown(elise)], [{ key: first, words: QUOTE }, { key: first, words: QUOTE }]);
});

test("words that are gone have no place, for either person, and have one again when they come back", () => {
  const { karim, elise, first, second, shown } = two();
  const at = TEXT.indexOf(QUOTE);
  elise.section(first).body.delete(at, QUOTE.length);
  karim.section(first).body.insert(0, "Avant. ");
  meet(karim, elise);
  assert.deepEqual([shown(karim), shown(elise)], [null, null]);
  elise.section(second).body.insert(0, `${QUOTE} `);
  assert.deepEqual(shown(elise), { key: second, words: QUOTE });
});

test("what remains of a passage still bears its remark", () => {
  const { karim, first, shown } = two();
  const body = karim.section(first).body;
  body.delete(TEXT.indexOf("Une demande"), "Une demande ".length);
  assert.equal(shown(karim).words, "peut attendre six mois.");
});

test("words that are said twice, or say too little, are not guessed", () => {
  const { karim, first, second, shown } = two();
  const lost = { section: first, anchor: "not an anchor" };
  assert.equal(shown(karim, { ...lost, quote: QUOTE })?.words, QUOTE);
  karim.section(second).body.insert(0, QUOTE);
  assert.equal(shown(karim, { ...lost, quote: QUOTE })?.key, first); // its own section comes before
  karim.section(first).body.insert(0, QUOTE);
  assert.equal(shown(karim, { ...lost, quote: QUOTE }), null);
  assert.equal(shown(karim, { ...lost, quote: "Le micro" }), null);
  assert.equal(shown(karim, { anchor: undefined, quote: undefined }), null);
});

test("a section that is taken away takes the place of its remarks, and nothing fails", () => {
  const { karim, elise, first, shown } = two();
  elise.remove(first);
  meet(karim, elise);
  assert.equal(shown(karim), null);
});

test("histories of edits by two people end with the same place on both sides", () => {
  const draw = dice(23);
  const { karim, elise, first, shown } = two();
  for (let turn = 0; turn < 120; turn += 1) {
    const who = draw.next() < 0.5 ? karim : elise;
    const body = who.section(first).body;
    const at = Math.floor(draw.next() * (body.length + 1));
    if (draw.next() < 0.6) body.insert(at, ["é", "œ", "’", "ab ", "."][turn % 5]);
    else body.delete(Math.min(at, body.length), Math.min(2, body.length - Math.min(at, body.length)));
    if (turn % 17 === 0) meet(karim, elise);
  }
  meet(karim, elise);
  assert.equal(karim.section(first).body.toString(), elise.section(first).body.toString());
  assert.deepEqual(shown(karim), shown(elise));
});

test("remarks stand in the order of the text, those without a place last", () => {
  const sections = [{ key: "b" }, { key: "a" }];
  const remark = (name, key, from) => ({ name, place: key ? { key, from, to: from + 1 } : null });
  const made = [remark("gone"), remark("second", "a", 9), remark("first", "a", 2), remark("top", "b", 50), remark("gone too")];
  assert.deepEqual(inTextOrder(made, sections).map(({ name }) => name), ["top", "first", "second", "gone", "gone too"]);
});
