/**
 * A real Yjs client, written from docs/protocol.md §12 alone: nothing of the product is imported.
 *
 * `saved` is what the page may call « enregistré »: nothing typed here waits for an acknowledgement.
 */
import { io } from "socket.io-client";
import * as Y from "yjs";

const PART_BYTES = 48 * 1024;
const ANSWER_LIMIT_MS = 5_000;
const RETRYABLE = new Set(["busy", "storage", "fault"]);

export class DocumentClient {
  constructor({ url, document, token, transport = "websocket", doc = new Y.Doc(), log = () => {} }) {
    this.doc = doc;
    this.document = document;
    this.answer = null;
    this.refusals = [];
    this.closed = null;
    this.phases = [];
    this.numbers = [];
    this.changes = 0; // made here
    this.acknowledged = 0; // of them, stored by the server
    this.onAcknowledged = () => {};
    this.log = log;
    this.ready = false;
    this.sending = false;
    this.waiting = [];
    this.awareness = [];
    this.socket = io(`${url}/minutes`, {
      auth: { token },
      transports: [transport],
      forceNew: true,
      reconnectionDelay: 50,
      reconnectionDelayMax: 300,
      timeout: ANSWER_LIMIT_MS,
    });
    this.socket.on("connect", () => this.open());
    this.socket.on("disconnect", () => (this.ready = false));
    this.socket.on("update", (data) => {
      this.numbers.push(data.number);
      Y.applyUpdate(this.doc, bytes(data.update), "server");
    });
    this.socket.on("awareness", (data) => this.awareness.push(bytes(data.update)));
    this.socket.on("phase", (data) => this.phases.push(data));
    this.socket.on("closed", (data) => {
      this.closed = data;
      this.ready = false;
    });
    this.doc.on("update", (update, origin) => {
      if (origin === "server") return;
      this.changes += 1;
      this.waiting.push(update);
      this.flush();
    });
  }

  get saved() {
    return this.acknowledged === this.changes;
  }

  text(section) {
    return this.doc.getMap("sections").get(section)?.get("body");
  }

  async ask(event, data) {
    return await this.socket.timeout(ANSWER_LIMIT_MS).emitWithAck(event, data);
  }

  async open() {
    this.ready = false;
    try {
      const vector = Y.encodeStateVector(this.doc);
      const answer = await this.ask("open", { document: this.document, client: this.doc.clientID, vector });
      this.answer = answer;
      if (!answer.ok) {
        this.refusals.push(answer.code);
        return;
      }
      const pieces = [bytes(answer.update)];
      for (let part = 2; part <= answer.parts; part += 1) {
        pieces.push(bytes((await this.ask("part", { part })).update));
      }
      Y.applyUpdate(this.doc, joined(pieces), "server");
      this.ready = true;
      this.waiting = this.saved ? [] : [Y.encodeStateAsUpdate(this.doc, bytes(answer.vector))];
    } catch (error) {
      this.log(`open: ${error}`);
      if (this.socket.connected) this.socket.disconnect().connect();
    }
    this.flush();
  }

  async flush() {
    if (this.sending || !this.ready || this.waiting.length === 0) return;
    this.sending = true;
    const upTo = this.changes;
    const update = this.waiting.length === 1 ? this.waiting[0] : Y.mergeUpdates(this.waiting);
    this.waiting = [];
    let again = false;
    try {
      const answer = await this.send(update);
      if (answer.ok) {
        this.acknowledged = Math.max(this.acknowledged, upTo);
        this.onAcknowledged();
      } else {
        this.refusals.push(answer.code);
        if (answer.code === "resync") {
          this.waiting = [Y.encodeStateAsUpdate(this.doc, bytes(answer.vector))];
        } else if (RETRYABLE.has(answer.code)) {
          this.waiting.unshift(update);
          again = true;
        } else if (answer.code === "open_first") {
          this.sending = false;
          return this.open();
        } else {
          this.ready = false; // final: the words stay here
        }
      }
    } catch (error) {
      this.log(`update: ${error}`);
      this.sending = false; // no answer: the next opening sends what the server lacks
      if (this.socket.connected) return this.open();
      return;
    }
    this.sending = false;
    if (again) setTimeout(() => this.flush(), 200);
    else this.flush();
  }

  async send(update) {
    const id = `s${Math.random().toString(36).slice(2).padEnd(12, "0")}`;
    const clock = Y.getState(this.doc.store, this.doc.clientID);
    const parts = Math.max(1, Math.ceil(update.length / PART_BYTES));
    let answer;
    for (let part = 1; part <= parts; part += 1) {
      const piece = update.slice((part - 1) * PART_BYTES, part * PART_BYTES);
      answer = await this.ask("update", { id, client: this.doc.clientID, clock, part, parts, update: piece });
      if (!answer.ok) return answer;
    }
    return answer;
  }

  close() {
    this.socket.disconnect();
  }
}

/** What an observer of the wire sees: bodies of all sections, in the document's own order. */
export function markdown(doc) {
  const sections = [...doc.getMap("sections").entries()].map(([key, section]) => ({
    key,
    order: section.get("order"),
    annex: section.get("annex") === true,
    body: section.get("body").toString(),
  }));
  sections.sort((a, b) => a.annex - b.annex || compare(a.order, b.order) || compare(a.key, b.key));
  return sections.map(({ key, body }) => [key, body]);
}

export function bytes(value) {
  return value instanceof Uint8Array ? value : new Uint8Array(value);
}

function joined(pieces) {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}
