import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { openPage } from "./page.mjs";
import { BallotSlot } from "../../static/js/elements/ballot-slot.js";
import { DotStepper } from "../../static/js/elements/dot-stepper.js";
import { HourText } from "../../static/js/elements/hour-text.js";
import { OneByOne } from "../../static/js/elements/one-by-one.js";
import { VariedOrder } from "../../static/js/elements/varied-order.js";
import { furnish } from "../../static/js/lib/house.js";

const ELEMENTS = { "ballot-slot": BallotSlot, "dot-stepper": DotStepper, "hour-text": HourText, "one-by-one": OneByOne, "varied-order": VariedOrder };
for (const [name, element] of Object.entries(ELEMENTS)) globalThis.customElements.define(name, element);

/** A page whose elements come whole, as patches bring them. @param {string} html */
function pageWith(html) {
  const page = openPage();
  const box = page.createElement("div");
  box.innerHTML = html;
  page.body.append(box);
  return page;
}

const soon = () => new Promise((done) => setTimeout(done, 5));
const shown = (element) => !element.hasAttribute("hidden");

/** Sends the form; returns whether it would leave. */
function send(form) {
  const event = new Event("submit", { bubbles: true, cancelable: true });
  let left = false;
  form.parentElement.addEventListener("submit", () => (left = true), { once: true });
  form.dispatchEvent(event);
  return left;
}

const row = (key) => `<li data-option><button data-less type="button" hidden></button><input type="number" name="ballot[dots][${key}]" value="0">
  <span data-drawn hidden></span><button data-more type="button" hidden></button></li>`;
const DOTS = `<div><form><dot-stepper dots="3" per-option="2" data-left-one="reste 1" data-left-many="reste {count}" data-left-none="toutes posées" data-empty="aucune">
  <ol>${row("o1")}${row("o2")}${row("o3")}</ol><template data-sticker><svg></svg></template>
  <p data-rest hidden><span data-stickers><svg><circle/></svg><svg><circle/></svg><svg><circle/></svg></span><strong data-left></strong></p>
  <p data-error hidden></p><button data-send>Déposer</button></dot-stepper></form></div>`;

function stepper() {
  const page = pageWith(DOTS);
  const rows = [...page.querySelectorAll("[data-option]")];
  return { page, form: page.querySelector("form"), rows, more: (n) => rows[n].querySelector("[data-more]").onclick(), less: (n) => rows[n].querySelector("[data-less]").onclick(),
    values: () => rows.map((one) => one.querySelector("input").value).join(""), left: () => page.querySelector("[data-left]").textContent };
}

test("stickers_never_go_beyond_the_limits_of_an_option_and_of_the_ballot", () => {
  const { more, less, values, left } = stepper();
  assert.equal(left(), "reste 3");
  for (const n of [0, 0, 0, 1, 2]) more(n);
  assert.equal(values(), "210");
  assert.equal(left(), "toutes posées");
  less(0);
  less(2);
  assert.equal(values(), "110");
  assert.equal(left(), "reste 1");
});

test("buttons_that_can_do_nothing_say_so_and_the_field_gives_way_to_them", () => {
  const { rows, more } = stepper();
  assert.equal(shown(rows[0].querySelector("input")), false);
  assert.equal(shown(rows[0].querySelector("[data-more]")), true);
  assert.equal(rows[0].querySelector("[data-less]").getAttribute("aria-disabled"), "true");
  more(0);
  more(0);
  assert.equal(rows[0].querySelector("[data-more]").getAttribute("aria-disabled"), "true");
  assert.equal(rows[0].querySelector("[data-drawn]").childElementCount, 2);
});

test("empty_ballot_does_not_leave_and_its_sentence_goes_with_the_first_sticker", () => {
  const { page, form, more } = stepper();
  assert.equal(send(form), false);
  assert.equal(page.querySelector("[data-error]").textContent, "aucune");
  more(1);
  assert.equal(shown(page.querySelector("[data-error]")), false);
  assert.equal(send(form), true);
});

const part = (key) => `<fieldset data-one><legend tabindex="-1">${key}</legend><input type="radio" name="ballot[grades][${key}]" value="1"></fieldset>`;
const GRADES = `<div><form><one-by-one data-missing-one="1 manque" data-missing-many="{count} manquent">
  <p data-progress hidden><span data-now></span><span class="steps-done"><i></i><i></i><i></i></span></p>${part("o1")}${part("o2")}${part("o3")}
  <div data-warning hidden tabindex="-1"><p data-sentence></p><button type="button" data-complete></button><button data-anyway></button></div>
  <button type="button" data-back hidden></button><button type="button" data-next hidden></button><div data-last><button data-send></button></div></one-by-one></form></div>`;

function grades() {
  const page = pageWith(GRADES);
  const find = (name) => page.querySelector(`[data-${name}]`);
  const parts = [...page.querySelectorAll("[data-one]")];
  globalThis.HTMLElement.prototype.scrollIntoView = () => {};
  return { page, find, form: page.querySelector("form"), parts, at: () => parts.findIndex(shown), choose: (n) => {
    parts[n].querySelector("input").checked = true;
    parts[n].querySelector("input").dispatchEvent(new Event("input", { bubbles: true }));
  } };
}

