/**
 * What is being typed or chosen, field by field, kept on this device: saved 300 ms after a change, put back after a
 * reload, cleared only when the server has acknowledged (or the outbox holds the same words for good).
 *
 * A form keeps a draft inside `<act-form>` or `<keep-draft>`. Its key is the nearest `data-draft`, else its act and
 * what the act is about. Hidden fields are not kept, unless `data-keep-value`; passwords never.
 * `<… data-draft-done="key">` in a page that comes after an ordinary POST clears that draft.
 */

const SAVE_AFTER_MS = 300;
const KEPT_FOR_MS = 7 * 24 * 3600 * 1000;
const PREFIX = "atelier.draft.";
const FORMS = "act-form form, keep-draft form";
const ABOUT = ["act", "activity", "contribution", "question", "slot", "cluster"];

/** @typedef {Record<string, string | string[]>} Fields */

/** @param {Element} field @returns {boolean} */
function isKept(field) {
  const { name, type, dataset } = /** @type {HTMLInputElement} */ (field);
  if (!name || name === "csrf_token") return false;
  if (type === "hidden") return dataset.keepValue !== undefined;
  return !["password", "file", "submit", "button", "reset", "fieldset", "output"].includes(type);
}

/** @param {HTMLFormElement} form @returns {HTMLInputElement[]} */
function keptFields(form) {
  return /** @type {HTMLInputElement[]} */ ([...form.elements].filter(isKept));
}

/** @param {string} type */
const isTick = (type) => type === "checkbox" || type === "radio";

/**
 * @param {HTMLFormElement} form
 * @returns {Fields}
 */
export function readFields(form) {
  /** @type {Fields} */
  const fields = {};
  for (const { name, type, value, checked } of keptFields(form)) {
    if (!isTick(type)) fields[name] = value;
    else fields[name] = [...(fields[name] ?? []), ...(checked ? [value] : [])];
  }
  return fields;
}

/**
 * @param {HTMLFormElement} form
 * @param {Fields} fields
 */
export function writeFields(form, fields) {
  for (const field of keptFields(form)) {
    const kept = fields[field.name];
    if (kept === undefined) continue;
    if (isTick(field.type)) {
      const checked = [kept].flat().includes(field.value);
      if (checked === field.checked) continue;
      field.checked = checked;
    } else {
      if (kept === field.value) continue;
      field.value = String(kept);
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

export class Drafts {
  #storage;
  #session;
  /** @type {Map<string, ReturnType<typeof setTimeout>>} */
  #timers = new Map();
  /** @type {Map<string, () => void>} */
  #unsaved = new Map();
  #restored = new WeakSet();

  /**
   * @param {Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length"> | null} storage
   * @param {string} session
   */
  constructor(storage, session) {
    this.#storage = storage;
    this.#session = session;
    this.#sweep();
  }

  /** @param {Document} page */
  listen(page) {
    const save = (/** @type {Event} */ event) => {
      const form = /** @type {Element} */ (event.target).closest?.("form");
      if (form?.matches(FORMS)) this.#saveSoon(form);
    };
    page.addEventListener("input", save);
    page.addEventListener("change", save);
    page.addEventListener("visibilitychange", () => page.hidden && this.flush());
    globalThis.addEventListener?.("pagehide", () => this.flush());
  }

  /** @param {HTMLFormElement} form @returns {string} */
  keyOf(form) {
    const named = /** @type {HTMLElement | null} */ (form.closest("[data-draft]"))?.dataset.draft;
    if (named) return named;
    const about = ABOUT.map((name) => /** @type {HTMLInputElement | null} */ (form.elements.namedItem(name)))
      .filter((field) => field?.type === "hidden")
      .map((field) => field?.value);
    return about.join(":") || form.id || form.getAttribute("action") || "form";
  }

  /** Puts drafts back in the forms under `root` that have not had theirs yet. @param {ParentNode} root */
  restore(root) {
    for (const done of root.querySelectorAll("[data-draft-done]")) this.clearKey(done.getAttribute("data-draft-done") ?? "");
    for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (root.querySelectorAll(FORMS))) {
      if (this.#restored.has(form)) continue;
      this.#restored.add(form);
      const fields = this.fields(this.keyOf(form));
      if (fields) writeFields(form, fields);
    }
  }

  /** @param {string} key @returns {Fields | null} */
  fields(key) {
    try {
      return JSON.parse(this.#storage?.getItem(this.#place(key)) ?? "null")?.fields ?? null;
    } catch {
      return null;
    }
  }

  /** @param {HTMLFormElement} form */
  clear(form) {
    this.clearKey(this.keyOf(form));
  }

  /** @param {string} key */
  clearKey(key) {
    clearTimeout(this.#timers.get(key));
    this.#timers.delete(key);
    this.#unsaved.delete(key);
    this.#storage?.removeItem(this.#place(key));
  }

  /** Saves at once what was about to be. */
  flush() {
    for (const save of [...this.#unsaved.values()]) save();
  }

  /** @param {HTMLFormElement} form */
  #saveSoon(form) {
    const key = this.keyOf(form);
    const save = () => {
      clearTimeout(this.#timers.get(key));
      this.#timers.delete(key);
      this.#unsaved.delete(key);
      this.#save(key, readFields(form));
    };
    clearTimeout(this.#timers.get(key));
    this.#unsaved.set(key, save);
    this.#timers.set(key, setTimeout(save, SAVE_AFTER_MS));
  }

  /**
   * @param {string} key
   * @param {Fields} fields
   */
  #save(key, fields) {
    try {
      this.#storage?.setItem(this.#place(key), JSON.stringify({ fields, at: Date.now() }));
    } catch {
      // The device is full: the words stay in the field, which no patch touches.
    }
  }

  /** @param {string} key */
  #place(key) {
    return `${PREFIX}${this.#session}.${key}`;
  }

  /** Words left on a shared phone do not stay for ever. */
  #sweep() {
    const storage = this.#storage;
    if (!storage) return;
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
    for (const key of keys.filter((one) => one.startsWith(PREFIX))) {
      let at = 0;
      try {
        at = JSON.parse(storage.getItem(key) ?? "{}").at ?? 0;
      } catch {
        // Not ours any more.
      }
      if (Date.now() - at > KEPT_FOR_MS) storage.removeItem(key);
    }
  }
}
