import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { openPage } from "./page.mjs";
import { Drafts } from "../../static/js/lib/drafts.js";

mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1_700_000_000_000 });

const WEEK_MS = 7 * 24 * 3600 * 1000;
const COMPOSER = `<act-form><form>
  <input type="hidden" name="act" value="add_contribution"><input type="hidden" name="activity" value="a1">
  <input type="hidden" name="csrf_token" value="secret"><input type="hidden" name="dots" value="0" data-keep-value>
  <input type="radio" name="column" value="plus" checked><input type="radio" name="column" value="minus">
  <textarea name="text"></textarea><input type="password" name="key"></form></act-form>`;

function makePage(html = COMPOSER, session = "482137", keep = false) {
  const stored = keep ? Object.entries(localStorage) : [];
  const page = openPage(`<main>${html}</main>`).querySelector("main");
  for (const [key, value] of stored) localStorage.setItem(key, value);
  const drafts = new Drafts(localStorage, session);
  return { page, drafts, form: page.querySelector("form"), area: page.querySelector("textarea") };
}

/** @param {HTMLTextAreaElement} field @param {string} words */
function type(field, words) {
  field.value = words;
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

test("type_then_reload_gives_the_words_back", () => {
  const before = makePage();
  before.drafts.listen(before.page);
  type(before.area, "Une idée à moitié");
  before.form.querySelectorAll("[name=column]")[1].checked = true;
  before.form.querySelector("[name=dots]").value = "2";
  mock.timers.tick(299);
  assert.equal(localStorage.length, 0);
  mock.timers.tick(1);
  assert.equal(localStorage.length, 1);

  const after = makePage(COMPOSER, "482137", true);
  after.drafts.restore(after.page);
  assert.equal(after.area.value, "Une idée à moitié");
  assert.deepEqual([...after.form.querySelectorAll("[name=column]")].map(({ checked }) => checked), [false, true]);
  assert.equal(after.form.querySelector("[name=dots]").value, "2");
});

test("type_a_password_or_a_token_is_never_kept", () => {
  const { page, drafts, form } = makePage();
  drafts.listen(page);
  type(form.querySelector("[type=password]"), "motdepasse");
  mock.timers.tick(300);
  const kept = localStorage.getItem(localStorage.key(0));
  assert.match(kept, /"text"/);
  assert.doesNotMatch(kept, /motdepasse|secret/);
});

test("restore_twice_does_not_undo_what_was_typed_since", () => {
  const { page, drafts, form, area } = makePage();
  localStorage.setItem(`atelier.draft.482137.${drafts.keyOf(form)}`, JSON.stringify({ fields: { text: "ancien" }, at: Date.now() }));
  drafts.restore(page);
  assert.equal(area.value, "ancien");
  area.value = "nouveau";
  drafts.restore(page);
  assert.equal(area.value, "nouveau");
});

test("restore_belongs_to_one_activity_of_one_session", () => {
  const here = makePage();
  here.drafts.listen(here.page);
  type(here.area, "pour a1");
  mock.timers.tick(300);
  const otherActivity = makePage(COMPOSER.replace('value="a1"', 'value="a2"'), "482137", true);
  otherActivity.drafts.restore(otherActivity.page);
  assert.equal(otherActivity.area.value, "");
  const otherSession = makePage(COMPOSER, "999999", true);
  otherSession.drafts.restore(otherSession.page);
  assert.equal(otherSession.area.value, "");
  const same = makePage(COMPOSER, "482137", true);
  same.drafts.restore(same.page);
  assert.equal(same.area.value, "pour a1");
});

test("clear_forgets_what_is_stored_and_what_was_about_to_be", () => {
  const { page, drafts, form, area } = makePage();
  drafts.listen(page);
  type(area, "envoyée");
  drafts.flush();
  assert.equal(localStorage.length, 1);
  type(area, "envoyée aussi");
  drafts.clear(form);
  mock.timers.tick(1_000);
  assert.equal(localStorage.length, 0);
});

test("leave_the_page_saves_at_once", () => {
  const { page, drafts, area } = makePage();
  drafts.listen(page);
  type(area, "presque");
  drafts.flush();
  assert.equal(drafts.fields("add_contribution:a1").text, "presque");
});

test("confirm_by_the_next_page_clears_the_draft_of_an_ordinary_form", () => {
  const first = makePage('<keep-draft data-draft="join"><form><input name="name"></form></keep-draft>');
  first.drafts.listen(first.page);
  type(first.form.querySelector("input"), "Nadia");
  first.drafts.flush();
  assert.deepEqual(first.drafts.fields("join"), { name: "Nadia" });
  const next = makePage('<p data-draft-done="join">Bienvenue</p>', "482137", true);
  next.drafts.restore(next.page);
  assert.equal(next.drafts.fields("join"), null);
});

test("open_a_week_later_forgets_what_was_left_on_a_shared_phone", () => {
  const { page, drafts, area } = makePage();
  drafts.listen(page);
  type(area, "oubliée");
  drafts.flush();
  mock.timers.tick(WEEK_MS + 1);
  new Drafts(localStorage, "000000");
  assert.equal(localStorage.length, 0);
});

test("save_on_a_full_device_does_not_disturb_typing", () => {
  const { page, area } = makePage();
  const full = { length: 0, key: () => null, getItem: () => null, removeItem: () => {}, setItem: () => { throw new Error("QuotaExceededError"); } };
  const drafts = new Drafts(full, "482137");
  drafts.listen(page);
  type(area, "rien ne casse");
  drafts.flush();
  assert.equal(area.value, "rien ne casse");
});
