/**
 * What the custom elements share, once the page has started. `app.js` fills it before it defines any element;
 * a module of one surface (the desk's board, say) does `import { house } from "./lib/house.js"` and awaits `ready`.
 */

/**
 * @typedef {object} House
 * @property {"phone" | "desk" | "screen"} surface
 * @property {string} session
 * @property {string} timeZone of the séance
 * @property {import("./wire.js").Wire} wire
 * @property {import("./delivery.js").Delivery} delivery
 * @property {import("./outbox.js").Outbox} outbox
 * @property {import("./drafts.js").Drafts} drafts
 * @property {import("./announce.js").Announcer} announcer
 */

/** @type {(house: House) => void} */
let open = () => {};

/** @type {House} */
export const house = /** @type {any} */ ({});

/** @type {Promise<House>} */
export const ready = new Promise((done) => (open = done));

/** @param {House} parts */
export function furnish(parts) {
  Object.assign(house, parts);
  open(house);
}
