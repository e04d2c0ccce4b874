/**
 * From an ordinary HTML form to the {name, data} of an act.
 *
 * `name="act"` names the act; every other field goes to `data`. `data-type="int" | "bool" | "json" | "lines"` on a field
 * converts its value (lines: one {text} per line); a bool check box is sent when unchecked too. Repeated names, names ending
 * in `[]` and groups of check boxes give a list, `dots[o1]` gives {dots: {o1: …}}. An empty int is left out. The pressed
 * button counts as a field.
 */

const NOT_SENT = new Set(["csrf_token"]);
const MARK = Symbol("several");

/**
 * @typedef {{name: string, value: string, type?: string, several?: boolean}} Field
 */

/**
 * @param {string} value
 * @param {string} [type]
 * @returns {unknown} undefined = leave out
 */
function convert(value, type) {
  if (type === "bool") return !["", "0", "false", "off"].includes(value);
  if (type === "lines") return value.split("\n").map((line) => line.trim()).filter(Boolean).map((text) => ({ text }));
  if (type === "json") return value === "" ? undefined : JSON.parse(value);
  if (type !== "int") return value;
  const number = Number(value);
  if (value.trim() === "") return undefined;
  return Number.isInteger(number) ? number : value; // the server words the refusal
}

/**
 * @param {Field[]} fields in document order
 * @returns {{name: string, data: Record<string, unknown>}}
 */
export function nest(fields) {
  /** @type {Record<string, any>} */
  const data = {};
  let act = "";
  const times = new Map();
  for (const { name } of fields) times.set(name, (times.get(name) ?? 0) + 1);
  for (const { name, value, type, several } of fields) {
    if (name === "act") act = value;
    if (name === "act" || NOT_SENT.has(name)) continue;
    const list = several || name.endsWith("[]") || times.get(name) > 1;
    const path = name.split(/[[\]]+/).filter(Boolean);
    put(data, path, value === undefined ? MARK : convert(value, type), list);
  }
  return { name: act, data };
}

/**
 * @param {Record<string, any>} data
 * @param {string[]} path
 * @param {unknown} value MARK = an empty list
 * @param {boolean} list
 */
function put(data, path, value, list) {
  const last = path[path.length - 1];
  if (last === undefined || value === undefined || path.includes("__proto__")) return;
  let place = data;
  for (const key of path.slice(0, -1)) place = place[key] ??= {};
  if (!list) place[last] = value;
  else place[last] = [...(place[last] ?? []), ...(value === MARK ? [] : [value])];
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} [button] the one that was pressed
 */
export function readForm(form, button = null) {
  /** @type {Field[]} */
  const fields = [];
  const boxes = new Map();
  const elements = /** @type {HTMLInputElement[]} */ ([...form.elements]);
  for (const { type, name } of elements) if (type === "checkbox") boxes.set(name, (boxes.get(name) ?? 0) + 1);
  for (const element of elements) fields.push(...readField(element, button, boxes.get(element.name) > 1));
  return nest(fields);
}

/**
 * @param {HTMLInputElement} element or any other control
 * @param {HTMLElement | null} button
 * @param {boolean} several
 * @returns {Field[]}
 */
function readField(element, button, several) {
  const { name, type, value } = element;
  const kind = element.dataset.type;
  if (!name || element.disabled || type === "file") return [];
  if (type === "submit" || type === "button" || element.localName === "button") {
    return element === button && value ? [{ name, value, type: kind }] : [];
  }
  if (type === "checkbox" && kind === "bool") return [{ name, value: element.checked ? "true" : "", type: kind }];
  if (type === "checkbox" && several) {
    return [{ name, value: element.checked ? value : /** @type {any} */ (undefined), type: kind, several }];
  }
  if ((type === "checkbox" || type === "radio") && !element.checked) return [];
  if (type === "select-multiple") {
    const options = /** @type {HTMLSelectElement} */ (/** @type {unknown} */ (element)).selectedOptions;
    return Array.from(options, (option) => ({ name, value: option.value, type: kind, several: true }));
  }
  return [{ name, value, type: kind }];
}
