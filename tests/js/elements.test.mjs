import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { settle } from "./dice.mjs";
import { openPhone } from "./phone.mjs";

test("send_a_card_shows_the_receipt_and_empties_the_form_and_its_draft", async () => {
  const phone = openPhone(() => ({ ok: true, seq: 1, at: "2026-10-13T18:04:05Z" }));
  phone.type("Une force");
  phone.drafts.flush();
  assert.equal(localStorage.length, 1);
  phone.press();
  await settle();
  assert.deepEqual(phone.sent.map(({ name, data }) => [name, data]), [["add_contribution", { activity: "a1", text: "Une force" }]]);
  assert.equal(phone.receipt.textContent, "Reçue à 20\u00a0h\u00a004");
  assert.equal(phone.receipt.hidden, false);
  assert.equal(phone.area.value, "");
  assert.equal(localStorage.length, 0);
});

test("double_tap_sends_one_card", async () => {
  const phone = openPhone(() => ({ ok: true, seq: 1 }));
  phone.type("Une fois");
  phone.press();
  phone.press();
  await settle();
  assert.equal(phone.sent.length, 1);
});

test("send_offline_keeps_the_words_in_the_form_until_the_answer", async () => {
  let online = false;
  const phone = openPhone(() => (online ? { ok: true, seq: 1 } : null));
  phone.type("Plus tard");
  phone.press();
  await settle();
  assert.equal(phone.area.value, "Plus tard");
  mock.timers.tick(600);
  assert.equal(phone.receipt.textContent, "Sur ce téléphone, pas encore envoyée");
  online = true;
  phone.outbox.nudge();
  await settle();
  assert.equal(phone.area.value, "");
  assert.match(phone.receipt.textContent, /^Reçue/);
});

test("send_optimistic_offline_frees_the_form_and_shows_the_card_as_kept_here", async () => {
  const phone = openPhone(() => null, { attributes: "data-optimistic" });
  phone.type("La première");
  phone.press();
  await settle();
  assert.equal(phone.area.value, "");
  phone.type("La deuxième");
  phone.press();
  await settle();
  const items = [...phone.page.querySelectorAll("outbox-list article")].map((one) => [...one.querySelectorAll("p")].map((p) => p.textContent));
  assert.deepEqual(items, [
    ["La première", "Sur ce téléphone, pas encore envoyée"],
    ["La deuxième", "Sur ce téléphone, pas encore envoyée"],
  ]);
});

test("edit_what_waits_puts_the_words_back_in_the_form", async () => {
  const phone = openPhone(() => null, { attributes: "data-optimistic" });
  phone.type("À revoir");
  phone.press();
  await settle();
  phone.page.querySelector("[data-outbox=edit]").dispatchEvent(new Event("click", { bubbles: true }));
  await settle();
  assert.equal(phone.area.value, "À revoir");
  assert.deepEqual(phone.outbox.entries, []);
});

for (const attributes of ["", "data-optimistic"]) {
  test(`send_refused_keeps_the_words_next_to_the_sentence_${attributes || "plain"}`, async () => {
    const phone = openPhone(() => ({ ok: false, code: "closed", message: "Le vote est clos depuis 20 h 46.", field: "text" }), { attributes });
    phone.type("Trop tard");
    phone.press();
    await settle();
    assert.equal(phone.area.value, "Trop tard");
    const error = phone.page.querySelector("[data-error]");
    assert.equal(error.textContent, "Le vote est clos depuis 20 h 46.");
    assert.equal(phone.area.getAttribute("aria-invalid"), "true");
    assert.equal(phone.area.getAttribute("aria-describedby"), error.id);
    assert.deepEqual(phone.outbox.entries, []);
  });
}

test("send_refused_while_the_next_card_is_being_written_disturbs_neither", async () => {
  let online = false;
  const refusal = { ok: false, code: "closed", message: "Clos." };
  const phone = openPhone(() => (online ? refusal : null), { attributes: "data-optimistic" });
  phone.type("La première");
  phone.press();
  await settle();
  phone.type("La deuxième, en cours");
  online = true;
  phone.outbox.nudge();
  await settle();
  assert.equal(phone.area.value, "La deuxième, en cours");
  assert.equal(phone.page.querySelector("outbox-list .state").textContent, "Clos.");
});

test("send_again_after_a_refusal_clears_the_sentence", async () => {
  let refuse = true;
  const phone = openPhone(() => (refuse ? { ok: false, code: "too_long", message: "Trop long." } : { ok: true, seq: 1 }));
  phone.type("Long");
  phone.press();
  await settle();
  assert.equal(phone.area.hasAttribute("aria-invalid"), true);
  refuse = false;
  mock.timers.tick(700);
  phone.press();
  await settle();
  assert.equal(phone.area.hasAttribute("aria-invalid"), false);
  assert.equal(phone.area.hasAttribute("aria-describedby"), false);
  assert.equal(phone.sent.length, 2);
  assert.notEqual(phone.sent[0].id, phone.sent[1].id);
});

