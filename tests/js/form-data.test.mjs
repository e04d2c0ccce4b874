import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./page.mjs";
import { nest, readForm } from "../../static/js/lib/form-data.js";

/** @param {string} fields */
function formWith(fields) {
  return openPage(`<form>${fields}</form>`).querySelector("form");
}

test("read_a_card_gives_the_act_and_its_data", () => {
  const form = formWith(`
    <input type="hidden" name="act" value="add_contribution"><input type="hidden" name="activity" value="a1">
    <input type="hidden" name="csrf_token" value="secret">
    <input type="radio" name="column" value="plus"><input type="radio" name="column" value="minus" checked>
    <textarea name="text">Les jeunes ne restent pas</textarea><button name="ignored" value="x">Envoyer</button>`);
  assert.deepEqual(readForm(form), {
    name: "add_contribution",
    data: { activity: "a1", column: "minus", text: "Les jeunes ne restent pas" },
  });
});

test("read_typed_fields_gives_numbers_flags_and_lists", () => {
  const form = formWith(`
    <input name="act" value="x"><input name="people" data-type="int" value="7"><input name="table" data-type="int" value="">
    <input name="wrong" data-type="int" value="sept"><input type="checkbox" name="shared" data-type="bool" checked>
    <input type="checkbox" name="consent" data-type="bool"><input name="columns" data-type="json" value='[{"key":"plus"}]'>`);
  assert.deepEqual(readForm(form).data, { people: 7, wrong: "sept", shared: true, consent: false, columns: [{ key: "plus" }] });
});

test("read_repeated_names_gives_lists_even_of_one_or_none", () => {
  const boxes = (first, second) => formWith(`
    <input type="checkbox" name="options" value="o1" ${first}><input type="checkbox" name="options" value="o2" ${second}>
    <input name="cards[]" value="C-1"><input name="word" value="a"><input name="word" value="b">`);
  assert.deepEqual(readForm(boxes("checked", "")).data, { options: ["o1"], cards: ["C-1"], word: ["a", "b"] });
  assert.deepEqual(readForm(boxes("", "")).data.options, []);
  assert.deepEqual(readForm(boxes("checked", "checked")).data.options, ["o1", "o2"]);
});

test("read_names_with_brackets_gives_the_ballots_of_the_contract", () => {
  const form = formWith(`
    <input name="act" value="cast_ballot"><input name="ballot[dots][o1]" data-type="int" value="2">
    <input name="ballot[dots][o3]" data-type="int" value="1"><input name="ballot[dots][o4]" data-type="int" value="">`);
  assert.deepEqual(readForm(form).data, { ballot: { dots: { o1: 2, o3: 1 } } });
});

test("read_the_pressed_button_counts_as_a_field", () => {
  const form = formWith('<button name="answer" value="consent">Oui</button><button name="answer" value="objection">Non</button>');
  assert.deepEqual(readForm(form, form.querySelectorAll("button")[1]).data, { answer: "objection" });
  assert.deepEqual(readForm(form).data, {});
});

test("read_leaves_out_what_is_disabled_or_nameless", () => {
  const form = formWith('<input name="a" value="1" disabled><input value="2"><select name="b"><option value="x" selected>X</option></select>');
  assert.deepEqual(readForm(form).data, { b: "x" });
});

test("nest_refuses_to_touch_what_every_object_inherits", () => {
  nest([{ name: "__proto__[polluted]", value: "yes" }]);
  assert.equal({}.polluted, undefined);
});
