"""The templates that a new séance may start from."""

from __future__ import annotations

from collections.abc import Mapping

from atelier.later import N_
from atelier.workshops.templates_chantier import CHANTIER_EVENING
from atelier.workshops.templates_decide import DECIDING
from atelier.workshops.templates_exchange import EXCHANGE_DAY
from atelier.workshops.templates_explore import EXPLORING
from atelier.workshops.templates_propose import PROPOSING
from atelier.workshops.templates_shape import Template

BLANK = Template(
    key="blank",
    kind="blank",
    label=N_("Séance vide"),
    about=N_("Un déroulé vide, que vous remplissez séquence par séquence."),
    title="Nouvelle séance",
)
TEMPLATES: Mapping[str, Template] = {
    template.key: template
    for template in (CHANTIER_EVENING, EXPLORING, PROPOSING, DECIDING, EXCHANGE_DAY, BLANK)
}
