import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { serverNow } from "../../static/js/lib/clock.js";
import { Delivery, newId } from "../../static/js/lib/delivery.js";
import { NotSent, Wire } from "../../static/js/lib/wire.js";
import { settle } from "./dice.mjs";

const DAY_MS = 24 * 3600 * 1000;
const NOON_MS = Date.UTC(2026, 9, 13, 18, 4);
mock.timers.enable({ apis: ["setTimeout", "Date"], now: NOON_MS - DAY_MS });

/** A socket by hand: the test plays the server. */
class Line {
  connected = false;
  active = true;
  asked = [];
  connects = 0;
  #acts = new Map();
  #answer;

  /** @param {(name: string, payload: object) => any} answer undefined = no answer in time */
  constructor(answer) {
    this.#answer = answer;
  }

  on(name, act) {
    this.#acts.set(name, act);
  }

  tell(name, payload) {
    this.#acts.get(name)?.(payload);
  }

  connect() {
    this.connects += 1;
  }

  up() {
    this.connected = true;
    this.tell("connect");
  }

  down(reason = "transport close") {
    if (!this.connected) return;
    this.connected = false;
    this.tell("disconnect", reason);
  }

  disconnect() {
    this.down("io client disconnect");
  }

  timeout() {
    return {
      emitWithAck: async (name, payload) => {
        this.asked.push([name, payload]);
        await Promise.resolve();
        const answer = this.#answer(name, payload);
        if (answer === undefined) throw new Error("operation has timed out");
        return answer;
      },
    };
  }
}

const PAGE = { session: "482137", surface: "phone", locale: "fr", head: 7, epoch: "e1" };
const makeJoined = (more = {}) => ({ ok: true, epoch: "e1", seq: 7, html: null, me: { cards: [] }, now: "2026-10-13T18:04:00.000Z", ...more });

function makeWire(answer = () => makeJoined(), page = PAGE) {
  const line = new Line(answer);
  const wire = new Wire(line, page);
  const heard = [];
  for (const name of ["surface", "ops", "me", "closed", "state"]) wire.addEventListener(name, ({ detail }) => heard.push([name, detail]));
  wire.open();
  return { line, wire, heard, names: () => heard.map(([name]) => name) };
}

test("join_passes_what_the_page_already_shows_and_draws_nothing_when_it_is_known", async () => {
  const { line, wire, heard } = makeWire();
  line.up();
  await settle();
  assert.deepEqual(line.asked, [["join", { session: "482137", surface: "phone", locale: "fr", head: 7, epoch: "e1" }]]);
  assert.deepEqual(heard, [["me", { me: { cards: [] } }], ["state", { state: "online" }]]);
  assert.equal(wire.lostAt, null);
});

test("join_on_a_phone_whose_clock_is_wrong_by_a_day_knows_the_hour_of_the_room", async () => {
  const { line } = makeWire();
  line.up();
  await settle();
  assert.equal(serverNow(), NOON_MS);
  assert.equal(Date.now(), NOON_MS - DAY_MS);
});

test("patch_that_follows_is_applied_and_one_that_does_not_fetches_the_whole_once", async () => {
  const { line, heard, names } = makeWire((name, { head }) => makeJoined(head === undefined ? { seq: 12, html: "<section>" } : {}));
  line.up();
  await settle();
  line.tell("patch", { epoch: "e1", from: 7, seq: 8, ops: [["remove", "x"]] });
  assert.deepEqual(heard.at(-1), ["ops", { ops: [["remove", "x"]] }]);
  for (const from of [10, 11]) line.tell("patch", { epoch: "e1", from, seq: from + 1, ops: [] });
  mock.timers.tick(400);
  await settle();
  assert.deepEqual(line.asked.slice(1), [["join", { session: "482137", surface: "phone", locale: "fr" }]]);
  assert.equal(names().filter((name) => name === "surface").length, 1);
  line.tell("patch", { epoch: "e1", from: 12, seq: 13, ops: [["remove", "y"]] });
  assert.deepEqual(heard.at(-1), ["ops", { ops: [["remove", "y"]] }]);
});

test("lose_the_connection_then_find_it_joins_again_from_where_it_was", async () => {
  const { line, wire } = makeWire();
  line.up();
  await settle();
  line.tell("patch", { epoch: "e1", from: 7, seq: 9, ops: [] });
  line.down();
  assert.equal(wire.state, "offline");
  assert.equal(wire.lostAt, Date.now());
  line.up();
  await settle();
  assert.equal(wire.state, "online");
  assert.equal(line.asked[1][1].head, 9);
});

test("act_before_the_join_leaves_nothing_and_says_so", async () => {
  const { line, wire } = makeWire();
  await assert.rejects(wire.act({ id: newId(), name: "x", data: {} }), NotSent);
  line.connected = true;
  await assert.rejects(wire.act({ id: newId(), name: "x", data: {} }), NotSent);
  assert.deepEqual(line.asked, []);
});

