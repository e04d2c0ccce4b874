/** French sentences of the editor. The page may carry others in `#words`, as everywhere (lib/words.js). */
import { say } from "../words.js";

/** @type {Record<string, string>} */
const DEFAULTS = {
  opening: "Ouverture du texte…",
  saved: "Enregistré",
  saved_at: "Enregistré à {time}",
  saving: "Enregistrement…",
  kept: "Pas encore enregistré, votre texte est gardé sur cet appareil",
  loose: "Pas encore enregistré, et cet appareil refuse de garder le texte\u00a0: laissez cette page ouverte",
  reading: "Vous lisez seulement. {why}",
  stopped: "Ce que vous avez écrit n’est pas enregistré. {why} Votre texte est gardé ici\u00a0: copiez-le.",
  copy_text: "Copier mon texte",
  text_copied: "Texte copié.",
  copy_by_hand: "La copie est refusée par ce navigateur\u00a0: le texte est sélectionné, copiez-le.",
  empty_parts_one: "1 partie encore vide",
  empty_parts_many: "{count} parties encore vides",
  empty_parts_short_one: "1 partie vide",
  empty_parts_short_many: "{count} parties vides",
  text_of: "Texte de la partie {number} {heading}",
  you: "vous",
  writes_here: "écrit ici",
  writes_in: "{names} écrit dans cette partie.",
  write_in: "{names} écrivent dans cette partie.",
  alone: "Vous êtes seul ou seule sur ce texte.",
  who_is_here: "Ici en ce moment\u00a0: {names}.",
  person_in: "{name} (partie {number})",
  from_vote: "Repris du vote, non modifiable",
  from_cards: "Repris des cartes, non modifiable",
  from_app: "Repris de la séance, non modifiable",
  was_from: "Repris de la séance, puis modifié par vous",
  edit_block: "Modifier ce texte",
  block_is_yours: "Ce texte est maintenant le vôtre. Les citations restent.",
  block_locked: "Ce passage est repris de la séance. « Modifier ce texte » le rend libre.",
  margin_vote: "vote",
  margin_cards: "cartes",
  margin_app: "séance",
  write_here: "Écrire ici",
  write_under: "Écrire dessous",
  edit_table: "Modifier le tableau",
  figure: "Figure",
  figure_shown: "Elle est dessinée dans l’aperçu, avec son tableau de données.",
  source_named: "source {ref}",
  source_withdrawn: "retirée",
  source_hidden: "non montrée",
  source_unknown: "introuvable",
  task_done: "Fait",
  cite_where: "Placez d’abord le curseur dans une partie, puis citez.",
  cited_now: "{ref} citée dans {number}.",
  cited_in: "Citée dans {where}",
  not_cited: "Pas encore citée",
  uncited: "Non citées {count}",
  none_left: "Aucune source ne correspond.",
  uncited_left_one: "1 source non citée",
  uncited_left_many: "{count} sources non citées",
  section_removed: "La partie « {heading} » a été retirée par une autre personne. Vos mots sont gardés ici.",
  restore_section: "Remettre cette partie",
  not_empty: "Cette partie contient du texte. Déplacez-le ou effacez-le, puis retirez la partie.",
  rename: "Renommer cette partie",
  new_section: "Titre de la nouvelle partie",
  document_title: "Titre du document",
  after_section: "après {heading}",
  removed: "La partie « {heading} » est retirée. « Annuler » la remet.",
  close: "Fermer",
  moved_to: "« {heading} » est maintenant la partie {number}.",
  moved_plain: "« {heading} » est déplacée.",
  cell: "Ligne {row}, colonne {column}",
  head_cell: "Titre de la colonne {column}",
  remove_row: "Retirer la ligne {row}",
  remove_column: "Retirer la colonne {column}",
  bad_address: "Une adresse commence par https:// ou par mailto:",
  nothing_to_undo: "Rien à annuler.",
  flag_withdrawn: "{ref} a été retirée par la personne qui l’a écrite.",
  flag_hidden: "{ref} n’est plus montrée.",
  flag_reworded: "{ref} a été reformulée\u00a0: la citation n’en reprend plus les mots.",
  flag_vote_gap: "Écart avec le vote {ref}\u00a0: un nombre n’y figure pas.",
  flag_unknown: "{ref} n’existe pas dans cette séance.",
  differences_one: "La séance dit autre chose que le texte en 1 endroit.",
  differences_many: "La séance dit autre chose que le texte en {count} endroits.",
  see_differences: "Voir les différences, les prendre ou garder vos mots",
  pages_unseen: "Le réseau manque\u00a0: les signalements reviendront avec lui.",
};

/**
 * @param {string} key
 * @param {Record<string, string | number>} [params]
 * @returns {string}
 */
export function word(key, params = {}) {
  const said = say(key, params);
  if (said !== key) return said;
  return (DEFAULTS[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(params[name] ?? whole));
}

/** @param {string} key stem of a `_one` / `_many` pair @param {number} count */
export const wordCount = (key, count) => word(`${key}_${count < 2 ? "one" : "many"}`, { count });
