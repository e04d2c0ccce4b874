/**
 * Where the outbox and the last screen are kept on this device: IndexedDB, else localStorage (private browsing of some
 * browsers), else memory, which a reload empties.
 */
import { openDB } from "../../vendor/idb.js";

const DATABASE = "atelier";
const DATABASE_VERSION = 1;
const ENTRIES = "outbox";
const SCREENS = "screens";
const OPEN_TIMEOUT_MS = 2_000; // some browsers never answer after a crash
const PREFIX = "atelier.outbox.";

/**
 * @typedef {import("./outbox.js").Entry} Entry
 * @typedef {{session: string, html: string, head: number | null, epoch: string | null, me: object | null, offset: number | null}} Screen
 * @typedef {import("./outbox.js").Store & {keepScreen: (screen: Screen) => Promise<void>,
 *   lastScreen: (session: string) => Promise<Screen | null>}} DeviceStore
 */

/** @returns {Promise<DeviceStore>} */
async function inDatabase() {
  const database = await Promise.race([
    openDB(DATABASE, DATABASE_VERSION, {
      upgrade(fresh) {
        fresh.createObjectStore(ENTRIES, { keyPath: "id" }).createIndex("session", "session");
        fresh.createObjectStore(SCREENS, { keyPath: "session" });
      },
    }),
    new Promise((_, fail) => setTimeout(() => fail(new Error("no database")), OPEN_TIMEOUT_MS)),
  ]);
  return {
    durable: true,
    all: (session) => database.getAllFromIndex(ENTRIES, "session", session),
    put: async (entry) => void (await database.put(ENTRIES, entry)),
    remove: (id) => database.delete(ENTRIES, id),
    keepScreen: async (screen) => void (await database.put(SCREENS, screen)),
    lastScreen: async (session) => (await database.get(SCREENS, session)) ?? null,
  };
}

/**
 * @param {Storage} storage
 * @returns {DeviceStore}
 */
export function inStorage(storage) {
  storage.setItem(`${PREFIX}probe`, "1");
  storage.removeItem(`${PREFIX}probe`);
  const keys = () => Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? "");
  return {
    durable: true,
    all: async (session) =>
      keys()
        .filter((key) => key.startsWith(PREFIX))
        .map((key) => JSON.parse(storage.getItem(key) ?? "null"))
        .filter((entry) => entry?.session === session),
    put: async (entry) => storage.setItem(PREFIX + entry.id, JSON.stringify(entry)),
    remove: async (id) => storage.removeItem(PREFIX + id),
    keepScreen: async () => {}, // no service worker there either
    lastScreen: async () => null,
  };
}

/** @returns {DeviceStore} */
export function inMemory() {
  /** @type {Map<string, Entry>} */
  const entries = new Map();
  return {
    durable: false,
    all: async (session) => [...entries.values()].filter((entry) => entry.session === session),
    put: async (entry) => void entries.set(entry.id, entry),
    remove: async (id) => void entries.delete(id),
    keepScreen: async () => {},
    lastScreen: async () => null,
  };
}

/** @returns {Promise<DeviceStore>} */
export async function openStore() {
  try {
    return await inDatabase();
  } catch {
    try {
      return inStorage(localStorage);
    } catch {
      return inMemory();
    }
  }
}
