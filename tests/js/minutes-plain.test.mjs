/* global document */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Window } from "happy-dom";
import { markOf } from "../../static/js/lib/minutes/blocks.js";
import { Presence, colourOf } from "../../static/js/lib/minutes/presence.js";
import { SharedText } from "../../static/js/lib/minutes/shared-text.js";
import { Awareness, applyUpdate, encodeAwarenessUpdate, encodeStateAsUpdate } from "../../static/js/lib/yjs.js";
import { turn } from "./documents.mjs";

const window = new Window();
Object.assign(globalThis, { window, document: window.document, CSS: { supports: () => true }, DOMParser: window.DOMParser });
const { PlainText } = await import("../../static/js/minutes/plain-text.js");

/** A field on the section of a shared text. */
function field(body) {
  const shared = new SharedText();
  const key = shared.add("", { heading: "Contexte", body });
  const done = [];
  const desk = { writable: true, keys: [["Mod-b", "bold"]], act: (name) => done.push(name), refused: () => done.push("refused"), freed() {}, statusOf: () => "", moved() {}, entered() {}, left() {}, step() {} };
  const host = document.createElement("div");
  document.body.append(host);
  const text = shared.section(key).body;
  const view = new PlainText(/** @type {any} */ (host), { key, text, label: "Texte", desk: /** @type {any} */ (desk) });
  const area = host.querySelector("textarea");
  const write = (value, caret = value.length) => {
    area.value = value;
    area.setSelectionRange(caret, caret);
    area.dispatchEvent(new window.Event("input"));
  };
  return { shared, key, text, view, host, area, write, done };
}

test("a field rewritten whole by dictation leaves what another wrote meanwhile", () => {
  const { text, area, write } = field("Le vote est clos.");
  area.focus();
  area.setSelectionRange(8, 8);
  text.insert(17, " Merci."); // somebody else
  assert.equal(area.value, "Le vote est clos. Merci.");
  assert.equal(area.selectionStart, 8);
  write("Le grand vote est clos. Merci.");
  assert.equal(text.toString(), "Le grand vote est clos. Merci.");
});

test("what others write while one composes a word comes after, and nothing is lost", () => {
  const { text, area, write } = field("Début fin");
  area.focus();
  area.dispatchEvent(new window.Event("compositionstart"));
  write("Début e fin", 7);
  text.insert(0, "Hier. "); // somebody else
  assert.equal(area.value, "Début e fin");
  write("Début é fin", 7);
  area.dispatchEvent(new window.Event("compositionend"));
  assert.equal(text.toString(), "Hier. Début é fin");
  assert.equal(area.value, text.toString());
  assert.equal(area.selectionStart, 13);
});

test("a block of the app stands in its frame, and one writes under it in a field of one's own", () => {
  const block = `::: auto V-2 ${markOf("118 **gommettes**")}\n118 **gommettes**\n:::`;
  const { host, text } = field(`${block}\n\n${block.replaceAll("V-2", "V-3")}`);
  assert.deepEqual([...host.querySelectorAll(".machine-body")].map((one) => one.textContent), ["118 gommettes", "118 gommettes"]);
  assert.equal(host.querySelectorAll("textarea").length, 0);
  host.querySelector("button.machine-edit").click();
  const area = host.querySelector("textarea");
  area.value = "Notre avis";
  area.setSelectionRange(10, 10);
  area.dispatchEvent(new window.Event("input"));
  assert.equal(text.toString(), `${block}\n\nNotre avis\n\n${block.replaceAll("V-2", "V-3")}`);
  area.value = "Notre avis.";
  area.setSelectionRange(11, 11);
  area.dispatchEvent(new window.Event("input"));
  assert.equal(text.toString(), `${block}\n\nNotre avis.\n\n${block.replaceAll("V-2", "V-3")}`);
  assert.equal(host.querySelector("textarea"), area);
  text.insert(0, "Avant. \n\n"); // somebody else, before everything
  assert.deepEqual([...host.querySelectorAll("textarea")].map((one) => one.value), ["Avant. ", "Notre avis."]);
});

