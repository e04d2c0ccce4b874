/** No character is cut in two on its way to the others, however a browser tells what was typed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applied, wholeChange } from "../../static/js/lib/minutes/change.js";
import { Doc, applyUpdate } from "../../static/js/lib/yjs.js";
import { dice } from "./dice.mjs";

/** Two replicas; what is typed on the first, unit by unit of UTF-16, is sent to the other after each stroke. */
function pair() {
  const [here, there] = [new Doc(), new Doc()];
  here.on("update", (update) => applyUpdate(there, update));
  const text = here.getText("t");
  let shown = "";
  return {
    type(change) {
      const { from, to, insert } = wholeChange((at) => shown[at] ?? "", change);
      shown = applied(shown, [change]);
      here.transact(() => {
        text.delete(from, to - from);
        text.insert(from, insert);
      });
      return { from, to, insert };
    },
    shown: () => shown,
    there: () => there.getText("t").toString(),
  };
}

test("a character typed in two halves arrives whole", () => {
  const two = pair();
  two.type({ from: 0, to: 0, insert: "Oui \ud83d" });
  two.type({ from: 5, to: 5, insert: "\ude00" });
  two.type({ from: 6, to: 6, insert: " !" });
  assert.equal(two.there(), "Oui 😀 !");
});

test("one character in the place of another that shares its half arrives whole", () => {
  const two = pair();
  two.type({ from: 0, to: 0, insert: "a😀b" });
  two.type({ from: 2, to: 3, insert: "\ude01" });
  assert.equal(two.there(), "a😁b");
  two.type({ from: 1, to: 2, insert: "\ud83e" });
  assert.equal(two.there(), "a\ud83e\ude01b");
});

test("whatever is typed, cut anywhere, the others read what is shown once it is whole", () => {
  const draw = dice(11).next;
  const pick = (most) => Math.floor(draw() * (most + 1));
  const units = [..."aé\n’"].concat("😀".split(""), "😁".split(""), "🇫🇷".split(""));
  for (let n = 0; n < 400; n += 1) {
    const two = pair();
    for (let step = 0; step < 12; step += 1) {
      const from = pick(two.shown().length);
      const to = Math.min(two.shown().length, from + pick(2));
      const insert = Array.from({ length: pick(3) }, () => units[pick(units.length - 1)]).join("");
      two.type({ from, to, insert });
      if (two.shown().isWellFormed?.() ?? false) assert.equal(two.there(), two.shown());
    }
  }
});

test("a change between whole characters stays as it is", () => {
  const unitAt = (at) => "a😀b"[at] ?? "";
  for (const change of [{ from: 1, to: 1, insert: "x" }, { from: 3, to: 3, insert: "😁" }, { from: 1, to: 3, insert: "" }, { from: 0, to: 4, insert: "z" }]) {
    assert.deepEqual(wholeChange(unitAt, change), change);
  }
});
