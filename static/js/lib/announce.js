/**
 * What screen readers are told. One polite region, filled 300 ms after the event and at most once per 5 s: what comes
 * meanwhile is said together, the last sentence of each kind only. Alerts are for errors and « le vote ferme dans
 * 30 secondes ». The regions must be in the page from the start: `#announcements` and `#alerts`.
 */

const DELAY_MS = 300;
const QUIET_MS = 5_000;

export class Announcer {
  #polite;
  #alert;
  /** @type {Map<string, string>} kind → sentence */
  #queue = new Map();
  #saidAt = -QUIET_MS;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {{textContent: string | null} | null} polite `role="status"`
   * @param {{textContent: string | null} | null} alert `role="alert"`
   */
  constructor(polite, alert) {
    this.#polite = polite;
    this.#alert = alert;
  }

  /**
   * @param {string} sentence
   * @param {string} [kind] a newer sentence of the same kind replaces one not yet said
   */
  polite(sentence, kind = sentence) {
    this.#queue.delete(kind);
    this.#queue.set(kind, sentence);
    const wait = Math.max(DELAY_MS, this.#saidAt + QUIET_MS - Date.now());
    if (this.#timer === undefined) this.#timer = setTimeout(() => this.#say(), wait);
  }

  /** @param {string} sentence */
  alert(sentence) {
    if (!this.#alert) return;
    this.#alert.textContent = "";
    setTimeout(() => this.#alert && (this.#alert.textContent = sentence), DELAY_MS);
  }

  #say() {
    this.#timer = undefined;
    this.#saidAt = Date.now();
    if (this.#polite) this.#polite.textContent = [...this.#queue.values()].join(" ");
    this.#queue.clear();
  }
}
