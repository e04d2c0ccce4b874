"""Words of the codes that results, cards and the room carry, for whatever writes them as text.

The drawings have the same words, with their colours, in templates/charts/_words.html: a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping

from atelier.later import N_

AGREEMENT: Mapping[str, str] = {
    "consensus": N_("consensus"), "broad_agreement": N_("large accord"), "rather_favourable": N_("plutôt favorable"),
    "divided": N_("partagé"), "no_majority": N_("sans majorité"), "minority": N_("minoritaire"), "rejected": N_("rejeté"),
}  # fmt: skip
LEVELS = (N_("pour"), N_("plutôt pour"), N_("neutre"), N_("plutôt contre"), N_("contre"))
KANER = (
    N_("adhère pleinement"), N_("d'accord avec un bémol"), N_("soutient avec réserve"), N_("s'abstient"),
    N_("besoin de discuter"), N_("n'aime pas, ne bloque pas"), N_("désaccord sérieux"), N_("veto"),
)  # fmt: skip
GRADES: Mapping[str, str] = {
    "excellent": N_("Excellent"), "very_good": N_("Très bien"), "good": N_("Bien"), "fairly_good": N_("Assez bien"),
    "passable": N_("Passable"), "insufficient": N_("Insuffisant"), "to_reject": N_("À rejeter"),
}  # fmt: skip
FINGERS = (
    N_("temps perdu"), N_("utile, sans valoir le temps passé"), N_("équilibre"), N_("gagné plus que le temps passé"),
    N_("très au-delà"),
)  # fmt: skip
FLAGS: Mapping[str, str] = {
    "no_valid_ballot": N_("Aucun bulletin exprimé : pas de classement."),
    "blank_ge_winner": N_(
        "Il y a au moins autant de bulletins blancs que de voix pour la première proposition."
    ),
    "indicative": N_("Plus de bulletins que de personnes : résultat indicatif."),
    "quorum_not_reached": N_("Quorum non atteint : résultat indicatif."),
    "tied_first": N_("Égalité à la première place."),
    "absolute_majority": N_("Majorité absolue : plus de la moitié des bulletins exprimés."),
    "relative_majority": N_("Majorité relative : en tête, sans dépasser la moitié des bulletins exprimés."),
    "split": N_("Avis clivés : des réponses nombreuses aux deux bouts de l'échelle."),
    "missing_grades": N_("Sans mention donnée, la proposition a reçu « À rejeter »."),
}
METHODS: Mapping[str, str] = {
    "dot_vote": N_("Vote aux gommettes"), "choice": N_("Choix"), "scale": N_("Échelle"),
    "gradients": N_("Degré d'accord"), "majority_judgment": N_("Jugement majoritaire"),
    "consent": N_("Consentement"), "check_in": N_("Météo"), "roti": N_("Retour sur le temps investi"),
}  # fmt: skip

CHANNELS: Mapping[str, str] = {
    "paper": N_("papier"), "oral": N_("oral"), "sms": N_("SMS"), "shared": N_("téléphone de table"), "online": N_("en ligne"),
}  # fmt: skip
MOTIVES: Mapping[str, str] = {
    "attack": N_("vise une personne"), "hate": N_("propos haineux"), "third_party_data": N_("données d'une autre personne"),
    "off_topic": N_("hors sujet"), "duplicate": N_("doublon"), "other": N_("autre motif"),
}  # fmt: skip

MEASURES: Mapping[str, str] = {
    "dots": N_("gommettes"), "people": N_("personnes"), "percent": N_("% des exprimés"), "median": N_("médiane"),
    "favourable": N_("favorables"), "unfavourable": N_("opposés"), "neutral": N_("neutres"), "label": N_("accord"),
    "grade_code": N_("mention"), "expressed": N_("réponses"), "counts": N_("réponses, degré par degré"),
}  # fmt: skip
