import assert from "node:assert/strict";
import { test } from "node:test";

import { Follower, judge } from "../../static/js/lib/sequence.js";
import { dice } from "./dice.mjs";
import { anySurface, Ticker } from "./surfaces.mjs";

const HISTORIES = 600;

test("judge_compares_a_patch_with_what_the_page_shows", () => {
  const patch = (epoch, from, seq) => ({ epoch, from, seq, ops: [] });
  assert.equal(judge(5, "a", patch("a", 3, 5)), "ignore");
  assert.equal(judge(5, "a", patch("a", 5, 6)), "apply");
  assert.equal(judge(5, "a", patch("a", 4, 6)), "apply");
  assert.equal(judge(5, "a", patch("a", 6, 7)), "resync");
  assert.equal(judge(5, "a", patch("b", 5, 6)), "resync");
  assert.equal(judge(null, null, patch("a", 0, 1)), "resync");
});

test("judge_takes_a_number_in_the_page_and_on_the_wire_for_the_same_epoch", () => {
  assert.equal(judge(5, "7", { epoch: 7, from: 5, seq: 6, ops: [] }), "apply");
});

/** The page in miniature: slot → list of [key, html]. */
class Page {
  slots = new Map();

  apply(ops) {
    for (const [kind, key, slot, after, html] of ops) {
      for (const list of this.slots.values()) {
        const at = list.findIndex(([one]) => one === key);
        if (at >= 0) list.splice(at, 1);
      }
      if (kind === "remove") continue;
      const list = this.slots.get(slot) ?? this.slots.set(slot, []).get(slot);
      list.splice(after === null ? 0 : list.findIndex(([one]) => one === after) + 1, 0, [key, html]);
    }
  }

  draw(regions) {
    this.slots = new Map();
    for (const { key, slot, html } of regions) {
      if (!this.slots.has(slot)) this.slots.set(slot, []);
      this.slots.get(slot).push([key, html]);
    }
  }

  get shown() {
    return [...this.slots.entries()].filter(([, list]) => list.length > 0).sort();
  }
}

/** One phone behind a network that loses, doubles and reorders patches; joins answer in their own time. */
function phoneOn(server, random) {
  const page = new Page();
  const answers = [];
  const ask = () => answers.push({ epoch: server().epoch, seq: server().seq, regions: server().regions });
  const follower = new Follower({ head: null, epoch: null }, { apply: (ops) => page.apply(ops), resync: ask });
  const network = [];
  return {
    page,
    follower,
    ask,
    get asked() {
      return answers.length;
    },
    send(patch) {
      for (let copies = random.pick([0, 1, 1, 1, 1, 2]); copies > 0; copies -= 1) network.splice(random.below(network.length + 1), 0, patch);
    },
    deliver() {
      if (answers.length && random.chance(0.4)) {
        const { epoch, seq, regions } = answers.shift();
        page.draw(regions);
        follower.settle({ epoch, seq });
      } else if (network.length) follower.take(network.shift());
    },
    get busy() {
      return network.length + answers.length > 0;
    },
  };
}

test("follow_with_random_loss_duplicates_reorder_and_late_join_shows_what_a_fresh_page_shows", () => {
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    const random = dice(seed);
    let server = new Ticker("a", anySurface(random), random.below(5));
    const phone = phoneOn(() => server, random);
    const joinsAt = random.below(10);
    for (let step = 0; step < 30; step += 1) {
      if (step === joinsAt) phone.ask();
      if (random.chance(0.03)) server = new Ticker(`run${step}`, anySurface(random), random.below(3));
      if (random.chance(0.5)) phone.send(server.tick(anySurface(random)));
      if (random.chance(0.6)) phone.deliver();
    }
    while (phone.busy) phone.deliver();
    // Whatever was lost, the next patch that arrives reveals it.
    for (let last = 0; last < 2; last += 1) {
      phone.follower.take(server.tick(anySurface(random)));
      while (phone.busy) phone.deliver();
    }
    const fresh = new Page();
    fresh.draw(server.regions);
    assert.deepEqual(phone.page.shown, fresh.shown, `seed ${seed}`);
    assert.equal(phone.follower.head, server.seq, `seed ${seed}`);
  }
});

test("follow_on_a_good_network_never_asks_for_the_whole_again", () => {
  for (let seed = 1; seed <= 50; seed += 1) {
    const random = dice(seed);
    const server = new Ticker("a", anySurface(random), 4);
    let asked = 0;
    const page = new Page();
    const follower = new Follower({ head: 2, epoch: "a" }, { apply: (ops) => page.apply(ops), resync: () => (asked += 1) });
    page.draw(server.regions);
    follower.settle(server.join());
    for (let step = 0; step < 20; step += 1) follower.take(server.tick(anySurface(random)));
    assert.equal(asked, 0);
    const fresh = new Page();
    fresh.draw(server.regions);
    assert.deepEqual(page.shown, fresh.shown);
  }
});

test("follow_a_gap_asks_once_however_many_patches_follow", () => {
  let asked = 0;
  const applied = [];
  const follower = new Follower({ head: 1, epoch: "a" }, { apply: (ops) => applied.push(ops), resync: () => (asked += 1) });
  for (const from of [3, 4, 5]) follower.take({ epoch: "a", from, seq: from + 1, ops: [["remove", `r${from}`]] });
  assert.equal(asked, 1);
  follower.settle({ epoch: "a", seq: 4 });
  assert.deepEqual(applied, [[["remove", "r4"]], [["remove", "r5"]]]);
  assert.equal(follower.head, 6);
});

test("follow_another_process_takes_its_lower_seq_as_the_truth", () => {
  const follower = new Follower({ head: 9, epoch: "a" }, { apply: () => {}, resync: () => assert.fail("asked again") });
  follower.settle({ epoch: "b", seq: 6 });
  follower.take({ epoch: "b", from: 6, seq: 10, ops: [] });
  assert.equal(follower.head, 10);
});
