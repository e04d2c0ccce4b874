"""The fonts of paper, by their families: ours, then Noto Sans, then one for each script (scripts/print_fonts.mjs).

Typst looks for a letter in all of them. In a drawing it stays with the one that it was given, and leaves a blank: there, a
label is told its font. All of Noto Sans have Latin letters, so that one font is enough for « Rue الحي », and accents stand right.
"""

from __future__ import annotations

from itertools import groupby
from unicodedata import combining

TEXT, WHOLE, EMOJI = "Atkinson Hyperlegible Next", "Noto Sans", "Noto Emoji"
SIGNS, MARKS = "Libertinus Serif", "DejaVu Sans Mono"  # Typst carries them
# What the text face has, by first and last character (scripts/print_fonts.mjs).
LETTERS = (
    (0x20, 0xAC), (0xAE, 0xB4), (0xB6, 0xFF), (0x102, 0x102), (0x131, 0x131), (0x152, 0x153), (0x2C6, 0x2C6), (0x2DA, 0x2DA),
    (0x2DC, 0x2DC), (0x2009, 0x2009), (0x2013, 0x2014), (0x2018, 0x201A), (0x201C, 0x201E), (0x2022, 0x2022), (0x2026, 0x2026),
    (0x2039, 0x203A), (0x2044, 0x2044), (0x20AC, 0x20AC), (0x2122, 0x2122), (0x2212, 0x2212), (0x2215, 0x2215),
)  # fmt: skip
# First and last character, family, of what Noto Sans has not.
BLOCKS = (
    (0x0530, 0x058F, "Noto Sans Armenian"), (0x0590, 0x05FF, "Noto Sans Hebrew"), (0x0600, 0x06FF, "Noto Sans Arabic"),
    (0x0750, 0x077F, "Noto Sans Arabic"), (0x07C0, 0x07FF, "Noto Sans NKo"), (0x08A0, 0x08FF, "Noto Sans Arabic"),
    (0x0980, 0x09FF, "Noto Sans Bengali"), (0x0B80, 0x0BFF, "Noto Sans Tamil"), (0x0D80, 0x0DFF, "Noto Sans Sinhala"),
    (0x0E00, 0x0E7F, "Noto Sans Thai"), (0x0E80, 0x0EFF, "Noto Sans Lao"), (0x10A0, 0x10FF, "Noto Sans Georgian"),
    (0x1200, 0x139F, "Noto Sans Ethiopic"), (0x1780, 0x17FF, "Noto Sans Khmer"), (0x2190, 0x25FF, SIGNS), (0x2600, 0x26FF, EMOJI),
    (0x2700, 0x27BF, MARKS), (0x2D30, 0x2D7F, "Noto Sans Tifinagh"), (0xFB1D, 0xFB4F, "Noto Sans Hebrew"),
    (0xFB50, 0xFDFF, "Noto Sans Arabic"), (0xFE70, 0xFEFF, "Noto Sans Arabic"), (0x1F000, 0x1FAFF, EMOJI),
)  # fmt: skip
RARE = 0x180  # from here on, not every Noto Sans has a Latin letter
JOINERS = " \u00a0\u200d\ufe0f"
FONTS = (
    TEXT,
    WHOLE,
    *sorted({family for *_, family in BLOCKS if family.startswith(WHOLE)}),
    SIGNS,
    EMOJI,
)


def runs(text: str) -> list[tuple[str, str]]:
    """Cut a label into (family, letters): one run as long as one font has it all, else one for each change of letters."""
    found = [WHOLE if combining(character) else _family(character) for character in text]
    others = set(found) - {TEXT, WHOLE}
    if not others:
        return [(WHOLE if WHOLE in found else TEXT, text)]
    rare = any(
        family == WHOLE and ord(c) >= RARE and not combining(c) for family, c in zip(found, text, strict=True)
    )
    if len(others) == 1 and min(others).startswith(WHOLE) and not rare:
        return [(min(others), text)]
    pairs = groupby(zip(_joined(text, found), text, strict=True), key=lambda pair: pair[0])
    return [(family, "".join(letter for _, letter in letters)) for family, letters in pairs]


def _joined(text: str, families: list[str]) -> list[str]:
    """Return the families where an accent is set with the letter that bears it, and a blank with what is before it."""
    made = list(families)
    for place in range(1, len(text)):
        if combining(text[place]) and made[place - 1] == TEXT:
            made[place - 1] = WHOLE
        if combining(text[place]) or text[place] in JOINERS:
            made[place] = made[place - 1]
    return made


def _family(character: str) -> str:
    code = ord(character)
    if any(first <= code <= last for first, last in LETTERS):
        return TEXT
    return next((family for first, last, family in BLOCKS if first <= code <= last), WHOLE)
