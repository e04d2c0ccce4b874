/**
 * `<outbox-list data-template="tpl-outbox" activity="a1">`: what waits on this phone, drawn from a `<template>` of the
 * page (vocabulary: lib/me.js) with the fields `text`, `state` (waiting, sent, refused, received), `state_label`,
 * `message`, `can_edit`. Buttons with `data-outbox="edit"` put the words back into their form, `data-outbox="discard"`
 * throws them away; both only for what cannot have reached the server. Items go in the `[data-template]` element inside,
 * if there is one (the list then may have a heading). Hidden while empty.
 */
import { hourText, milliseconds, serverNow } from "../lib/clock.js";
import { writeFields } from "../lib/drafts.js";
import { house } from "../lib/house.js";
import { fillList } from "../lib/me.js";
import { say } from "../lib/words.js";

/** @typedef {import("../lib/outbox.js").Entry} Entry */

/** @param {Entry} entry @returns {string} */
function stateLabel({ state, label, message, receivedAt }) {
  const stem = label ? "card_" : "";
  if (state === "refused") return message || say("refused");
  if (state !== "received") return say(`${stem}on_this_phone`);
  const moment = milliseconds(receivedAt) ?? serverNow();
  return moment === null ? say(`${stem}received`) : say(`${stem}received_at`, { time: hourText(moment, house.timeZone) });
}

export class OutboxList extends HTMLElement {
  static observedAttributes = ["hidden", "data-template"]; // a patch of the region around resets them

  #redraw = () => this.#draw();

  #draw() {
    const activity = this.getAttribute("activity");
    const shown = house.outbox.entries.filter(({ label, data }) => label !== "" && (!activity || data.activity === activity));
    const refused = house.outbox.entries.filter(({ label, state }) => label === "" && state === "refused" && !activity);
    const empty = shown.length + refused.length === 0;
    if (this.hasAttribute("hidden") !== empty) this.toggleAttribute("hidden");
    fillList(this.querySelector("[data-template]") ?? this, [...shown, ...refused].map((entry) => ({
      ...entry,
      text: entry.label,
      state_label: stateLabel(entry),
      can_edit: entry.state === "waiting" || entry.state === "refused",
    })));
  }

  #press = async (/** @type {Event} */ event) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-outbox]"));
    const id = button?.closest("[data-me-item]")?.getAttribute("data-me-item");
    if (!button || !id) return;
    const entry = house.outbox.entries.find((one) => one.id === id);
    const form = button.dataset.outbox === "edit" && entry ? this.#formOf(entry) : null;
    if (button.dataset.outbox === "edit" && !form) return;
    const taken = await house.outbox.takeBack(id);
    if (!taken || !form) return;
    writeFields(form, /** @type {import("../lib/drafts.js").Fields} */ (taken.fields));
    /** @type {HTMLElement | null} */ (form.querySelector("textarea, input:not([type=hidden])"))?.focus();
  };

  connectedCallback() {
    this.addEventListener("click", this.#press);
    house.outbox.addEventListener("change", this.#redraw);
    this.#draw();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#draw();
  }

  disconnectedCallback() {
    house.outbox.removeEventListener("change", this.#redraw);
    this.removeEventListener("click", this.#press);
  }

  /** @param {Entry} entry @returns {HTMLFormElement | null} */
  #formOf(entry) {
    const forms = /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("act-form form"));
    return [...forms].find((form) => house.drafts.keyOf(form) === entry.form) ?? null;
  }
}
