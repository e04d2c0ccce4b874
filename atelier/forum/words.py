"""Words of the codes that a contribution au forum prints. One place, for its pages and its text."""

from __future__ import annotations

from collections.abc import Mapping

from atelier.later import N_
from atelier.live.result_words import AGREEMENT

LABELS: Mapping[str, str] = {
    **AGREEMENT,
    "weak_signal": N_("signal faible"),
    "not_debated": N_("non débattu"),
}
MOTIVES: Mapping[str, str] = {
    "duplicate": N_("doublon"),
    "off_topic": N_("hors sujet"),
    "not_public": N_("ne relève pas du débat public"),
    "imprecise": N_("trop imprécise"),
    "other": N_("autre motif"),
}
CHANNELS: Mapping[str, str] = {
    "phone": N_("au téléphone"),
    "shared": N_("au téléphone de table"),
    "paper": N_("sur papier"),
    "oral": N_("à l'oral"),
    "sms": N_("par SMS"),
    "online": N_("en ligne"),
}
FATES: Mapping[str, str] = {
    "taken": N_("reprise"),
    "merged": N_("fusionnée"),
    "set_aside": N_("écartée"),
    "left": N_("à traiter"),
}
