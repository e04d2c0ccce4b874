/* global document */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Window } from "happy-dom";
import { SharedText } from "../../static/js/lib/minutes/shared-text.js";

const window = new Window();
Object.assign(globalThis, { window, document: window.document, DOMParser: window.DOMParser });
const { Sources } = await import("../../static/js/minutes/sources.js");

/** A panel of three cards beside a text that says `body`. */
function panel(body) {
  const shared = new SharedText();
  const key = shared.add("", { heading: "Contexte", body });
  const element = document.createElement("aside");
  const cards = [1, 2, 3].map((n) => `<li data-source="C-${n}" data-group="card" data-status="standing" data-words="carte ${n}"><span data-where></span></li>`);
  element.innerHTML = `<p data-uncited-count></p><input type="search"><div data-source-filters><button data-filter="uncited"></button></div><ul data-source-list>${cards.join("")}</ul><p data-none hidden></p><button data-next-source></button>`;
  const sources = new Sources(/** @type {any} */ (element), { shared, cite() {}, leave() {} });
  const current = () => element.querySelector(".is-current")?.getAttribute("data-source");
  return { shared, sources, element, current, write: (words) => shared.section(key).body.insert(0, words) };
}

test("the first card that is shown is one that the text does not cite yet, until one chooses another", () => {
  const { sources, element, current, write } = panel("Une phrase [C-1].");
  assert.equal(current(), "C-2");
  write("[C-2] ");
  sources.count();
  assert.equal(current(), "C-3");
  element.querySelector("[data-next-source]").click();
  assert.equal(current(), "C-1");
  sources.count();
  assert.equal(current(), "C-1");
});

test("when every card is cited the filter says so, and the first is shown", () => {
  const { element, current } = panel("[C-1] [C-2] [C-3]");
  assert.equal(element.querySelector("[data-filter=uncited]").textContent, "all_cited");
  assert.equal(current(), "C-1");
});
