/** A server of documents in memory, as docs/protocol.md §12 tells it, and pages that talk with it. */
import { joined } from "../../static/js/lib/minutes/parts.js";
import { SharedText } from "../../static/js/lib/minutes/shared-text.js";
import { TextWire } from "../../static/js/lib/minutes/wire.js";
import { Doc, applyUpdate, encodeStateAsUpdate, encodeStateVector } from "../../static/js/lib/yjs.js";

export const AT = "2015-10-13T20:41:02.120Z";
export const turn = (ms = 0) => new Promise((done) => setTimeout(done, ms));

/** Waits until `look` is true; a slow machine is no failure. @param {() => unknown} look */
export async function until(look, limit = 5_000) {
  for (let waited = 0; !look(); waited += 2) {
    if (waited > limit) throw new Error(`it did not happen: ${look}`);
    await turn(2);
  }
}

export class DocumentServer {
  doc = new Doc();
  sockets = new Set();
  /** @type {((name: string, payload: any) => any) | null} answers instead of the server; undefined lets it through */
  instead = null;
  asked = [];
  number = 0;
  writable = true;

  text(key = "a") {
    return this.doc.getMap("sections").get(key)?.get("body")?.toString();
  }

  answer(socket, name, payload) {
    this.asked.push({ name, ...payload });
    const other = this.instead?.(name, payload);
    if (other !== undefined) return other;
    if (name === "open") return this.open(payload);
    if (name === "update") return this.update(socket, payload);
    return { ok: false, code: "malformed" };
  }

  open({ vector }) {
    return {
      ok: true, role: "writer", person: "w1", name: "Odile", phase: "draft", writable: this.writable, why: this.writable ? "" : "Vous lisez seulement.",
      number: this.number, parts: 1, update: encodeStateAsUpdate(this.doc, vector), vector: encodeStateVector(this.doc), awareness: new Uint8Array(), at: AT,
    };
  }

  update(from, { update: piece, part = 1, parts = 1 }) {
    this.pieces = part === 1 ? [piece] : [...this.pieces, piece];
    if (part < parts) return { ok: true, part };
    const update = joined(this.pieces);
    const before = encodeStateVector(this.doc);
    const tried = new Doc();
    applyUpdate(tried, encodeStateAsUpdate(this.doc));
    applyUpdate(tried, update);
    if (tried.store.pendingStructs) return { ok: false, code: "resync", vector: before };
    applyUpdate(this.doc, update);
    this.number += 1;
    for (const socket of this.sockets) if (socket !== from && socket.connected) socket.hear("update", { number: this.number, update });
    return { ok: true, number: this.number, at: AT };
  }
}

/** A socket whose network is cut and restored by hand; `mute` loses the answers on the way back. */
export class FakeSocket {
  connected = false;
  active = true;
  mute = false;
  #server;
  #heard = new Map();

  constructor(server) {
    this.#server = server;
    server.sockets.add(this);
  }

  on(name, act) {
    this.#heard.set(name, act);
  }

  hear(name, ...got) {
    this.#heard.get(name)?.(...got);
  }

  connect() {
    if (this.connected) return;
    this.connected = true;
    this.hear("connect");
  }

  disconnect() {
    if (!this.connected) return;
    this.connected = false;
    this.hear("disconnect", "io client disconnect");
  }

  cut() {
    this.connected = false;
    this.hear("disconnect", "transport close");
  }

  emit() {}

  timeout() {
    return {
      emitWithAck: async (name, payload) => {
        if (!this.connected) throw new Error("not connected");
        const answer = this.#server.answer(this, name, payload);
        await turn();
        if (this.mute || !this.connected) throw new Error("no answer");
        return answer;
      },
    };
  }
}

/** A page that writes the document of `server`. */
export function page(server, { writable = true } = {}) {
  const shared = new SharedText();
  const socket = new FakeSocket(server);
  const wire = new TextWire(socket, { document: 4, doc: shared.doc, writable });
  return { shared, socket, wire, text: (key = "a") => shared.section(key)?.body.toString() };
}

/** A page online, on a server whose document has one section `a`. */
export async function writing(server, body = "") {
  if (!server.doc.getMap("sections").has("a")) seedSection(server, body);
  const made = page(server);
  made.wire.start();
  await until(() => made.wire.opened);
  return made;
}

export function seedSection(server, body, key = "a") {
  const made = new SharedText();
  applyUpdate(made.doc, encodeStateAsUpdate(server.doc));
  const added = made.add("", { heading: "Contexte", body });
  const map = made.doc.getMap("sections");
  made.doc.transact(() => {
    const { order } = made.section(added);
    map.delete(added);
    const section = new (map.constructor)();
    map.set(key, section);
    for (const [name, value] of Object.entries({ order, level: 2, heading: "Contexte", required: true, hint: "Où, quand", annex: false })) section.set(name, value);
    section.set("body", new (made.doc.getText("x").constructor)(body));
  });
  applyUpdate(server.doc, encodeStateAsUpdate(made.doc));
}
