/**
 * Several people who type, driven by a test: `node yjs_writers.mjs '{"url": …, "document": 1, "tokens": […], "transports": […]}'`.
 *
 * Every word holds one sign of its own, so that each can be counted. Commands come by lines on the standard input; each is
 * answered by one line of JSON: `status` (what was acknowledged, what was erased on purpose), `settle` (stop typing, wait
 * until everything is acknowledged), `quit`.
 */
import { createInterface } from "node:readline";
import process from "node:process";
import { DocumentClient, markdown } from "./yjs_client.mjs";

const FIRST_SIGN = 0x20000; // of two UTF-16 halves each
const SIGNS_EACH = 8_000;
const NOISE = ["é", "œ", "’", "😀", "e\u0301", " ", "\n", "« »", "a"];
const SETTLE_LIMIT_MS = 60_000;

const job = JSON.parse(process.argv[2]);
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

class Writer {
  constructor(number) {
    this.number = number;
    this.given = 0;
    this.waiting = new Map(); // sign -> the change it came with
    this.acknowledged = [];
    this.erased = [];
    this.client = new DocumentClient({
      url: job.urls[number % job.urls.length],
      document: job.document,
      token: job.tokens[number],
      transport: job.transports[number % job.transports.length],
    });
    this.client.onAcknowledged = () => this.note();
  }

  note() {
    for (const [sign, change] of this.waiting) {
      if (change > this.client.acknowledged) continue;
      this.waiting.delete(sign);
      this.acknowledged.push(sign);
    }
  }

  act() {
    const sections = [...this.client.doc.getMap("sections").keys()];
    if (sections.length === 0 || this.given >= SIGNS_EACH) return;
    const body = this.client.text(pick(sections));
    if (Math.random() < 0.15 && body.length > 20) this.erase(body);
    else this.type(body);
  }

  type(body) {
    const sign = String.fromCodePoint(FIRST_SIGN + this.number * SIGNS_EACH + this.given);
    this.given += 1;
    const at = boundary(body, Math.floor(Math.random() * (body.length + 1)));
    body.insert(at, `${pick(NOISE)}${sign}${pick(NOISE)}`);
    this.waiting.set(sign, this.client.changes);
  }

  erase(body) {
    const start = boundary(body, Math.floor(Math.random() * (body.length - 6)));
    const end = boundary(body, start + 1 + Math.floor(Math.random() * 5));
    const gone = body.toString().slice(start, end);
    body.delete(start, end - start);
    for (const sign of gone) if (sign.codePointAt(0) >= FIRST_SIGN) this.erased.push(sign);
  }

  async run() {
    while (!stopped) {
      this.act();
      await pause(job.pace * (0.5 + Math.random()));
    }
  }
}

/** No place inside a character of two halves: no editor puts one there. */
function boundary(body, at) {
  const text = body.toString();
  const code = text.charCodeAt(at);
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at;
}

function pick(from) {
  return from[Math.floor(Math.random() * from.length)];
}

let stopped = false;
const writers = job.tokens.map((_, number) => new Writer(number));
for (const writer of writers) writer.run();

const COMMANDS = {
  status: async () => report(),
  async settle() {
    stopped = true;
    const limit = Date.now() + SETTLE_LIMIT_MS;
    while (writers.some(({ client }) => !client.saved || !client.ready) && Date.now() < limit) await pause(50);
    await pause(1_500); // a last relay, or the second look of another process
    return { ...report(), texts: writers.map(({ client }) => markdown(client.doc)) };
  },
  async quit() {
    process.exit(0);
  },
};

function report() {
  return {
    acknowledged: writers.flatMap((writer) => writer.acknowledged).join(""),
    erased: writers.flatMap((writer) => writer.erased).join(""),
    given: writers.reduce((sum, writer) => sum + writer.given, 0),
    saved: writers.every(({ client }) => client.saved),
    ready: writers.filter(({ client }) => client.ready).length,
    refusals: writers.flatMap(({ client }) => client.refusals),
  };
}

for await (const line of createInterface({ input: process.stdin })) {
  process.stdout.write(`${JSON.stringify(await COMMANDS[line.trim()]())}\n`);
}
