/**
 * `<agenda-board>` around the déroulé: acts (`form[data-act]`) are sent without leaving the page, the server's new table takes
 * the place of the old one, and the focus stays on the button that was pressed (`data-focus`). Rows are dragged by their grip.
 * What is being typed is saved first; a text that cannot be saved yet stops the act.
 */
import { sortedByServer } from "../lib/sortable.js";

export class AgendaBoard extends HTMLElement {
  /** @type {(() => void)[]} */
  #undo = [];
  #busy = false;

  connectedCallback() {
    this.addEventListener("submit", this.#submitted);
    this.addEventListener("click", this.#clicked);
    this.addEventListener("toggle", this.#opened, true);
    this.#makeSortable();
  }

  disconnectedCallback() {
    this.removeEventListener("submit", this.#submitted);
    this.removeEventListener("click", this.#clicked);
    this.removeEventListener("toggle", this.#opened, true);
    for (const undo of this.#undo) undo();
  }

  #clicked = (/** @type {Event} */ event) => {
    const button = /** @type {Element} */ (event.target).closest("button[aria-disabled=true]");
    if (button) event.preventDefault();
  };

  /** One menu at a time. */
  #opened = (/** @type {Event} */ event) => {
    const menu = /** @type {HTMLDetailsElement} */ (event.target);
    if (!menu.open || !menu.matches(".menu")) return;
    for (const other of this.querySelectorAll("details.menu[open]")) if (other !== menu) other.removeAttribute("open");
  };

  #submitted = (/** @type {SubmitEvent} */ event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("[data-act]")) return;
    event.preventDefault();
    const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
    void this.#act(form.action, new FormData(form, button), button?.dataset.focus ?? "");
  };

  /** @param {string} address @param {FormData} data @param {string} focus */
  async #act(address, data, focus) {
    if (this.#busy) return;
    this.#busy = true;
    try {
      if (!(await this.#savedFirst())) return this.#say(this.dataset.kept ?? "", true);
      const response = await fetch(address, { method: "POST", body: data, headers: { "X-Atelier": "script" } });
      if (response.redirected || response.status >= 500) throw new Error("no answer");
      if (response.ok) return this.#replace(await response.text(), focus);
      const { message = "", errors = {} } = await response.json();
      this.#say(Object.values(errors).flat().join(" ") || message, true);
    } catch {
      this.#say(this.dataset.failed ?? "", true);
    } finally {
      this.#busy = false;
    }
  }

  /** @returns {Promise<boolean>} whether nothing that is typed waits */
  async #savedFirst() {
    const forms = /** @type {import("./autosave-form.js").AutosaveForm[]} */ ([...this.querySelectorAll("autosave-form")]);
    await Promise.all(forms.map((form) => form.saving?.flush()));
    return forms.every((form) => !form.saving?.pending);
  }

  /** @param {string} html @param {string} focus */
  #replace(html, focus) {
    const opened = [...this.querySelectorAll("details.agenda-words[open]")].map(({ id }) => id);
    const fresh = new DOMParser().parseFromString(html, "text/html").body.firstElementChild;
    if (!fresh) return;
    this.replaceChildren(document.adoptNode(fresh));
    for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
    this.#makeSortable();
    this.#focusOn(focus);
    this.#say(/** @type {HTMLElement} */ (fresh).dataset.said ?? "", false);
  }

  /** @param {string} name */
  #focusOn(name) {
    const menu = name.startsWith("menu-") ? document.getElementById(name)?.querySelector("summary") : null;
    const target = menu ?? this.querySelector(`[data-focus="${CSS.escape(name)}"]:not(.menu-list *)`);
    /** @type {HTMLElement | null} */ (target ?? this.querySelector("#agenda-title"))?.focus();
  }

  /** @param {string} sentence @param {boolean} alert */
  #say(sentence, alert) {
    const place = document.getElementById(alert ? "alerts" : "announcements");
    if (place) place.textContent = sentence;
    const line = document.querySelector("[data-save-line]");
    if (line && sentence) {
      line.textContent = sentence;
      line.className = `save-line ${alert ? "is-conflict" : "is-saved"}`;
    }
  }

  #makeSortable() {
    for (const undo of this.#undo) undo();
    for (const grip of /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-grip]"))) grip.hidden = false;
    const rows = /** @type {HTMLElement | null} */ (this.querySelector("[data-rows]"));
    const lists = /** @type {NodeListOf<HTMLElement>} */ (this.querySelectorAll("[data-activities]"));
    const handle = "[data-grip]";
    this.#undo = [...lists].map((list) =>
      sortedByServer(list, { group: "activities", draggable: ".activity-line", handle }, ({ item, to, index }) =>
        this.#dropped(item, `${to.dataset.activities}:${index}`),
      ),
    );
    if (!rows) return;
    const how = { group: "sequences", draggable: ".agenda-line", handle };
    this.#undo.push(sortedByServer(rows, how, ({ item, index }) => this.#dropped(item, String(index))));
  }

  /** A drop is the act of the row's own form: what the server answers shows the new order. @param {HTMLElement} row @param {string} to */
  #dropped(row, to) {
    const form = /** @type {HTMLFormElement | null} */ (row.querySelector(row.matches(".activity-line") ? ".menu-move" : ".order-buttons"));
    if (!form) return;
    const data = new FormData(form);
    data.set("to", to);
    void this.#act(form.action, data, "");
  }
}
