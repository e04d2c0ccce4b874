/**
 * The server's time, whatever the phone's clock says. Each `join` answer carries `now`; the difference is kept and
 * every countdown reads `serverNow()`. Before the first answer the time is unknown (null) and nothing is counted.
 */

const MILLISECONDS_FROM = 1e11; // a number above this is in milliseconds, below in seconds (year 5138)
const HOUR_WORDS = /** @type {const} */ ({ hour: "numeric", minute: "2-digit", hourCycle: "h23" });

/** @type {number | null} server time minus phone time, in ms */
let offset = null;

/**
 * @param {unknown} moment ISO 8601 text with its offset, seconds or milliseconds since 1970
 * @returns {number | null} milliseconds since 1970
 */
export function milliseconds(moment) {
  if (typeof moment === "number") return moment < MILLISECONDS_FROM ? moment * 1000 : moment;
  if (typeof moment !== "string" || moment === "") return null;
  const value = /^\d+(\.\d+)?$/.test(moment) ? milliseconds(Number(moment)) : Date.parse(moment);
  return Number.isNaN(value) ? null : value;
}

/**
 * @param {unknown} now the server's time in its answer
 * @param {number} askedAt phone time when the question left, ms
 * @param {number} [answeredAt] phone time when the answer came, ms
 */
export function setServerTime(now, askedAt, answeredAt = Date.now()) {
  const there = milliseconds(now);
  if (there !== null) offset = there - (askedAt + answeredAt) / 2;
}

/** @returns {number | null} */
export function serverNow() {
  return offset === null ? null : Date.now() + offset;
}

/** What a snapshot keeps, so that a reload without network still counts right. */
export function clockOffset() {
  return offset;
}

/** @param {unknown} value */
export function restoreClockOffset(value) {
  if (offset === null && typeof value === "number") offset = value;
}

/**
 * @param {number} moment ms
 * @param {string} [timeZone] of the séance, not of the phone
 * @param {string} [locale]
 * @returns {string} « 20 h 04 » with no-break spaces, « 8:04 PM » in English
 */
export function hourText(moment, timeZone = "Europe/Paris", locale = "fr") {
  if (locale === "en") return new Intl.DateTimeFormat("en", { hour: "numeric", minute: "2-digit", timeZone }).format(moment).replace(/\s/g, "\u00a0");
  const parts = new Intl.DateTimeFormat("fr-FR", { ...HOUR_WORDS, timeZone }).formatToParts(moment);
  const part = (/** @type {string} */ type) => parts.find((one) => one.type === type)?.value ?? "";
  return `${Number(part("hour"))}\u00a0h\u00a0${part("minute")}`;
}
