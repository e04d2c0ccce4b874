import assert from "node:assert/strict";
import { test } from "node:test";

import { dice } from "./dice.mjs";
import { openPage } from "./page.mjs";
import { Surface } from "../../static/js/lib/patch.js";
import { anySurface, difference, emptySlots, htmlOf } from "./surfaces.mjs";

/** What every slot shows, without the white space between regions. */
function shown(page) {
  return [...page.querySelectorAll("[data-slot]")].map((slot) => [slot.dataset.slot, [...slot.children].map((one) => one.outerHTML)]);
}

/** The page as the server draws it. */
function freshPage(regions) {
  const slot = (name) => regions.filter((one) => one.slot === name).map(({ html }) => html).join("");
  return shown(openPage(`<div data-slot="main">${slot("main")}</div><div data-slot="side">${slot("side")}</div>`));
}

test("apply_any_sequence_of_patches_shows_what_a_fresh_page_shows", () => {
  for (let seed = 1; seed <= 40; seed += 1) {
    const random = dice(seed);
    const page = openPage(emptySlots);
    const surface = new Surface(page, () => {});
    let regions = anySurface(random);
    surface.replace(htmlOf(regions));
    for (let step = 0; step < 8; step += 1) {
      const next = anySurface(random);
      const ops = difference(regions, next);
      surface.apply(ops);
      if (random.chance(0.5)) surface.apply(ops);
      regions = next;
    }
    const patched = shown(page);
    assert.deepEqual(patched, freshPage(regions), `seed ${seed}`);
  }
});

test("replace_any_surface_by_any_other_shows_what_a_fresh_page_shows", () => {
  for (let seed = 100; seed < 130; seed += 1) {
    const random = dice(seed);
    const page = openPage(emptySlots);
    const surface = new Surface(page, () => {});
    surface.replace(htmlOf(anySurface(random)));
    const last = anySurface(random);
    surface.replace(htmlOf(last));
    const patched = shown(page);
    assert.deepEqual(patched, freshPage(last), `seed ${seed}`);
  }
});

/** @param {string} inner */
const question = (inner) => `<section data-region="question" data-slot-of="main">${inner}</section>`;

/** @param {string} inner */
function pageWith(inner) {
  const page = openPage(emptySlots);
  const surface = new Surface(page, () => {});
  surface.replace(question(inner));
  return { page, surface, put: (next) => surface.apply([["put", "question", "main", null, question(next)]]) };
}

test("put_keeps_an_element_that_asks_to_be_kept_and_changes_what_is_around", () => {
  const { page, put } = pageWith('<h1>Avant</h1><form id="composer" data-keep><textarea name="text">a</textarea></form>');
  const form = page.getElementById("composer");
  page.querySelector("textarea").value = "Une idée";
  put('<h1>Après</h1><form id="composer" data-keep class="new"><textarea name="text">b</textarea></form>');
  assert.equal(page.querySelector("h1").textContent, "Après");
  assert.equal(page.getElementById("composer"), form);
  assert.equal(form.className, "");
  assert.equal(page.querySelector("textarea").value, "Une idée");
  assert.equal(page.querySelector("textarea").defaultValue, "a");
});

test("put_changes_the_attributes_but_not_the_children_of_what_a_script_fills", () => {
  const { page, put } = pageWith('<div data-me-list="cards" data-where="activity=a1"></div>');
  const list = page.querySelector("[data-me-list]");
  list.innerHTML = "<p>Ma carte</p>";
  put('<div data-me-list="cards" data-where="activity=a2"></div>');
  assert.equal(page.querySelector("[data-me-list]"), list);
  assert.equal(list.dataset.where, "activity=a2");
  assert.equal(list.innerHTML, "<p>Ma carte</p>");
});

test("put_keeps_the_value_of_a_changed_field_and_renews_an_untouched_one", () => {
  const { page, put } = pageWith('<input id="typed" value="a"><input id="still" value="a"><input id="tick" type="checkbox">');
  page.getElementById("typed").value = "Mes mots";
  page.getElementById("tick").checked = true;
  put('<input id="typed" value="b"><input id="still" value="b"><input id="tick" type="checkbox">');
  assert.equal(page.getElementById("typed").value, "Mes mots");
  assert.equal(page.getElementById("still").value, "b");
  assert.equal(page.getElementById("tick").checked, true);
});

/** @param {string} act @param {string} more */
const button = (act, more = "") => `<act-form><form><input type="hidden" name="act" value="${act}">${more}<button>${act}</button></form></act-form>`;

test("put_takes_the_focus_off_a_button_that_becomes_the_button_of_another_act", () => {
  const turn = (key) => `<input type="hidden" name="turn" value="${key}">`;
  for (const [first, next] of [[button("hold_again"), button("close_entry")], [button("withdraw_turn", turn("t1")), button("withdraw_turn", turn("t2"))]]) {
    const { page, put } = pageWith(first);
    page.querySelector("button").focus();
    assert.equal(page.activeElement, page.querySelector("button"));
    put(next);
    assert.equal(page.activeElement, page.body);
  }
});

test("put_leaves_the_focus_on_a_button_that_does_the_same_again_or_takes_it_back", () => {
  const value = (name, of) => `<input type="hidden" name="${name}" value="${of}">`;
  for (const [name, before, after] of [["on", "true", "false"], ["page", "1", "2"]]) {
    const { page, put } = pageWith(button("same_act", value(name, before)));
    page.querySelector("button").focus();
    put(button("same_act", value(name, after)));
    assert.equal(page.activeElement, page.querySelector("button"));
    assert.equal(page.querySelector(`[name=${name}]`).getAttribute("value"), after);
  }
});

test("put_leaves_details_as_the_person_left_them", () => {
  const { page, put } = pageWith("<details><summary>Plus</summary><p>1</p></details>");
  page.querySelector("details").setAttribute("open", "");
  put("<details><summary>Plus</summary><p>2</p></details>");
  assert.equal(page.querySelector("details").hasAttribute("open"), true);
  assert.equal(page.querySelector("p").textContent, "2");
  page.querySelector("details").removeAttribute("open");
  put("<details open><summary>Plus</summary><p>3</p></details>");
  assert.equal(page.querySelector("details").hasAttribute("open"), false);
});

test("put_does_not_move_a_region_that_is_in_its_place_when_the_one_before_it_leaves", () => {
  const page = openPage(emptySlots);
  const surface = new Surface(page, () => {});
  const section = (key, words) => `<section data-region="${key}" data-slot-of="main">${words}</section>`;
  surface.replace(section("a", "1") + section("b", "2") + section("c", "3"));
  const moved = [];
  const slot = page.querySelector("[data-slot=main]");
  const insert = slot.insertBefore.bind(slot);
  slot.insertBefore = (node, next) => {
    if (node.dataset?.region) moved.push(node.dataset.region);
    return insert(node, next);
  };
  surface.apply([["put", "c", "main", "a", section("c", "4")], ["remove", "b"]]);
  assert.deepEqual(moved, []);
  assert.deepEqual([...slot.children].map((one) => one.textContent), ["1", "4"]);
});

test("put_in_a_slot_the_page_does_not_have_changes_nothing", () => {
  const { page, surface } = pageWith("<h1>Avant</h1>");
  const before = page.body.innerHTML;
  surface.apply([["put", "x", "elsewhere", null, '<section data-region="x" data-slot-of="elsewhere">x</section>']]);
  assert.equal(page.body.innerHTML, before);
});
