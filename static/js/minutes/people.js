/** Who is here, as initials in rings at the top; said aloud only when one asks. */
import { word } from "../lib/minutes/words.js";

const SHOWN = 5;

/** @param {import("../lib/minutes/presence.js").Person[]} people the others @param {HTMLElement} list whose first entry is oneself */
export function drawPeople(people, list) {
  const now = people.map(({ person, name, colour }) => `${person} ${name} ${colour}`).join("\n");
  if (list.dataset.drawn === now) return;
  list.dataset.drawn = now;
  const rings = people.slice(0, SHOWN).map(({ name, colour }) => {
    const ring = document.createElement("li");
    ring.className = `ring is-person-${colour}`;
    ring.title = name;
    const letter = Object.assign(document.createElement("span"), { textContent: [...name][0]?.toUpperCase() ?? "" });
    letter.setAttribute("aria-hidden", "true");
    ring.append(letter, Object.assign(document.createElement("span"), { className: "visually-hidden", textContent: name }));
    return ring;
  });
  if (people.length > SHOWN) rings.push(Object.assign(document.createElement("li"), { className: "ring", textContent: `+${people.length - SHOWN}` }));
  list.replaceChildren(...[...list.children].slice(0, 1), ...rings);
}

/**
 * @param {import("../lib/minutes/presence.js").Person[]} people
 * @param {(key: string) => string} numberOf a section
 * @returns {string}
 */
export function whoIsHere(people, numberOf) {
  if (people.length === 0) return word("alone");
  const names = people.map(({ name, section }) => (numberOf(section) ? word("person_in", { name, number: numberOf(section) }) : name));
  return word("who_is_here", { names: names.join(", ") });
}
