"""What the demonstration's installation says of itself: invented, and said to be so on every page that shows it (D-22)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

FICHE: Mapping[str, Any] = {
    "controller": "Association Les Quatre-Vents (exemple fictif), 1 place de l'Exemple.",
    "purpose": "Faire vivre des séances de démocratie participative et en rendre compte aux personnes présentes."
    " Base légale : consentement. Exemple fictif : à remplacer avant toute vraie séance.",
    "dpo_contact": "donnees@atelier.example (adresse fictive)",
    "recourse": "Vous pouvez demander à voir, corriger ou effacer ce que vous avez écrit, puis saisir la CNIL."
    " Exemple fictif.",
    "publisher": "Association Les Quatre-Vents (exemple fictif), sa présidence.",
    "host": "Cet ordinateur (exemple fictif).",
    "device_hours": 24,
    "contact_months": 3,
    "name_months": 3,
    "fictional": True,
}
