import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { NOW_MS, openPhone } from "./phone.mjs"; // first: it makes the page that elements extend
import { digits, stage } from "../../static/js/elements/time-left.js";
import { Announcer } from "../../static/js/lib/announce.js";
import { hourText, milliseconds } from "../../static/js/lib/clock.js";

test("digits_and_stages_of_a_timer", () => {
  assert.deepEqual([0, 5, 65, 760, 3_900].map(digits), ["0:00", "0:05", "1:05", "12:40", "1:05:00"]);
  assert.deepEqual([361, 360, 91, 90, 0, -1].map((left) => stage(left, 1_800)), ["", "is-low", "is-low", "is-last", "is-last", "is-over"]);
  assert.equal(stage(3, 0), "");
});

test("time_left_follows_the_room_and_goes_beyond_the_end", () => {
  const { page } = openPhone(() => null);
  page.body.insertAdjacentHTML("beforeend", '<time-left ends-at="2026-10-13T18:04:10Z" duration="100"></time-left>');
  const timer = page.querySelector("time-left");
  assert.equal(timer.textContent, "0:10");
  assert.equal(timer.classList.contains("is-low"), true);
  mock.timers.tick(90_000);
  assert.equal(timer.textContent, "+\u00a01:20");
  assert.equal(timer.classList.contains("is-over"), true);
  timer.setAttribute("remaining", "700");
  timer.setAttribute("paused", "");
  assert.equal(timer.textContent, "11:40");
  assert.deepEqual([...timer.classList], ["is-paused"]);
});

test("announcements_are_said_together_and_at_most_every_five_seconds", () => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: NOW_MS });
  const region = { textContent: "" };
  const announcer = new Announcer(region, null);
  announcer.polite("Nouvelle question.");
  announcer.polite("Il reste 5 minutes.", "time");
  assert.equal(region.textContent, "");
  mock.timers.tick(300);
  assert.equal(region.textContent, "Nouvelle question. Il reste 5 minutes.");
  announcer.polite("Il reste 1 minute.", "time");
  announcer.polite("Il reste 30 secondes.", "time");
  mock.timers.tick(4_999);
  assert.equal(region.textContent, "Nouvelle question. Il reste 5 minutes.");
  mock.timers.tick(1);
  assert.equal(region.textContent, "Il reste 30 secondes.");
});

test("moments_are_read_in_every_form_and_told_in_the_hour_of_the_room", () => {
  assert.equal(milliseconds("2026-10-13T18:04:00.000Z"), NOW_MS);
  assert.equal(milliseconds(NOW_MS), NOW_MS);
  assert.equal(milliseconds(NOW_MS / 1000), NOW_MS);
  assert.equal(milliseconds("n'importe quoi"), null);
  assert.equal(milliseconds(undefined), null);
  assert.equal(hourText(NOW_MS), "20\u00a0h\u00a004");
  assert.equal(hourText(NOW_MS, "Indian/Reunion"), "22\u00a0h\u00a004");
});