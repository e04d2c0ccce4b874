import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { inMemory, inStorage } from "../../static/js/lib/outbox-store.js";
import { Outbox } from "../../static/js/lib/outbox.js";
import { NotSent } from "../../static/js/lib/wire.js";
import { dice, settle } from "./dice.mjs";

mock.timers.enable({ apis: ["setTimeout"] });

const RUNS = 250;
const SESSION = "482137";
const alone = (_session, act) => act();

/** A server that counts each id once and answers a repeated id as the first time. */
class Server {
  counted = [];
  #answers = new Map();

  take({ id, name, data }) {
    if (this.#answers.has(id)) return this.#answers.get(id);
    const answer = data.text === "trop tard" ? { ok: false, code: "closed", message: "Le vote est clos depuis 20 h 46." } : { ok: true, seq: this.counted.length };
    if (answer.ok) this.counted.push({ id, name, text: data.text });
    this.#answers.set(id, answer);
    return answer;
  }

  get texts() {
    return this.counted.map(({ text }) => text);
  }
}

/** @param {Server} server @param {(act: object) => string} fate decides what happens to one try */
function networkTo(server, fate) {
  return async (act) => {
    await new Promise((done) => setImmediate(done));
    const what = fate(act);
    if (what === "cut before") throw new NotSent("cut");
    if (what === "lost on the way") throw new Error("timeout");
    if (what === "busy") return { ok: false, code: "busy" };
    const answer = server.take(act);
    if (what === "cut before the answer") throw new Error("timeout");
    return answer;
  };
}

const makeOutbox = (store, deliver, channel = null) => new Outbox({ store, deliver, session: SESSION, turn: alone, channel });
const makeCard = (text) => ({ name: "add_contribution", data: { activity: "a1", text }, label: text });

async function untilCalm(...outboxes) {
  for (let round = 0; round < 400 && outboxes.some(({ pending }) => pending.length > 0); round += 1) {
    mock.timers.tick(20_000);
    await settle(4);
  }
  await settle();
}

test("add_an_act_settles_with_the_answer_and_leaves_nothing_on_the_phone", async () => {
  const server = new Server();
  const store = inMemory();
  const outbox = makeOutbox(store, networkTo(server, () => "good"));
  const { settled, entry } = await outbox.add(makeCard("Une force"));
  assert.deepEqual(await settled, { ok: true, seq: 0 });
  assert.match(entry.id, /^[0-9a-f]{32}$/);
  assert.deepEqual(server.texts, ["Une force"]);
  assert.deepEqual(await store.all(SESSION), []);
});

test("add_offline_keeps_the_words_through_a_reload_and_sends_them_once_later", async () => {
  const server = new Server();
  const store = inMemory();
  let online = false;
  const deliver = networkTo(server, () => (online ? "good" : "cut before"));
  const before = makeOutbox(store, deliver);
  await before.add(makeCard("un"));
  await before.add(makeCard("deux"));
  await settle();
  assert.deepEqual(before.pending.map(({ label, state }) => [label, state]), [["un", "waiting"], ["deux", "waiting"]]);

  const after = makeOutbox(store, deliver);
  const emptied = [];
  after.addEventListener("emptied", ({ detail }) => emptied.push(detail.entries.length));
  await after.open();
  await settle();
  assert.deepEqual(server.texts, []);
  online = true;
  after.nudge();
  await settle();
  assert.deepEqual(server.texts, ["un", "deux"]);
  assert.deepEqual(emptied, [2]);
  assert.deepEqual(await store.all(SESSION), []);
});

test("add_cut_before_the_answer_is_sent_again_under_the_same_id_and_counted_once", async () => {
  const server = new Server();
  let tries = 0;
  const outbox = makeOutbox(inMemory(), networkTo(server, () => ((tries += 1) === 1 ? "cut before the answer" : "good")));
  const { settled, entry } = await outbox.add(makeCard("Une fois"));
  await settle();
  assert.equal(outbox.entries[0].state, "sent");
  assert.equal(await outbox.takeBack(entry.id), null, "it may have arrived: it cannot be edited as if it had not");
  await untilCalm(outbox);
  assert.equal((await settled).ok, true);
  assert.equal(tries, 2);
  assert.deepEqual(server.texts, ["Une fois"]);
});

test("add_refused_keeps_the_words_with_the_sentence_and_lets_the_next_through", async () => {
  const server = new Server();
  const store = inMemory();
  const outbox = makeOutbox(store, networkTo(server, () => "good"));
  const late = await outbox.add(makeCard("trop tard"));
  const next = await outbox.add(makeCard("suivante"));
  assert.equal((await late.settled).code, "closed");
  assert.equal((await next.settled).ok, true);
  await settle();
  const kept = outbox.entries.filter(({ state }) => state === "refused");
  assert.deepEqual(kept.map(({ label, message }) => [label, message]), [["trop tard", "Le vote est clos depuis 20 h 46."]]);
  const reloaded = makeOutbox(store, networkTo(server, () => assert.fail("a refusal is final")));
  await reloaded.open();
  await settle();
  assert.equal((await reloaded.takeBack(late.entry.id)).label, "trop tard");
  assert.deepEqual(await store.all(SESSION), []);
});

test("add_to_a_busy_server_waits_longer_and_longer_and_is_counted_once", async () => {
  const server = new Server();
  const at = [];
  let time = 0;
  const outbox = makeOutbox(inMemory(), networkTo(server, () => {
    at.push(time);
    return at.length <= 4 ? "busy" : "good";
  }));
  await outbox.add(makeCard("patience"));
  for (; time < 20_000 && outbox.pending.length > 0; time += 100) {
    await settle(3);
    mock.timers.tick(100);
  }
  const pauses = at.slice(1).map((moment, index) => moment - at[index]);
  assert.equal(pauses.length, 4);
  for (const [index, pause] of pauses.entries()) {
    const middle = 500 * 2 ** index;
    assert.ok(pause >= middle * 0.75 - 100 && pause <= middle * 1.25 + 100, `pause ${index}: ${pause} ms`);
  }
  assert.deepEqual(server.texts, ["patience"]);
});

test("add_an_act_the_server_cannot_digest_is_refused_at_last_and_frees_the_others", async () => {
  const server = new Server();
  const deliver = async (act) => (act.data.text === "poison" ? { ok: false, code: "fault", message: "Le serveur ne répond pas." } : server.take(act));
  const outbox = makeOutbox(inMemory(), deliver);
  await outbox.add(makeCard("poison"));
  await outbox.add(makeCard("saine"));
  await untilCalm(outbox);
  assert.deepEqual(server.texts, ["saine"]);
  assert.deepEqual(outbox.entries.filter(({ state }) => state === "refused").map(({ label }) => label), ["poison"]);
});

test("pause_keeps_acts_on_the_phone_until_the_end_of_the_freeze", async () => {
  const server = new Server();
  const outbox = makeOutbox(inMemory(), networkTo(server, () => "good"));
  outbox.pause(true);
  await outbox.add(makeCard("gelée"));
  mock.timers.tick(60_000);
  await settle();
  assert.deepEqual(server.texts, []);
  outbox.pause(false);
  await settle();
  assert.deepEqual(server.texts, ["gelée"]);
});

test("take_back_what_waits_gives_the_words_and_never_sends_them", async () => {
  const server = new Server();
  let online = false;
  const outbox = makeOutbox(inMemory(), networkTo(server, () => (online ? "good" : "cut before")));
  const { entry } = await outbox.add({ ...makeCard("à revoir"), form: "composer", fields: { text: "à revoir" } });
  await settle();
  assert.deepEqual((await outbox.takeBack(entry.id)).fields, { text: "à revoir" });
  online = true;
  outbox.nudge();
  await settle();
  assert.deepEqual(server.texts, []);
});

test("add_when_the_store_is_full_still_sends_and_says_that_a_reload_would_lose_it", async () => {
  const server = new Server();
  const full = { ...inMemory(), durable: true, put: async () => Promise.reject(new Error("QuotaExceededError")) };
  let online = false;
  const outbox = makeOutbox(full, networkTo(server, () => (online ? "good" : "cut before")));
  const { durable } = await outbox.add(makeCard("pleine"));
  assert.equal(durable, false);
  await settle();
  assert.deepEqual(outbox.pending.map(({ label }) => label), ["pleine"]);
  online = true;
  await untilCalm(outbox);
  assert.deepEqual(server.texts, ["pleine"]);
});

test("add_in_one_tab_is_seen_and_settled_in_the_other", async () => {
  const server = new Server();
  const store = inMemory();
  const [left, right] = makeChannel();
  let online = false;
  const here = makeOutbox(store, networkTo(server, () => (online ? "good" : "cut before")), left);
  const there = makeOutbox(store, networkTo(server, () => "cut before"), right);
  const { settled } = await there.add(makeCard("de l'autre onglet"));
  await settle();
  assert.deepEqual(here.entries.map(({ label }) => label), ["de l'autre onglet"]);
  online = true;
  here.nudge();
  assert.equal((await settled).ok, true);
  await settle();
  assert.deepEqual(there.pending, []);
});

function makeChannel() {
  const ends = [{ onmessage: null }, { onmessage: null }];
  ends.forEach((end, index) => (end.postMessage = (data) => ends[1 - index].onmessage?.({ data: structuredClone(data) })));
  return ends;
}

test("any_cuts_retries_reloads_and_tabs_lose_nothing_and_double_nothing", async () => {
  for (let seed = 1; seed <= RUNS; seed += 1) {
    const random = dice(seed);
    const server = new Server();
    const store = inMemory();
    let quiet = false;
    const fate = () => (quiet ? "good" : random.pick(["good", "good", "cut before", "lost on the way", "cut before the answer", "busy"]));
    const tabs = [makeOutbox(store, networkTo(server, fate))];
    const written = [];
    for (let step = 0; step < 14; step += 1) {
      const tab = random.pick(tabs);
      const act = random.below(6);
      if (act <= 1) {
        written.push(`mot ${step}`);
        await tab.add(makeCard(`mot ${step}`));
      } else if (act === 2) tab.nudge();
      else if (act === 3) mock.timers.tick(random.below(6_000));
      else if (act === 4 && tabs.length < 3) {
        const other = makeOutbox(store, networkTo(server, fate));
        tabs.push(other);
        await other.open();
      } else await settle(random.below(4));
    }
    quiet = true;
    for (const tab of tabs) tab.nudge();
    await untilCalm(...tabs);
    assert.deepEqual([...server.texts].sort(), [...written].sort(), `seed ${seed}`);
    assert.deepEqual(await store.all(SESSION), [], `seed ${seed}`);
  }
});

test("any_cuts_in_one_tab_keep_the_order_of_writing", async () => {
  for (let seed = 1000; seed < 1000 + RUNS; seed += 1) {
    const random = dice(seed);
    const server = new Server();
    const outbox = makeOutbox(inMemory(), networkTo(server, () => random.pick(["good", "cut before", "lost on the way", "cut before the answer", "busy"])));
    const written = Array.from({ length: 5 }, (_, index) => `carte ${index}`);
    for (const text of written) await outbox.add(makeCard(text));
    await untilCalm(outbox);
    assert.deepEqual(server.texts, written, `seed ${seed}`);
  }
});

test("storage_of_the_browser_keeps_entries_of_each_session_apart", async () => {
  const kept = new Map();
  const storage = {
    get length() {
      return kept.size;
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
  const store = inStorage(storage);
  await store.put({ id: "1", session: "482137", label: "ici" });
  await store.put({ id: "2", session: "999999", label: "ailleurs" });
  assert.deepEqual((await store.all("482137")).map(({ label }) => label), ["ici"]);
  await store.remove("1");
  assert.deepEqual(await store.all("482137"), []);
  assert.equal((await store.all("999999")).length, 1);
});
