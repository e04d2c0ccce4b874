import assert from "node:assert/strict";
import { test } from "node:test";

import { openPage } from "./page.mjs";
import { fill, holds } from "../../static/js/lib/me.js";

const PAGE = `
  <template id="tpl-receipt"><article class="slip"><p data-field="text"></p>
    <p data-if="state!=hidden" data-field="state_label"></p><p data-if="motive">Non affichée : <span data-field="motive"></span></p>
    <time data-attr="datetime:at"></time>
    <details data-if="can_edit"><summary>Modifier</summary>
      <form><input type="hidden" name="contribution" data-attr="value:id"><textarea name="text" data-field="text"></textarea></form></details>
  </article></template>
  <h2>Mes cartes <span data-count="cards" data-where="activity=a1"></span></h2>
  <p id="empty" data-if="!cards">Vos cartes apparaîtront ici dès le premier envoi.</p>
  <div id="list" data-me-list="cards" data-template="tpl-receipt" data-where="activity=a1"></div>
  <p id="who" data-field="participant.college_label"></p>
  <button id="up" data-if="!upvotes~12">Soutenir</button><button id="down" data-if="upvotes~12">Retirer</button>
  <time-left ends-at="2011-10-13T20:26:00Z" data-attr="ends-at?:time_extra.a1"></time-left>
  <a data-attr="href:link">lien</a>`;

const makeCard = (id, more = {}) => ({
  id, ref: `C-${id}`, activity: "a1", text: `Carte ${id}`, state: "received", state_label: "Reçue à 20 h 04", at: "2011-10-13T20:04:00Z", can_edit: true, motive: "", ...more,
});
const makeMe = (more = {}) => ({ participant: { college_label: "associatifs et citoyens" }, cards: [], upvotes: [], time_extra: {}, ...more });
const isShown = (element) => !element.hasAttribute("hidden");

test("fill_cards_draws_one_copy_of_the_template_each_in_order", () => {
  const page = openPage(PAGE);
  fill(page.body, makeMe({ cards: [makeCard(1), makeCard(2), makeCard(3, { activity: "a2" })] }));
  const slips = [...page.querySelectorAll("#list > article")];
  assert.deepEqual(slips.map((slip) => slip.querySelector("p").textContent), ["Carte 1", "Carte 2"]);
  assert.equal(slips[0].querySelector("time").getAttribute("datetime"), "2011-10-13T20:04:00Z");
  assert.equal(slips[1].querySelector("input").getAttribute("value"), "2");
  assert.equal(page.querySelector("[data-count]").textContent, "2");
  assert.equal(isShown(page.getElementById("empty")), false);
  assert.equal(page.getElementById("who").textContent, "associatifs et citoyens");
});

test("fill_again_keeps_the_copies_what_is_open_and_what_is_being_edited", () => {
  const page = openPage(PAGE);
  fill(page.body, makeMe({ cards: [makeCard(1), makeCard(2)] }));
  const [, second] = page.querySelectorAll("#list > article");
  second.querySelector("details").setAttribute("open", "");
  second.querySelector("textarea").value = "Carte 2, mieux dite";
  fill(page.body, makeMe({ cards: [makeCard(2, { text: "Carte deux", state: "hidden", motive: "vise une personne" }), makeCard(4)] }));
  const after = [...page.querySelectorAll("#list > article")];
  assert.equal(after[0], second);
  assert.deepEqual(after.map((slip) => slip.getAttribute("data-me-item")), ["2", "4"]);
  assert.equal(second.querySelector("details").hasAttribute("open"), true);
  assert.equal(second.querySelector("textarea").value, "Carte 2, mieux dite");
  assert.equal(second.querySelector("p").textContent, "Carte deux");
  assert.equal(isShown(second.querySelectorAll("p")[1]), false);
  assert.equal(second.querySelector("span").textContent, "vise une personne");
});

test("fill_nothing_empties_the_list_and_says_so", () => {
  const page = openPage(PAGE);
  fill(page.body, makeMe({ cards: [makeCard(1)] }));
  fill(page.body, makeMe());
  assert.equal(page.querySelectorAll("#list > article").length, 0);
  assert.equal(isShown(page.getElementById("empty")), true);
});

test("fill_words_that_look_like_html_shows_them_as_words", () => {
  const page = openPage(PAGE);
  fill(page.body, makeMe({ cards: [makeCard(1, { text: "<img src=x onerror=alert(1)>" })] }));
  assert.equal(page.querySelector("#list p").textContent, "<img src=x onerror=alert(1)>");
  assert.equal(page.querySelector("#list img"), null);
});

test("fill_a_link_accepts_only_addresses_of_the_house", () => {
  const page = openPage(PAGE);
  const link = page.querySelector("a");
  for (const bad of ["javascript:alert(1)", "//evil.example/", "https://evil.example/"]) {
    fill(page.body, makeMe({ link: bad }));
    assert.equal(link.hasAttribute("href"), false, bad);
  }
  fill(page.body, makeMe({ link: "/m/ABCD" }));
  assert.equal(link.getAttribute("href"), "/m/ABCD");
});

test("fill_extra_time_replaces_the_hour_of_everybody_and_leaves_it_without", () => {
  const page = openPage(PAGE);
  const timer = page.querySelector("time-left");
  fill(page.body, makeMe());
  assert.equal(timer.getAttribute("ends-at"), "2011-10-13T20:26:00Z");
  fill(page.body, makeMe({ time_extra: { a1: "2011-10-13T20:28:00Z" } }));
  assert.equal(timer.getAttribute("ends-at"), "2011-10-13T20:28:00Z");
});

test("fill_a_list_that_contains_shows_the_right_one_of_two_buttons", () => {
  const page = openPage(PAGE);
  fill(page.body, makeMe({ upvotes: [7, 12] }));
  assert.deepEqual(["up", "down"].map((id) => isShown(page.getElementById(id))), [false, true]);
  fill(page.body, makeMe({ upvotes: [7] }));
  assert.deepEqual(["up", "down"].map((id) => isShown(page.getElementById(id))), [true, false]);
});

test("conditions_hold_together_and_read_paths", () => {
  const scope = { can_edit: true, motive: "", state: "shown", turn: { a1: { state: "waiting" } }, slots: [] };
  assert.equal(holds(scope, "can_edit !motive state=shown turn.a1.state!=speaking"), true);
  assert.equal(holds(scope, "can_edit motive"), false);
  assert.equal(holds(scope, "turn.a2.state=waiting"), false);
  assert.equal(holds(scope, "slots"), false);
  assert.equal(holds(scope, ""), true);
});
