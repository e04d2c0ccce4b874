import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage } from "./page.mjs";

const { PassagePicker } = await import("../../static/js/elements/passage-picker.js");
globalThis.customElements.define("passage-picker", PassagePicker);

const FORM = `<passage-picker><form>
<input type="radio" name="passage" value="Six mois sans réponse C-12.">
<input type="radio" name="passage" value="Le micro fait peur.">
<input type="radio" name="passage" value="">
<textarea name="before"></textarea><textarea name="after"></textarea></form></passage-picker>`;

function makeForm() {
  const page = openPage(FORM);
  const [first, second, other] = page.querySelectorAll("input");
  const [before, after] = page.querySelectorAll("textarea");
  const choose = (radio) => {
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
  };
  return { first, second, other, before, after, choose };
}

test("a sentence chosen is the text to replace, and what is changed to propose", () => {
  const { first, second, before, after, choose } = makeForm();
  choose(first);
  assert.deepEqual([before.value, after.value], ["Six mois sans réponse C-12.", "Six mois sans réponse C-12."]);
  choose(second);
  assert.deepEqual([before.value, after.value], ["Le micro fait peur.", "Le micro fait peur."]);
});

test("words of one's own are never replaced by another choice", () => {
  const { first, second, after, choose } = makeForm();
  choose(first);
  after.value = "Un an sans réponse.";
  choose(second);
  assert.equal(after.value, "Un an sans réponse.");
});

test("another passage leaves what is typed alone", () => {
  const { other, before, choose } = makeForm();
  before.value = "un passage tapé";
  choose(other);
  assert.equal(before.value, "un passage tapé");
});
