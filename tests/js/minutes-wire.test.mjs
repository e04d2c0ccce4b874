import assert from "node:assert/strict";
import { test } from "node:test";
import { AT, DocumentServer, page, turn, until, writing } from "./documents.mjs";
import { DEVICE } from "../../static/js/lib/minutes/wire.js";
import { applyUpdate, encodeStateAsUpdate } from "../../static/js/lib/yjs.js";

const type = ({ shared }, text, at = 0) => shared.section("a").body.insert(at, text);

test("what is typed is not saved before the server's acknowledgement, and is after it", async () => {
  const server = new DocumentServer();
  const odile = await writing(server);
  assert.equal(odile.wire.dirty, false);
  type(odile, "Forces");
  assert.equal(odile.wire.dirty, true);
  await until(() => !odile.wire.dirty);
  assert.equal(odile.wire.savedAt, Date.parse(AT));
  assert.equal(server.text(), "Forces");
});

test("what is typed while an update is on its way is acknowledged too before it is saved", async () => {
  const server = new DocumentServer();
  const odile = await writing(server);
  type(odile, "F");
  type(odile, "o", 1);
  type(odile, "r", 2);
  const seen = [];
  odile.wire.addEventListener("change", () => seen.push([odile.wire.dirty, server.text()]));
  await until(() => !odile.wire.dirty);
  assert.deepEqual(seen.filter(([dirty]) => !dirty), [[false, "For"]]);
  assert.equal(server.asked.filter(({ name }) => name === "update").length, 2);
});

test("an answer that is lost never says saved, and the words arrive once", async () => {
  const server = new DocumentServer();
  const odile = await writing(server);
  odile.socket.mute = true;
  type(odile, "Une fois");
  await turn(5);
  assert.equal(odile.wire.dirty, true);
  odile.socket.cut();
  odile.socket.mute = false;
  odile.socket.connect();
  await until(() => !odile.wire.dirty);
  assert.equal(server.text(), "Une fois");
  assert.equal(odile.text(), "Une fois");
});

test("two people who wrote without network both find the union of the words", async () => {
  const server = new DocumentServer();
  const odile = await writing(server, "Le vote.");
  const karim = await writing(server);
  odile.socket.cut();
  karim.socket.cut();
  type(odile, "é œ 😀 ");
  type(karim, " ’ fin", 8);
  karim.shared.section("a").body.delete(0, 3);
  odile.socket.connect();
  karim.socket.connect();
  await until(() => !odile.wire.dirty && !karim.wire.dirty && odile.text() === karim.text());
  assert.equal(server.text(), "é œ 😀 vote. ’ fin");
  assert.deepEqual([odile.text(), karim.text()], [server.text(), server.text()]);
});

test("words deleted without network are deleted on return though no vector says so", async () => {
  const server = new DocumentServer();
  const odile = await writing(server, "à retirer, à garder");
  odile.socket.cut();
  odile.shared.section("a").body.delete(0, 11);
  odile.socket.connect();
  await until(() => !odile.wire.dirty);
  assert.equal(server.text(), "à garder");
});

test("a refusal to store is never saved, says why, and is tried again", async () => {
  const server = new DocumentServer();
  const odile = await writing(server);
  server.instead = (name) => (name === "update" ? { ok: false, code: "storage", message: "Le disque est plein." } : undefined);
  type(odile, "Forces");
  await until(() => odile.wire.failing);
  assert.deepEqual([odile.wire.dirty, odile.wire.failing, odile.wire.why], [true, true, "Le disque est plein."]);
  server.instead = null;
  await until(() => !odile.wire.dirty);
  assert.deepEqual([odile.wire.dirty, odile.wire.failing, server.text()], [false, false, "Forces"]);
});

test("a server that lacks something before gets the whole again", async () => {
  const server = new DocumentServer();
  const odile = await writing(server);
  let refused = 0;
  server.instead = (name) => (name === "update" && refused++ === 0 ? { ok: false, code: "resync" } : undefined);
  type(odile, "Forces");
  await until(() => !odile.wire.dirty);
  assert.deepEqual([odile.wire.dirty, server.text(), refused], [false, "Forces", 2]);
});

test("a person who may only read is told why, and a revoked one keeps what was not saved", async () => {
  const server = new DocumentServer();
  const odile = await writing(server);
  server.instead = (name) => (name === "update" ? { ok: false, code: "revoked", message: "Votre accès a été repris." } : undefined);
  type(odile, "gardé");
  await until(() => odile.wire.closed);
  assert.deepEqual([odile.wire.writable, odile.wire.closed, odile.wire.dirty, odile.wire.why], [false, true, true, "Votre accès a été repris."]);
  assert.equal(odile.text(), "gardé");
  const reader = new DocumentServer();
  reader.writable = false;
  const late = await writing(reader);
  assert.deepEqual([late.wire.writable, late.wire.why], [false, "Vous lisez seulement."]);
});

test("what an earlier page could not send leaves at the next opening", async () => {
  const server = new DocumentServer();
  const odile = await writing(server, "Début. ");
  odile.socket.cut();
  type(odile, "Hors ligne. ", 7);
  odile.shared.section("a").body.delete(0, 1);
  const kept = encodeStateAsUpdate(odile.shared.doc);
  const again = page(server);
  applyUpdate(again.shared.doc, kept, DEVICE);
  again.wire.takeUp();
  assert.equal(again.wire.dirty, true);
  again.wire.start();
  await until(() => !again.wire.dirty);
  assert.deepEqual([again.wire.dirty, server.text()], [false, "ébut. Hors ligne. "]);
});

test("a long text leaves in parts, each after the former's answer", async () => {
  const server = new DocumentServer();
  const odile = await writing(server);
  type(odile, "x".repeat(100_000));
  await until(() => !odile.wire.dirty);
  assert.equal(server.text().length, 100_000);
  const sent = server.asked.filter(({ name }) => name === "update");
  assert.deepEqual(sent.map(({ part, parts }) => [part, parts]), [[1, 3], [2, 3], [3, 3]]);
  assert.equal(new Set(sent.map(({ id }) => id)).size, 1);
});

test("an update whose number leaves a hole makes the page compare again", async (t) => {
  const server = new DocumentServer();
  const odile = await writing(server);
  const opened = () => server.asked.filter(({ name }) => name === "open").length;
  assert.equal(opened(), 1);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  odile.socket.hear("update", { number: 9, update: encodeStateAsUpdate(server.doc) });
  t.mock.timers.tick(3_001);
  assert.equal(opened(), 2);
});
