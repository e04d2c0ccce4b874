/**
 * `<status-line role="status">`: nothing while connected; a quiet sentence after 3 s without the server; what has left
 * once it is back; the pause of the séance. Never on the projector. `[data-sentence]` inside holds the text if present,
 * `data-empty` is set while there is nothing to say (the region itself stays, so that it is heard);
 * `data-state` = `offline`, `fault`, `back`, `paused`, `refused` chooses the colours and the icon.
 */
import { house } from "../lib/house.js";
import { RETRY_MAX_MS } from "../lib/outbox.js";
import { say, sayCount } from "../lib/words.js";

const OFFLINE_AFTER_MS = 3_000;
const BACK_FOR_MS = 6_000;
const FAILURES_TO_TELL = 4; // a server that is only busy for a second is nobody's concern

export class StatusLine extends HTMLElement {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #patience;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #leave;
  /** @type {import("../lib/outbox.js").Entry[]} what has left since the cut was told */
  #gone = [];
  #stop = new AbortController();

  connectedCallback() {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    house.wire.addEventListener("state", () => this.#update(), { signal });
    house.outbox.addEventListener("emptied", (event) => this.#sent(/** @type {CustomEvent} */ (event).detail.entries), { signal });
    house.outbox.addEventListener("change", () => this.#update(), { signal });
    this.#update();
  }

  disconnectedCallback() {
    clearTimeout(this.#patience);
    clearTimeout(this.#leave);
    this.#stop.abort();
  }

  get #state() {
    return this.dataset.state ?? "";
  }

  #update() {
    const { state, refusal, lostAt } = house.wire;
    clearTimeout(this.#patience);
    if (state === "refused" && refusal?.message) return this.#show("refused", refusal.message);
    if (lostAt !== null) return this.#lost(lostAt);
    if (house.outbox.failures >= FAILURES_TO_TELL) return this.#fault();
    if (house.outbox.paused) return this.#show("paused", say("paused"));
    if (this.#state === "offline" || this.#state === "fault") this.#back();
    else if (this.#state !== "back") this.#show("", "");
  }

  /** @param {number} since */
  #lost(since) {
    const wait = since + OFFLINE_AFTER_MS - Date.now();
    if (wait > 0) this.#patience = setTimeout(() => this.#update(), wait);
    else if (house.wire.reached) this.#fault();
    else this.#show("offline", say(house.surface === "desk" ? "offline_desk" : "offline"));
  }

  #fault() {
    this.#show("fault", say("server_fault", { seconds: RETRY_MAX_MS / 1000 }));
  }

  /** @param {import("../lib/outbox.js").Entry[]} entries */
  #sent(entries) {
    if (this.#state !== "") this.#gone.push(...entries); // by HTTP, they may leave before the connection is back
    if (this.#state === "back") this.#back();
  }

  #back() {
    const cards = this.#gone.every(({ label }) => label !== "");
    const sent = this.#gone.length ? sayCount(cards ? "cards_sent" : "acts_sent", this.#gone.length) : "";
    this.#show("back", `${say("back")} ${sent}`.trim());
    clearTimeout(this.#leave);
    this.#leave = setTimeout(() => {
      this.#gone = [];
      if (this.#state === "back") this.#show("", "");
    }, BACK_FOR_MS);
  }

  /**
   * @param {string} state
   * @param {string} sentence
   */
  #show(state, sentence) {
    const place = this.querySelector("[data-sentence]") ?? this;
    this.toggleAttribute("data-empty", sentence === "");
    if (this.#state === state && place.textContent === sentence) return;
    this.dataset.state = state;
    place.textContent = sentence;
  }
}
