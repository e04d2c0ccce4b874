// What is typed is kept here until the server has it, and « enregistré » is never said before.
import assert from "node:assert/strict";
import { test } from "node:test";

import { Autosave } from "../../static/js/lib/autosave.js";

/** A device's storage, in memory. */
class Memory {
  items = new Map();
  getItem(key) {
    return this.items.get(key) ?? null;
  }
  setItem(key, value) {
    this.items.set(key, value);
  }
  removeItem(key) {
    this.items.delete(key);
  }
}

/** @param {(() => Promise<object> | object)[]} answers one per sending, in order */
function form(answers, { typed = { title: ["Ouverture"] }, storage = new Memory() } = {}) {
  const sent = [];
  const states = [];
  const fields = { now: typed };
  const saving = new Autosave({
    key: "draft",
    storage,
    read: () => fields.now,
    send: async () => {
      sent.push(fields.now);
      return answers.shift()();
    },
    delay: 1,
    retry: 2,
  });
  saving.addEventListener("state", () => states.push(saving.state));
  return { saving, sent, states, storage, fields };
}

const YES = () => ({ ok: true, revision: 1, saved: "Enregistré à 22 h 41" });

test("what is typed is on the device at once and leaves it only when the server has it", async () => {
  const { saving, storage, states } = form([YES]);
  saving.changed();
  assert.deepEqual(saving.draft(), { title: ["Ouverture"] });
  await saving.flush();
  assert.equal(saving.draft(), null);
  assert.equal(storage.items.size, 0);
  assert.deepEqual(states, ["waiting", "saving", "saved"]);
});

test("without an answer it is kept here, said so, and tried again by itself", async () => {
  const lost = () => Promise.reject(new Error("no network"));
  const { saving, states, sent } = form([lost, lost, YES]);
  saving.changed();
  await saving.flush();
  assert.equal(saving.state, "kept");
  assert.deepEqual(saving.draft(), { title: ["Ouverture"] });
  while (saving.state !== "saved") await new Promise((done) => setTimeout(done, 2));
  assert.equal(sent.length, 3);
  assert.equal(saving.draft(), null);
  assert.equal(states.filter((state) => state === "saved").length, 1);
});

test("what is typed during a sending is not called saved, and follows", async () => {
  let answer = () => {};
  const first = () => new Promise((done) => (answer = () => done(YES())));
  const { saving, fields, sent } = form([first, YES]);
  saving.changed();
  const flushed = saving.flush();
  fields.now = { title: ["Ouverture, règles"] };
  saving.changed();
  answer();
  await flushed;
  await saving.flush();
  assert.deepEqual(sent, [{ title: ["Ouverture"] }, { title: ["Ouverture, règles"] }]);
  assert.equal(saving.state, "saved");
  assert.equal(saving.draft(), null);
});

test("leaving a field that is already saved sends nothing again", async () => {
  const { saving, sent, fields } = form([YES, YES]);
  saving.changed();
  await saving.flush();
  saving.changed();
  await saving.flush();
  assert.equal(sent.length, 1);
  assert.equal(saving.draft(), null);
  fields.now = { title: ["Autre"] };
  saving.changed();
  await saving.flush();
  assert.equal(sent.length, 2);
});

test("two flushes at once send once", async () => {
  const { saving, sent } = form([YES]);
  saving.changed();
  await Promise.all([saving.flush(), saving.flush()]);
  assert.equal(sent.length, 1);
});

test("a field to correct keeps the draft until it is right", async () => {
  const { saving, fields } = form([() => ({ ok: false, code: "invalid", errors: { title: ["…"] } }), YES]);
  fields.now = { title: [""] };
  saving.changed();
  await saving.flush();
  assert.equal(saving.state, "invalid");
  assert.equal(saving.pending, true);
  assert.deepEqual(saving.draft(), { title: [""] });
  fields.now = { title: ["Ouverture"] };
  saving.changed();
  await saving.flush();
  assert.equal(saving.state, "saved");
  assert.equal(saving.draft(), null);
});

test("a conflict sends nothing more until the person has chosen, and forgets nothing", async () => {
  const { saving, sent, fields } = form([() => ({ ok: false, code: "conflict", revision: 4 }), YES]);
  saving.changed();
  await saving.flush();
  fields.now = { title: ["Encore"] };
  saving.changed();
  await saving.flush();
  assert.equal(saving.state, "conflict");
  assert.equal(sent.length, 1);
  assert.deepEqual(saving.draft(), { title: ["Encore"] });
  await saving.resolve(true);
  assert.deepEqual(sent.at(-1), { title: ["Encore"] });
  assert.equal(saving.state, "saved");
});

test("taking the other version drops mine and sends nothing", async () => {
  const { saving, sent } = form([() => ({ ok: false, code: "conflict", revision: 4 })]);
  saving.changed();
  await saving.flush();
  await saving.resolve(false);
  assert.equal(sent.length, 1);
  assert.equal(saving.draft(), null);
});

for (const [code, state] of [["already_open", "closed"], ["signed_out", "signed_out"]]) {
  test(`when the answer is ${code} the words stay on the device`, async () => {
    const { saving } = form([() => ({ ok: false, code })]);
    saving.changed();
    await saving.flush();
    assert.equal(saving.state, state);
    assert.deepEqual(saving.draft(), { title: ["Ouverture"] });
  });
}

test("a full device still saves through the network", async () => {
  const storage = new Memory();
  storage.setItem = () => {
    throw new Error("full");
  };
  const { saving } = form([YES], { storage });
  saving.changed();
  await saving.flush();
  assert.equal(saving.state, "saved");
});