test("proposals_come_one_by_one_and_the_ballot_is_sent_from_the_last", () => {
  const { find, at } = grades();
  assert.equal(at(), 0);
  assert.equal(shown(find("back")), false);
  assert.equal(shown(find("last")), false);
  find("next").onclick();
  find("next").onclick();
  assert.equal(at(), 2);
  assert.equal(shown(find("last")), true);
  find("back").onclick();
  assert.equal(at(), 1);
});

test("half_graded_ballot_warns_then_leaves_as_it_is_when_asked", () => {
  const { page, find, form, choose, at } = grades();
  choose(0);
  assert.equal(send(form), false);
  assert.equal(page.querySelector("[data-sentence]").textContent, "2 manquent");
  find("complete").onclick();
  assert.equal(at(), 1);
  assert.equal(shown(find("warning")), false);
  send(form);
  find("anyway").onclick();
  assert.equal(send(form), true);
});

test("ungraded_ballot_is_not_offered_to_leave_as_it_is_and_a_whole_one_leaves_at_once", () => {
  const { find, form, choose } = grades();
  assert.equal(send(form), false);
  assert.equal(shown(find("anyway")), false);
  for (const n of [0, 1, 2]) choose(n);
  assert.equal(send(form), true);
});

const TABLE = `<ballot-slot activity="a5" data-people="3" data-received="1" data-shared=""><div><strong><span data-slot-number data-field="box.a5.slot">2</span></strong><span data-pass></span>
  <button type="button" data-mine hidden></button></div><div data-ballot><div><form><input type="hidden" name="slot" value="2"><input type="radio" name="ballot[options][]" value="o1"></form></div></div></ballot-slot>`;

let entries = [];
beforeEach(() => {
  entries = [];
  furnish({ surface: "phone", session: "482137", outbox: { get entries() { return entries; } } });
});

function table() {
  const page = pageWith(TABLE);
  const form = page.querySelector("form");
  const cast = async () => {
    form.parentElement.addEventListener("submit", (event) => event.preventDefault(), { once: true }); // as act-form does
    form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    await soon();
  };
  return { page, form, cast, slot: () => page.querySelector("[data-slot-number]").textContent };
}

test("table_phone_hides_the_ballot_and_its_choice_until_the_next_person_takes_it", async () => {
  const { page, form, cast, slot } = table();
  form.querySelector("[type=radio]").checked = true;
  await cast();
  assert.equal(slot(), "3");
  assert.equal(form.querySelector("[type=radio]").checked, false);
  assert.equal(shown(page.querySelector("[data-ballot]")), false);
  page.querySelector("[data-mine]").onclick();
  assert.equal(shown(page.querySelector("[data-ballot]")), true);
});

test("ballots_that_wait_on_the_phone_count_as_given", async () => {
  const { page, cast, slot } = table();
  entries = [{ name: "cast_ballot", state: "waiting", data: { activity: "a5", slot: 2 } }];
  page.querySelector("ballot-slot").setAttribute("data-received", "");
  await soon();
  assert.equal(slot(), "1");
  await cast();
  assert.equal(slot(), "3");
  await cast();
  assert.equal(shown(page.querySelector("[data-ballot]")), false);
  assert.equal(shown(page.querySelector("[data-mine]")), false);
});

test("hour_is_that_of_the_room_in_the_language_of_the_page", () => {
  const page = pageWith('<hour-text datetime="2026-10-13T18:04:00Z"></hour-text>');
  page.body.dataset.timezone = "Europe/Paris";
  page.documentElement.lang = "fr";
  const hour = page.querySelector("hour-text");
  hour.setAttribute("datetime", "2026-10-13T18:05:00Z");
  assert.equal(hour.textContent, "20\u00a0h\u00a005");
  page.documentElement.lang = "en";
  hour.setAttribute("datetime", "2026-10-13T18:06:00Z");
  assert.match(hour.textContent, /8:06\sPM/);
});

const order = (page) => [...page.querySelectorAll("[data-option]")].map((one) => one.textContent).join("");
const choices = (seed) => `<div><ol>${["o1", "o2", "o3", "o4", "o5"].map((key) => `<li data-option><input name="ballot[options][]" value="${key}">${key}</li>`).join("")}</ol>
  <varied-order items="[data-option]" data-seed="${seed}"></varied-order></div>`;

test("order_varied_is_another_on_each_phone_the_same_on_one_and_loses_nothing", () => {
  const orders = Array.from({ length: 12 }, (_, n) => order(pageWith(choices(`p${n}`))));
  assert.ok(new Set(orders).size > 6);
  assert.equal(order(pageWith(choices("p3"))), orders[3]);
  for (const one of orders) assert.equal(one.match(/o\d/g).sort().join(""), "o1o2o3o4o5");
  assert.equal(order(pageWith(choices(""))), "o1o2o3o4o5");
});
