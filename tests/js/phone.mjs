/** A phone on its page, in memory: elements, outbox, drafts, and a server that the test plays. */
import { afterEach, mock } from "node:test";

import { openPage } from "./page.mjs";
import { ActForm } from "../../static/js/elements/act-form.js";
import { CharCount } from "../../static/js/elements/char-count.js";
import { OutboxList } from "../../static/js/elements/outbox-list.js";
import { StatusLine } from "../../static/js/elements/status-line.js";
import { TimeLeft } from "../../static/js/elements/time-left.js";
import { Announcer } from "../../static/js/lib/announce.js";
import { setServerTime } from "../../static/js/lib/clock.js";
import { Drafts } from "../../static/js/lib/drafts.js";
import { furnish } from "../../static/js/lib/house.js";
import { inMemory } from "../../static/js/lib/outbox-store.js";
import { Outbox } from "../../static/js/lib/outbox.js";
import { NotSent } from "../../static/js/lib/wire.js";
import { settle } from "./dice.mjs";

export const NOW_MS = Date.UTC(2026, 9, 13, 18, 4);
mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: NOW_MS });

const ELEMENTS = { "act-form": ActForm, "char-count": CharCount, "outbox-list": OutboxList, "status-line": StatusLine, "time-left": TimeLeft };
for (const [name, element] of Object.entries(ELEMENTS)) globalThis.customElements.define(name, element);

const COMPOSER = `
  <p id="announcements"></p><p id="alerts"></p><status-line></status-line>
  <template id="tpl-outbox"><article><p data-field="text"></p><p class="state" data-field="state_label"></p>
    <button data-outbox="edit" data-if="can_edit">Modifier</button></article></template>
  <act-form ATTRIBUTES><form>
    <input type="hidden" name="act" value="add_contribution"><input type="hidden" name="activity" value="a1">
    <textarea name="text" id="words"></textarea><char-count for="words" max="20"></char-count>
    <button>Envoyer</button><p data-receipt hidden></p></form></act-form>
  <outbox-list data-template="tpl-outbox"></outbox-list>`;

// After its reset the mocked clock takes a timer from before for another one: nothing of a test may outlive it.
afterEach(async () => {
  openPage();
  await settle();
});

/** A phone on its page; `answer` plays the server, null = no network. */
export function openPhone(answer, { attributes = "", surface = "phone" } = {}) {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"], now: NOW_MS });
  setServerTime("2026-10-13T18:04:00Z", NOW_MS);
  const page = openPage();
  const sent = [];
  const deliver = async (act) => {
    await new Promise((done) => setImmediate(done));
    const got = answer(act);
    if (got === null) throw new NotSent("offline");
    sent.push(act);
    return got;
  };
  const wire = Object.assign(new EventTarget(), { state: "online", lostAt: null, refusal: null, reached: false });
  const outbox = new Outbox({ store: inMemory(), deliver, session: "482137", turn: (_session, act) => act() });
  const drafts = new Drafts(localStorage, "482137");
  const announcer = new Announcer({ textContent: "" }, { textContent: "" });
  const delivery = { direct: async (name, data, id) => (await deliver({ id, name, data }).catch(() => null)) };
  furnish({ surface, session: "482137", timeZone: "Europe/Paris", wire, outbox, drafts, announcer, delivery });
  page.body.innerHTML = `<main>${COMPOSER.replace("ATTRIBUTES", attributes)}</main>`;
  drafts.listen(page.querySelector("main"));
  const form = page.querySelector("form");
  const area = page.querySelector("textarea");
  return {
    page, sent, outbox, drafts, wire, form, area,
    type(words) {
      area.value = words;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    },
    press: () => form.dispatchEvent(new globalThis.SubmitEvent("submit", { bubbles: true, cancelable: true })),
    receipt: page.querySelector("[data-receipt]"),
    status: page.querySelector("status-line"),
  };
}
