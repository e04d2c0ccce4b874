/**
 * Acts of the desk that come from a gesture rather than a form: now, or a sentence that says nothing left.
 */
import { house } from "../lib/house.js";
import { say } from "../lib/words.js";

/**
 * @param {string} name
 * @param {object} data
 * @returns {Promise<boolean>} whether the server took it
 */
export async function sendNow(name, data) {
  const answer = await house.delivery.direct(name, data);
  const place = document.getElementById("desk-failure");
  const sentence = answer?.ok ? "" : (answer?.message ?? say("direct_failed"));
  if (place) {
    place.textContent = sentence;
    place.hidden = sentence === "";
  }
  if (sentence) house.announcer.alert(sentence);
  return answer?.ok === true;
}