test("act_without_an_answer_has_an_unknown_fate_and_the_connection_is_proved", async () => {
  const { line, wire } = makeWire((name) => (name === "act" ? undefined : makeJoined()));
  line.up();
  await settle();
  await assert.rejects(wire.act({ id: newId(), name: "x", data: {} }), (error) => !(error instanceof NotSent));
  await settle();
  assert.deepEqual(line.asked.map(([name]) => name), ["join", "act", "join"]);
});

test("act_on_a_server_that_forgot_the_join_joins_and_sends_again", async () => {
  const { line, wire } = makeWire((name) => (name === "act" ? { ok: false, code: "join_first" } : makeJoined()));
  line.up();
  await settle();
  await assert.rejects(wire.act({ id: newId(), name: "x", data: {} }), NotSent);
  assert.deepEqual(line.asked.map(([name]) => name), ["join", "act", "join"]);
});

test("wake_up_after_sleep_proves_the_connection_and_replaces_a_dead_one", async () => {
  let alive = true;
  const { line, wire } = makeWire(() => (alive ? makeJoined() : undefined));
  line.up();
  await settle();
  wire.resume();
  assert.equal(line.asked.length, 1, "heard a moment ago: nothing to prove");
  mock.timers.tick(60_000);
  alive = false;
  const connects = line.connects;
  wire.resume();
  await settle();
  mock.timers.tick(1);
  assert.equal(line.connects, connects + 1);
  assert.equal(wire.state, "offline");
});

test("join_refused_says_why_and_asks_again_later", async () => {
  let refuse = true;
  const { line, wire } = makeWire(() => (refuse ? { ok: false, code: "not_allowed", message: "Rejoignez la séance." } : makeJoined()));
  line.up();
  await settle();
  assert.equal(wire.state, "refused");
  assert.equal(wire.refusal.message, "Rejoignez la séance.");
  assert.deepEqual(wire.position, { head: 7, epoch: "e1" });
  refuse = false;
  mock.timers.tick(10_000);
  await settle();
  assert.equal(wire.state, "online");
});

test("closed_by_the_server_is_told_and_never_called_again", async () => {
  const { line, wire, heard } = makeWire();
  line.up();
  await settle();
  line.tell("closed", { message: "La séance est terminée." });
  const connects = line.connects;
  mock.timers.tick(60_000);
  wire.resume();
  assert.equal(line.connects, connects);
  assert.deepEqual(heard.find(([name]) => name === "closed"), ["closed", { message: "La séance est terminée." }]);
});

test("hung_up_by_the_server_calls_again_by_itself", async () => {
  const { line } = makeWire();
  line.up();
  await settle();
  line.active = false;
  const connects = line.connects;
  line.down("io server disconnect");
  assert.equal(line.connects, connects);
  mock.timers.tick(10_000);
  assert.equal(line.connects, connects + 1);
});

test("deliver_without_any_socket_for_a_while_goes_by_http_with_the_same_id", async () => {
  const { wire } = makeWire();
  const posted = [];
  const post = async (address, { method, body }) => {
    posted.push([address, method, JSON.parse(body)]);
    return { status: 200, json: async () => ({ ok: true, seq: 3 }) };
  };
  const delivery = new Delivery(wire, "/s/482137/act", post);
  const act = { id: newId(), name: "add_contribution", data: { text: "par HTTP" } };
  await assert.rejects(delivery.deliver(act), NotSent);
  mock.timers.tick(8_001);
  assert.deepEqual(await delivery.deliver({ ...act, state: "waiting" }), { ok: true, seq: 3 });
  assert.deepEqual(posted, [["/s/482137/act", "POST", act]]);
});

test("deliver_by_http_to_a_broken_proxy_has_an_unknown_fate", async () => {
  const { wire } = makeWire();
  mock.timers.tick(8_001);
  const delivery = new Delivery(wire, "/s/482137/act", async () => ({ status: 502, json: async () => JSON.parse("<html>") }));
  await assert.rejects(delivery.deliver({ id: newId(), name: "x", data: {} }), (error) => !(error instanceof NotSent));
});

test("direct_without_the_server_gives_up_and_repeats_only_one_id", async () => {
  const { line, wire } = makeWire((name) => (name === "act" ? undefined : makeJoined()));
  line.up();
  await settle();
  const delivery = new Delivery(wire, "/desk/482137/act");
  const answer = delivery.direct("go_next", {});
  for (let time = 0; time < 12; time += 1) {
    await settle(4);
    mock.timers.tick(500);
  }
  assert.equal(await answer, null);
  const ids = line.asked.filter(([name]) => name === "act").map(([, { id }]) => id);
  assert.ok(ids.length > 1);
  assert.equal(new Set(ids).size, 1);
});

test("new_ids_are_long_and_different_without_a_secure_context", () => {
  const ids = Array.from({ length: 1_000 }, newId);
  assert.equal(new Set(ids).size, 1_000);
  assert.ok(ids.every((id) => /^[0-9a-f]{32}$/.test(id)));
});