test("send_a_ballot_that_stays_keeps_its_values_and_forgets_its_draft", async () => {
  const phone = openPhone(() => ({ ok: true, seq: 1 }), { attributes: "data-stay" });
  phone.type("bulletin");
  phone.drafts.flush();
  phone.press();
  await settle();
  assert.equal(phone.area.value, "bulletin");
  assert.equal(localStorage.length, 0);
});

test("press_a_key_of_the_desk_without_the_server_is_not_kept_for_later", async () => {
  let online = false;
  const phone = openPhone(() => (online ? { ok: true, seq: 1 } : null), { surface: "desk" });
  phone.type("suivant");
  phone.press();
  await settle();
  assert.deepEqual(phone.outbox.entries, []);
  assert.match(phone.page.querySelector("[data-error]").textContent, /essayez encore/);
  online = true;
  phone.press();
  await settle();
  assert.equal(phone.sent.length, 1);
});

test("press_again_after_an_unknown_fate_keeps_the_same_id", async () => {
  const ids = [];
  const phone = openPhone(({ id }) => {
    ids.push(id);
    return ids.length === 1 ? null : { ok: true, seq: 1 };
  }, { attributes: "direct" });
  phone.type("suivant");
  phone.press();
  await settle();
  phone.press();
  await settle();
  assert.equal(ids.length, 2);
  assert.equal(ids[0], ids[1]);
});

test("characters_are_counted_as_the_server_counts_them", async () => {
  const phone = openPhone(() => null);
  await settle();
  const count = phone.page.querySelector("char-count");
  assert.equal(count.textContent, "Il reste 20 caractères");
  phone.type("12345678901234567😀é");
  assert.equal(count.textContent, "Il reste 1 caractère");
  phone.type("123456789012345678901234");
  assert.equal(count.textContent, "4 caractères de trop");
  assert.equal(count.classList.contains("is-over"), true);
});

test("status_says_nothing_of_a_short_cut_and_tells_a_longer_one_then_what_left", async () => {
  let online = true;
  const phone = openPhone(() => (online ? { ok: true, seq: 1 } : null), { attributes: "data-optimistic" });
  const lose = () => {
    online = false;
    Object.assign(phone.wire, { state: "offline", lostAt: Date.now() });
    phone.wire.dispatchEvent(new CustomEvent("state", { detail: {} }));
  };
  const find = () => {
    online = true;
    Object.assign(phone.wire, { state: "online", lostAt: null });
    phone.wire.dispatchEvent(new CustomEvent("state", { detail: {} }));
    phone.outbox.nudge();
  };
  assert.equal(phone.status.textContent, "");
  lose();
  mock.timers.tick(2_900);
  find();
  mock.timers.tick(10_000);
  assert.equal(phone.status.textContent, "");
  lose();
  for (const words of ["un", "deux"]) {
    phone.type(words);
    phone.press();
    await settle();
  }
  mock.timers.tick(3_000);
  assert.equal(phone.status.textContent, "Hors connexion. Vos cartes sont gardées ici et partiront au retour du réseau.");
  find();
  await settle();
  assert.equal(phone.status.textContent, "Connexion rétablie. 2 cartes envoyées.");
  mock.timers.tick(6_000);
  assert.equal(phone.status.textContent, "");
});

test("status_counts_what_left_by_http_before_the_connection_was_back", async () => {
  let reachable = false;
  const phone = openPhone(() => (reachable ? { ok: true, seq: 1 } : null), { attributes: "data-optimistic" });
  Object.assign(phone.wire, { state: "offline", lostAt: Date.now() - 3_000 });
  phone.wire.dispatchEvent(new CustomEvent("state", { detail: {} }));
  phone.type("par HTTP");
  phone.press();
  await settle();
  reachable = true;
  phone.outbox.nudge();
  await settle();
  assert.match(phone.status.textContent, /^Hors connexion/);
  Object.assign(phone.wire, { state: "online", lostAt: null });
  phone.wire.dispatchEvent(new CustomEvent("state", { detail: {} }));
  assert.equal(phone.status.textContent, "Connexion rétablie. 1 carte envoyée.");
});

test("status_tells_a_server_that_fails_from_a_network_that_is_missing", () => {
  const phone = openPhone(() => null);
  Object.assign(phone.wire, { state: "offline", lostAt: Date.now() - 3_000, reached: true });
  phone.wire.dispatchEvent(new CustomEvent("state", { detail: {} }));
  assert.match(phone.status.textContent, /^Le serveur ne répond pas\. Ce que vous avez écrit est gardé/);
  assert.equal(phone.status.dataset.state, "fault");
});

test("status_tells_the_pause_of_the_session", () => {
  const phone = openPhone(() => null);
  phone.outbox.pause(true);
  assert.equal(phone.status.textContent, "En pause. Vos textes sont gardés.");
  phone.outbox.pause(false);
  assert.equal(phone.status.textContent, "");
});
