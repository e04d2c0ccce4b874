/**
 * What only phones have, beside app.js: ballots that are easier with a finger, and the line that says that something
 * new came. Each works on a form that is already complete without it, so that ballots are fetched when one is there,
 * or once the line has nothing better to do.
 */
import { HourText } from "./elements/hour-text.js";
import { NewQuestion } from "./elements/new-question.js";

const IDLE_AFTER_MS = 4_000;

/** @type {Record<string, () => Promise<CustomElementConstructor>>} */
const BALLOTS = {
  "ballot-slot": async () => (await import("./elements/ballot-slot.js")).BallotSlot,
  "dot-stepper": async () => (await import("./elements/dot-stepper.js")).DotStepper,
  "one-by-one": async () => (await import("./elements/one-by-one.js")).OneByOne,
  "varied-order": async () => (await import("./elements/varied-order.js")).VariedOrder,
};

/** @param {boolean} all */
function fetchBallots(all) {
  for (const [name, load] of Object.entries(BALLOTS)) {
    if (!all && !document.querySelector(name)) continue;
    delete BALLOTS[name];
    load().then((element) => customElements.define(name, element), () => (BALLOTS[name] = load)); // no network: at the next one
  }
}

customElements.define("hour-text", HourText);
customElements.define("new-question", NewQuestion);
fetchBallots(false);
new MutationObserver(() => fetchBallots(false)).observe(document.querySelector("main") ?? document.body, { childList: true, subtree: true });
setTimeout(() => fetchBallots(true), IDLE_AFTER_MS);
