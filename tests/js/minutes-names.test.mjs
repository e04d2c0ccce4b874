import assert from "node:assert/strict";
import { test } from "node:test";
import { Window } from "happy-dom";
import { SharedText } from "../../static/js/lib/minutes/shared-text.js";
import { dice } from "./dice.mjs";

const window = new Window();
window.document.body.innerHTML = `<script type="application/json" id="words">{"untitled_proposition": "Proposition sans titre", "untitled_section": "Partie sans titre", "empty": "vide"}</script>
<ol data-plan></ol><select data-plan-select></select>`;
/** happy-dom has none. @param {string} text @param {string} value */
function Option(text, value) {
  return Object.assign(window.document.createElement("option"), { textContent: text, value });
}
Object.assign(globalThis, { window, document: window.document, Option });
const { Plan } = await import("../../static/js/minutes/plan.js");
const { nameOf } = await import("../../static/js/lib/minutes/words.js");

test("a section that nobody has named yet says so in the plan and in the choice on phones", () => {
  const text = new SharedText(dice(1).next);
  const part = text.add("", { heading: "Propositions", level: 1, body: "Sept au plus." });
  text.add(part, { heading: "", body: "Sans nom." });
  const sections = text.sections.map((section) => (section.heading ? section : { ...section, key: "proposition-1" }));
  const page = /** @type {any} */ (window.document);
  new Plan(page, () => {}).draw(sections);
  const shown = (selector) => [...page.querySelectorAll(selector)].map((one) => one.textContent);
  assert.deepEqual(shown("[data-plan] a"), ["1. Propositions", "Proposition sans titre"]);
  assert.deepEqual(shown("option"), ["1 Propositions", "1.1 Proposition sans titre"]);
});

test("a name is the heading where there is one, and another part without says that it has none", () => {
  assert.equal(nameOf({ key: "proposition-1", heading: "Un relais" }), "Un relais");
  assert.equal(nameOf({ key: "k2", heading: "" }), "Partie sans titre");
});
