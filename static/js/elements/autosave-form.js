/**
 * `<autosave-form>` around a form of preparation: saves it as one types. Its fields may stand elsewhere (`form="id"`).
 * The form's hidden `revision` is what two tabs compare; `data-uid` is put before the ids of its fields (errors).
 * The page's `[data-save-line]` says where things stand. Without script the form has its own button.
 * Sends `saved` (bubbling) after each acknowledgement.
 */
import { Autosave } from "../lib/autosave.js";
import { memory } from "../lib/memory.js";

const SKIPPED = new Set(["csrf_token", "revision"]);

export class AutosaveForm extends HTMLElement {
  /** @type {HTMLFormElement} */
  #form = /** @type {any} */ (null);
  #leaving = false;
  /** @type {Autosave} */
  saving = /** @type {any} */ (null);

  connectedCallback() {
    const form = this.querySelector("form");
    if (!form || this.saving) return;
    this.#form = form;
    const key = `atelier.design.${new URL(form.action, document.baseURI).pathname}`;
    this.saving = new Autosave({ key, read: () => this.#read(), send: () => this.#send(), storage: memory() });
    this.saving.addEventListener("state", () => this.#show());
    for (const name of ["input", "change"]) document.addEventListener(name, this.#heard);
    document.addEventListener("visibilitychange", this.#hidden);
    addEventListener("online", this.#online);
    form.addEventListener("submit", this.#submitted);
    this.querySelector("[data-mine]")?.addEventListener("click", () => this.#keepMine());
    this.querySelector("[data-other]")?.addEventListener("click", () => this.#takeOther());
    queueMicrotask(() => this.#putBack());
  }

  disconnectedCallback() {
    for (const name of ["input", "change"]) document.removeEventListener(name, this.#heard);
    document.removeEventListener("visibilitychange", this.#hidden);
    removeEventListener("online", this.#online);
  }

  #heard = (/** @type {Event} */ event) => {
    const field = /** @type {HTMLInputElement} */ (event.target);
    if (field.form === this.#form && field.name && !SKIPPED.has(field.name) && field.name !== "preset") this.saving.changed();
  };

  #hidden = () => document.hidden && void this.saving.flush();
  #online = () => void this.saving.flush();

  #submitted = (/** @type {SubmitEvent} */ event) => {
    if (this.#leaving) return;
    event.preventDefault();
    const button = /** @type {HTMLElement | null} */ (event.submitter);
    if (button?.hasAttribute("data-plain")) return void this.#sendPlainly(button);
    this.saving.changed();
    void this.saving.flush();
  };

  /** An act that the server answers with a page: what is typed is saved first. @param {HTMLElement} button */
  async #sendPlainly(button) {
    await this.saving.flush();
    if (this.saving.pending) return;
    this.#leaving = true;
    this.#form.requestSubmit(button);
  }

  #fields() {
    const all = /** @type {HTMLInputElement[]} */ ([...this.#form.elements]);
    return all.filter((field) => field.name && !SKIPPED.has(field.name) && field.type !== "submit");
  }

  #read() {
    /** @type {Record<string, string[]>} */
    const fields = {};
    for (const { name, type, value, checked } of this.#fields()) {
      fields[name] ??= [];
      if ((type !== "checkbox" && type !== "radio") || checked) fields[name].push(value);
    }
    return fields;
  }

  /** Puts back what this device kept and the server never had. */
  #putBack() {
    const kept = this.saving.draft();
    if (!kept) return;
    for (const field of this.#fields()) {
      const values = kept[field.name];
      if (!values) continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (values[0] !== undefined) field.value = values[0];
      field.dispatchEvent(new Event("refill"));
    }
    this.saving.changed();
  }

  async #send() {
    const response = await fetch(this.#form.action, {
      method: "POST",
      body: new FormData(this.#form),
      headers: { "X-Atelier": "script", Accept: "application/json" },
      keepalive: document.hidden,
    });
    if (response.redirected) return { ok: false, code: "signed_out" };
    if (response.status >= 500 || !response.headers.get("Content-Type")?.includes("json")) throw new Error("no answer");
    const answer = await response.json();
    const revision = /** @type {HTMLInputElement | null} */ (this.#form.elements.namedItem("revision"));
    if (revision && answer.ok) revision.value = String(answer.revision);
    return answer;
  }

  #show() {
    const { state, answer } = this.saving;
    if (state === "saved" || state === "invalid") this.#showErrors(answer?.errors ?? {});
    if (state === "saved" && answer?.ok) this.#showTexts(answer.texts ?? {});
    this.#showConflict(state === "conflict" ? answer : null);
    this.#showLine(state, answer);
    if (state === "saved" && answer?.ok) this.dispatchEvent(new CustomEvent("saved", { bubbles: true }));
  }

  /** @param {string} state @param {import("../lib/autosave.js").Answer | null} answer */
  #showLine(state, answer) {
    const line = /** @type {HTMLElement | null} */ (document.querySelector("[data-save-line]"));
    if (!line || state === "waiting") return;
    const { saving, kept, invalid, conflict, signedOut } = line.dataset;
    const known = Object.keys(answer?.errors ?? {}).some((id) => document.getElementById(`${this.#form.dataset.uid ?? ""}${id}-error`));
    const sentences = { saved: answer?.saved, saving, kept, conflict, signed_out: signedOut, closed: answer?.message };
    const sentence = state === "invalid" ? (known ? invalid : answer?.message) : sentences[/** @type {keyof typeof sentences} */ (state)];
    if (sentence) line.textContent = sentence;
    line.className = `save-line${{ saved: " is-saved", saving: "", conflict: " is-conflict" }[state] ?? " is-kept"}`;
  }

  /** @param {Record<string, string[]>} errors */
  #showErrors(errors) {
    const uid = this.#form.dataset.uid ?? "";
    const wrong = new Set(Object.keys(errors).map((id) => `${uid}${id}`));
    for (const field of this.#fields()) {
      const place = document.getElementById(`${field.id}-error`);
      if (place) place.textContent = (errors[field.id.slice(uid.length)] ?? []).join(" ");
      if (wrong.has(field.id)) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    for (const place of this.#form.querySelectorAll("fieldset > .error")) {
      place.textContent = (errors[place.id.replace(/-error$/, "")] ?? []).join(" ");
    }
  }

  /** What stands elsewhere on the page and changed too; a text that was missing shows what holds it. @param {Record<string, string>} texts */
  #showTexts(texts) {
    for (const [id, text] of Object.entries(texts)) {
      const element = document.getElementById(id);
      if (!element || element.textContent === text) continue;
      element.textContent = text;
      element.closest("[hidden]")?.removeAttribute("hidden");
    }
  }

  /** @param {import("../lib/autosave.js").Answer | null} answer */
  #showConflict(answer) {
    const notice = /** @type {HTMLElement | null} */ (this.querySelector("[data-conflict]"));
    if (!notice) return;
    notice.hidden = answer === null;
    if (!answer) return;
    const message = notice.querySelector("[data-message]");
    if (message) message.textContent = answer.message ?? "";
    const rows = (answer.theirs ?? []).flatMap(({ label, text }) => {
      const [name, words] = [document.createElement("dt"), document.createElement("dd")];
      name.textContent = label;
      words.textContent = text || "–";
      return [name, words];
    });
    notice.querySelector("[data-theirs]")?.replaceChildren(...rows);
  }

  #keepMine() {
    const revision = /** @type {HTMLInputElement | null} */ (this.#form.elements.namedItem("revision"));
    if (revision) revision.value = String(this.saving.answer?.revision ?? revision.value);
    void this.saving.resolve(true);
  }

  #takeOther() {
    void this.saving.resolve(false);
    location.reload();
  }
}