test("« Modifier ce texte » makes a block a field like the others", () => {
  const block = `::: auto V-2 ${markOf("118 gommettes")}\n118 gommettes\n:::`;
  const { host, text } = field(block);
  host.querySelectorAll("button.machine-edit")[1].click();
  assert.equal(text.toString(), "118 gommettes");
  assert.equal(host.querySelector("textarea").value, "118 gommettes");
});

test("the browser's own undo becomes ours", () => {
  const { area, done } = field("a");
  area.dispatchEvent(new window.InputEvent("beforeinput", { inputType: "historyUndo", cancelable: true }));
  area.dispatchEvent(new window.KeyboardEvent("keydown", { key: "b", ctrlKey: true, cancelable: true }));
  assert.deepEqual(done, ["undo", "bold"]);
});

test("carets follow their words, the server says who they are, and a network that goes takes them away", async () => {
  const { shared, key, text } = field("Les tables 3 et 7");
  const heard = new Map();
  const sent = [];
  const socket = { connected: true, on: (name, act) => heard.set(name, act), emit: (...said) => sent.push(said) };
  const presence = new Presence(/** @type {any} */ (socket), shared.doc);
  presence.at(key, text, 4, 10);
  const there = new SharedText();
  applyUpdate(there.doc, encodeStateAsUpdate(shared.doc));
  const theirs = new Awareness(there.doc);
  const elsewhere = new Presence(/** @type {any} */ ({ connected: false, on() {}, emit() {} }), there.doc);
  elsewhere.at(key, there.section(key).body, 4, 10);
  theirs.setLocalState({ cursor: null, user: { person: "w3", name: "Élise" } });
  heard.get("awareness")({ update: encodeAwarenessUpdate(theirs, [there.doc.clientID]) });
  assert.deepEqual(presence.others.map(({ name, colour }) => [name, colour]), [["Élise", colourOf("w3")]]);
  await turn(250);
  assert.equal(sent[0][0], "awareness");
  presence.forgetOthers();
  assert.deepEqual(presence.others, []);
  for (const one of [theirs, presence, elsewhere]) (one.close ?? one.destroy).call(one);
});

test("a list goes on in the plain field, one key takes its mark away, and composing is left alone", () => {
  const { text, area } = field("- un");
  const press = (inputType, more = {}) => {
    const event = new window.InputEvent("beforeinput", { inputType, cancelable: true, ...more });
    area.dispatchEvent(event);
    return event.defaultPrevented;
  };
  area.focus();
  area.setSelectionRange(4, 4);
  assert.equal(press("insertLineBreak", { isComposing: true }), false);
  assert.equal(press("insertLineBreak"), true);
  assert.equal(area.value, "- un\n- ");
  assert.equal(area.selectionStart, 7);
  assert.equal(press("deleteContentBackward"), true);
  assert.equal(text.toString(), "- un\n");
  assert.equal(press("deleteContentBackward"), false);
});

test("« Modifier le tableau » stands under the field while the caret is in one", () => {
  const { host, area, done } = field("Avant\n\n| a | b |\n| --- | --- |\n| 1 | 2 |");
  const button = host.querySelector(".plain-field > button");
  assert.equal(button.hidden, true);
  area.setSelectionRange(10, 10);
  area.dispatchEvent(new window.Event("keyup"));
  assert.equal(button.hidden, false);
  button.click();
  assert.deepEqual(done, ["table"]);
  area.setSelectionRange(2, 2);
  area.dispatchEvent(new window.Event("click"));
  assert.equal(button.hidden, true);
});

test("what others write on both sides of a word that one composes leaves it whole, the caret after it", () => {
  const { text, area, write } = field("Un café.");
  area.focus();
  area.dispatchEvent(new window.Event("compositionstart"));
  write("Un café. ni");
  text.insert(0, "Hier. "); // somebody else
  text.insert(text.length, " Fin.");
  write("Un café. nihon");
  text.insert(0, "Oui. ");
  write("Un café. 日本");
  area.dispatchEvent(new window.Event("compositionend"));
  assert.equal(text.toString(), "Oui. Hier. Un café. 日本 Fin.");
  assert.equal(area.value, text.toString());
  assert.equal(area.selectionStart, "Oui. Hier. Un café. 日本".length);
});
