"""A nickname for the evening, drawn once and kept (D-12): a plant, a bird or a tool, and a friendly adjective."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256

# fmt: off
MASCULINE = (
    "Bouvreuil", "Chardonneret", "Rossignol", "Martinet", "Héron", "Pinson", "Loriot", "Roitelet",
    "Verdier", "Genêt", "Tilleul", "Noisetier", "Bleuet", "Houblon", "Lierre", "Saule", "Érable",
    "Cerisier", "Compas", "Rabot", "Maillet", "Établi", "Sécateur", "Arrosoir",
)
FEMININE = (
    "Mésange", "Fauvette", "Alouette", "Hirondelle", "Bergeronnette", "Sittelle", "Huppe", "Bruyère",
    "Fougère", "Jonquille", "Primevère", "Pervenche", "Campanule", "Bourrache", "Sauge", "Verveine",
    "Luzerne", "Boussole", "Truelle", "Équerre", "Brouette", "Navette", "Lanterne", "Serpette",
)
# fmt: on
ADJECTIVES = (
    ("patient", "patiente"),
    ("tranquille", "tranquille"),
    ("alerte", "alerte"),
    ("discret", "discrète"),
    ("fidèle", "fidèle"),
    ("matinal", "matinale"),
    ("songeur", "songeuse"),
    ("franc", "franche"),
    ("habile", "habile"),
    ("curieux", "curieuse"),
    ("agile", "agile"),
    ("paisible", "paisible"),
    ("sincère", "sincère"),
    ("joyeux", "joyeuse"),
    ("constant", "constante"),
    ("prudent", "prudente"),
    ("voyageur", "voyageuse"),
    ("doré", "dorée"),
    ("argenté", "argentée"),
    ("léger", "légère"),
    ("malicieux", "malicieuse"),
    ("généreux", "généreuse"),
    ("attentif", "attentive"),
    ("solide", "solide"),
)
PSEUDONYMS = tuple(
    f"{noun} {forms[gender]}"
    for gender, nouns in enumerate((MASCULINE, FEMININE))
    for noun in nouns
    for forms in ADJECTIVES
)


def draw_pseudonym(lot: str, taken: Collection[str]) -> str:
    """Return a nickname that nobody bears in the séance: always the same for the same `lot` and the same `taken`.

    Beyond the 1,152 there are, a number follows.
    """
    start = int.from_bytes(sha256(lot.encode()).digest()[:8], "big") % len(PSEUDONYMS)
    turn = 1
    while True:
        suffix = f" {turn}" if turn > 1 else ""
        for step in range(len(PSEUDONYMS)):
            candidate = PSEUDONYMS[(start + step) % len(PSEUDONYMS)] + suffix
            if candidate not in taken:
                return candidate
        turn += 1
