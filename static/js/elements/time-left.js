/**
 * `<time-left ends-at="2011-10-13T20:26:00+02:00" duration="1800" paused remaining="700" format="minutes" vote quiet>`:
 * time left by the server's clock. `duration` (seconds) gives the thresholds: class `is-low` under 20 %, `is-last`
 * under 5 %, `is-over` beyond (« + 1:20 »), `is-paused`. `format="minutes"` says « 12 min restantes » (phone); else
 * digits. Inside, `[data-digits]` takes the text if present and `[data-bar]` (an SVG rect) its width in %. Not live: 5 min,
 * 1 min, 30 s and the end are announced, unless `quiet`; with `vote` the 30 s are an alert. What the server drew stands
 * until its hour is known.
 */
import { milliseconds, serverNow } from "../lib/clock.js";
import { house } from "../lib/house.js";
import { say, sayCount } from "../lib/words.js";

const TICK_MS = 500;
const LOW = 0.2;
const LAST = 0.05;
const MARKS_S = /** @type {const} */ ([0, 30, 60, 300]); // after a sleep, the nearest to the end

/** @param {number} seconds not negative @returns {string} « 12:40 », « 1:05:00 » */
export function digits(seconds) {
  const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/**
 * @param {number} seconds left, negative beyond the end
 * @param {number} duration seconds, 0 = unknown
 * @returns {"" | "is-low" | "is-last" | "is-over"}
 */
export function stage(seconds, duration) {
  if (seconds < 0) return "is-over";
  if (!duration) return "";
  return seconds <= duration * LAST ? "is-last" : seconds <= duration * LOW ? "is-low" : "";
}

export class TimeLeft extends HTMLElement {
  /** @type {ReturnType<typeof setInterval> | undefined} */
  #timer;
  /** @type {number | null} */
  #before = null;

  static observedAttributes = ["ends-at", "paused", "remaining", "class"];

  connectedCallback() {
    this.setAttribute("aria-live", "off");
    this.#timer = setInterval(() => this.#draw(), TICK_MS);
    this.#draw();
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (name === "ends-at") this.#before = null;
    if (this.isConnected) this.#draw();
  }

  /** @returns {number | null} */
  #seconds() {
    if (this.hasAttribute("paused")) return Number(this.getAttribute("remaining") ?? 0);
    const [end, now] = [milliseconds(this.getAttribute("ends-at")), serverNow()];
    return end === null || now === null ? null : Math.ceil((end - now) / 1000);
  }

  #draw() {
    const seconds = this.#seconds();
    if (seconds === null) return;
    const duration = Number(this.getAttribute("duration") ?? 0);
    const now = stage(seconds, duration);
    for (const name of ["is-low", "is-last", "is-over"]) if (this.classList.contains(name) !== (name === now)) this.classList.toggle(name);
    if (this.classList.contains("is-paused") !== this.hasAttribute("paused")) this.classList.toggle("is-paused");
    this.#write(this.#text(seconds));
    this.querySelector("[data-bar]")?.setAttribute("width", `${Math.round(Math.max(0, Math.min(1, seconds / (duration || 1))) * 100)}%`);
    if (!this.hasAttribute("paused")) this.#announce(seconds);
  }

  /** @param {number} seconds */
  #text(seconds) {
    if (seconds < 0) return `+\u00a0${digits(-seconds)}`;
    if (this.getAttribute("format") !== "minutes") return digits(seconds);
    return seconds > 60 ? sayCount("minutes_left", Math.ceil(seconds / 60)) : say("seconds_left", { count: seconds });
  }

  /** @param {string} text */
  #write(text) {
    const place = this.querySelector("[data-digits]") ?? this;
    if (place.textContent !== text) place.textContent = text;
  }

  /** @param {number} seconds */
  #announce(seconds) {
    const before = this.#before;
    this.#before = seconds;
    const mark = MARKS_S.find((limit) => before !== null && before > limit && seconds <= limit);
    if (mark === undefined || this.hasAttribute("quiet") || house.surface === "screen") return;
    const sentences = { 300: "announce_minutes", 60: "announce_minute", 30: "announce_seconds", 0: "announce_over" };
    if (mark === 30 && this.hasAttribute("vote")) house.announcer.alert(say("announce_vote_seconds"));
    else house.announcer.polite(say(sentences[mark], { count: Math.ceil(seconds / 60) }), "time");
  }
}
