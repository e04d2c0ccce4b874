/**
 * The line that says where one's words are. « Enregistré » is said on the server's acknowledgement of everything typed, and
 * never before; everything else says where the words are meanwhile.
 */

/**
 * @typedef {"opening" | "saved" | "saving" | "kept" | "loose" | "reading" | "stopped"} SaveName
 * @typedef {object} Facts
 * @property {boolean} opened the server has answered once, or the device had the text
 * @property {boolean} online
 * @property {boolean} writable
 * @property {boolean} dirty something typed has not been acknowledged
 * @property {number} dirtySince ms
 * @property {boolean} kept all that was typed is on this device's disk
 * @property {boolean} durable this device agrees to keep
 * @property {number | null} savedAt ms since 1970, on the server's clock
 * @property {string} why the server's sentence: why one only reads, or why it could not store
 * @property {boolean} failing the server is reached and cannot store
 * @property {number} now ms
 */

export const SAVING_MS = 3_000; // an ordinary acknowledgement takes far less

/**
 * @param {Facts} facts
 * @returns {{state: SaveName, why: string}}
 */
export function saveState(facts) {
  const { opened, online, writable, dirty, dirtySince, kept, durable, why, failing, now } = facts;
  if (!writable && opened) return { state: dirty ? "stopped" : "reading", why };
  if (!dirty) return { state: opened ? "saved" : "opening", why: "" };
  if (online && !failing && now - dirtySince < SAVING_MS) return { state: "saving", why: "" };
  const explained = failing ? why : "";
  if (!durable) return { state: "loose", why: explained };
  return { state: kept ? "kept" : "saving", why: explained };
}
