/**
 * `<act-form>` around an ordinary `<form method="post">`, which works alone without scripts.
 *
 * On submit the fields become an act (lib/form-data.js) that goes through the outbox; with `direct` (the desk's default,
 * unless `kept`) it leaves now or not at all. The form is emptied when the act is acknowledged, or with
 * `data-optimistic` as soon as the outbox holds the words; never with `data-stay` (ballots). A refusal leaves the words
 * in the form, or in the outbox when the form has moved on, with the server's sentence. `data-close` closes the
 * `<details>` or `<dialog>` around on success. Event `act-settled` {answer} bubbles.
 */
import { hourText, milliseconds, serverNow } from "../lib/clock.js";
import { newId } from "../lib/delivery.js";
import { readFields, writeFields } from "../lib/drafts.js";
import { readForm } from "../lib/form-data.js";
import { clearError, showError, showReceipt, textOf } from "../lib/form-status.js";
import { house } from "../lib/house.js";
import { say } from "../lib/words.js";

const DOUBLE_TAP_MS = 700;
const TOO_LATE = new Set(["activity_closed", "session_closed", "vote_closed"]);
const KEPT_AFTER_MS = 600; // an answer usually comes before: no sentence that flashes

/** @typedef {{form: HTMLFormElement, button: HTMLElement | null, name: string, data: Record<string, unknown>, key: string, text: string}} Act */

export class ActForm extends HTMLElement {
  /** @type {Map<string, string>} act not yet settled → its id: the same act again is the same */
  #unsettled = new Map();

  constructor() {
    super();
    this.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit(/** @type {HTMLFormElement} */ (event.target), event.submitter);
    });
  }

  get #direct() {
    return this.hasAttribute("direct") || (house.surface === "desk" && !this.hasAttribute("kept"));
  }

  /**
   * @param {HTMLFormElement} form
   * @param {HTMLElement | null} button
   */
  async #submit(form, button) {
    const { name, data } = readForm(form, button);
    const act = { form, button, name, data, key: JSON.stringify([name, data]), text: textOf(form) };
    clearError(form);
    const dialog = this.closest("dialog");
    const answer = await (this.#direct ? this.#sendNow(act) : this.#keepAndSend(act));
    if (!answer) return;
    if (answer.ok) this.#done(act, answer.at);
    const still = this.isConnected ? this : (dialog ?? document.body); // a patch may have come first, and taken this form away
    still.dispatchEvent(new CustomEvent("act-settled", { bubbles: true, detail: { answer } }));
  }

  /** @param {Act} act @returns {Promise<import("../lib/wire.js").Answer | null>} */
  async #sendNow({ form, name, data, key }) {
    if (this.getAttribute("aria-busy")) return null;
    const id = this.#unsettled.get(key) ?? newId();
    this.#unsettled.set(key, id);
    this.setAttribute("aria-busy", "true");
    const answer = await house.delivery.direct(name, data, id);
    this.removeAttribute("aria-busy");
    if (answer) this.#unsettled.delete(key);
    if (answer?.ok) return answer;
    const sentence = answer?.message || say("direct_failed");
    showError(form, sentence, answer?.field);
    house.announcer.alert(sentence);
    return answer;
  }

  /** @param {Act} act @returns {Promise<import("../lib/wire.js").Answer | null>} */
  async #keepAndSend(act) {
    const { form, name, data, key, text } = act;
    if (this.#unsettled.has(key)) return null;
    this.#unsettled.set(key, "");
    const fields = readFields(form);
    const { entry, durable, settled } = await house.outbox.add({ name, data, label: text, form: house.drafts.keyOf(form), fields });
    const notice = setTimeout(() => showReceipt(form, "kept", say(text ? "card_on_this_phone" : "on_this_phone")), KEPT_AFTER_MS);
    if (this.hasAttribute("data-optimistic")) this.#empty(act, durable);
    const answer = await settled;
    clearTimeout(notice);
    setTimeout(() => this.#unsettled.delete(key), DOUBLE_TAP_MS);
    if (!answer.ok) await this.#refused(act, fields, entry.id, answer);
    return answer;
  }

  /**
   * @param {Act} act
   * @param {import("../lib/drafts.js").Fields} fields
   * @param {string} id
   * @param {{code?: string, message?: string, field?: string}} answer
   */
  async #refused(act, fields, id, { code = "", message, field }) {
    const { form } = act;
    showReceipt(form, "", "");
    if (TOO_LATE.has(code)) return; // its form is about to leave the page: the words stay in the outbox
    if (!form.isConnected || (!this.#holds(act) && textOf(form) !== "")) return; // it stays in the outbox, with its sentence
    writeFields(form, fields);
    await house.outbox.takeBack(id);
    showError(form, message || say("refused"), field);
  }

  /**
   * @param {Act} act
   * @param {unknown} at
   */
  #done(act, at) {
    const moment = milliseconds(at) ?? serverNow();
    const stem = act.text && !this.hasAttribute("data-stay") ? "card_received" : "received";
    showReceipt(act.form, "received", moment === null ? say(stem) : say(`${stem}_at`, { time: hourText(moment, house.timeZone) }));
    this.#empty(act, true);
    if (!this.hasAttribute("data-close")) return;
    this.closest("details")?.removeAttribute("open");
    this.closest("dialog")?.close();
  }

  /** Whether the form still shows what was sent. @param {Act} act */
  #holds({ form, button, key }) {
    const { name, data } = readForm(form, button);
    return JSON.stringify([name, data]) === key;
  }

  /**
   * Empties the form, unless something else is already being written there.
   * @param {Act} act
   * @param {boolean} forget the draft too
   */
  #empty(act, forget) {
    if (!this.#holds(act)) return;
    if (!this.hasAttribute("data-stay")) {
      act.form.reset();
      act.form.dispatchEvent(new Event("reset-done", { bubbles: true }));
    }
    if (forget) house.drafts.clear(act.form);
  }
}
