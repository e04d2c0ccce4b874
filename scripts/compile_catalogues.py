"""Compile the gettext catalogues: locale/<language>/LC_MESSAGES/*.po to .mo, beside them."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po


def compile_catalogues(locale: Path) -> list[Path]:
    """Compile every catalogue under `locale`; entries marked fuzzy stay in the source language."""
    compiled = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parts[-3])
        target = source.with_suffix(".mo")
        draft = target.with_suffix(".mo.draft")
        with draft.open("wb") as file:
            write_mo(file, catalogue)
        draft.replace(target)  # a server that starts meanwhile reads the whole catalogue or the former one
        compiled.append(target)
    return compiled


if __name__ == "__main__":
    compile_catalogues(Path(__file__).resolve().parent.parent / "locale")
