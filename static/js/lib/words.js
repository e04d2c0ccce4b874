/**
 * French sentences spoken by the scripts. The page carries the translated ones in
 * `<script type="application/json" id="words">{…}</script>`; those below are the defaults and the list of keys.
 * `{name}` is replaced by a parameter; `_one` and `_many` are chosen by `sayCount`.
 */
import { filled, pageWords } from "./page-words.js";

/** @type {Record<string, string>} */
export const DEFAULTS = {
  offline: "Hors connexion. Vos cartes sont gardées ici et partiront au retour du réseau.",
  offline_desk: "Hors connexion. Vos commandes ne partent plus. Nouvel essai en cours.",
  back: "Connexion rétablie.",
  cards_sent_one: "1 carte envoyée.",
  cards_sent_many: "{count} cartes envoyées.",
  acts_sent_one: "1 envoi transmis.",
  acts_sent_many: "{count} envois transmis.",
  server_fault: "Le serveur ne répond pas. Ce que vous avez écrit est gardé\u00a0; nouvel essai dans {seconds} secondes.",
  paused: "En pause. Vos textes sont gardés.",
  on_this_phone: "Sur ce téléphone, pas encore envoyé",
  received: "Reçu",
  received_at: "Reçu à {time}",
  card_on_this_phone: "Sur ce téléphone, pas encore envoyée",
  card_received: "Reçue",
  card_received_at: "Reçue à {time}",
  refused: "Non envoyé. Votre texte est gardé.",
  direct_failed: "Le serveur ne répond pas. Rien n’a été perdu\u00a0; essayez encore.",
  characters_left_one: "Il reste 1 caractère",
  characters_left_many: "Il reste {count} caractères",
  characters_over_one: "1 caractère de trop",
  characters_over_many: "{count} caractères de trop",
  minutes_left_one: "1 min restante",
  minutes_left_many: "{count} min restantes",
  seconds_left: "{count} s restantes",
  time_over: "temps écoulé",
  time_paused: "en pause",
  announce_minutes: "Il reste {count} minutes.",
  announce_minute: "Il reste 1 minute.",
  announce_seconds: "Il reste 30 secondes.",
  announce_vote_seconds: "Le vote ferme dans 30 secondes.",
  announce_over: "Le temps est écoulé.",
  listen: "Écouter",
  stop_listening: "Arrêter la lecture",
  link_copied: "Lien copié.",
};

/**
 * @param {string} key
 * @param {Record<string, string | number>} [params]
 * @returns {string}
 */
export function say(key, params = {}) {
  return filled(pageWords()[key] ?? DEFAULTS[key] ?? key, params);
}

/**
 * @param {string} key stem of a `_one` / `_many` pair
 * @param {number} count
 */
export function sayCount(key, count) {
  return say(`${key}_${count < 2 ? "one" : "many"}`, { count });
}
