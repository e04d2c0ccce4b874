"""Writes the tables of docs/protocol.md (acts and their fields, refusals) from the catalogue itself.

python scripts/protocol_tables.py            tests/unit/live/test_protocol_page.py says when that is needed
"""

from __future__ import annotations

import dataclasses
import inspect
import re
import sys
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from atelier.live import forms  # noqa: E402
from atelier.live.catalogue import RULES, wire_name  # noqa: E402
from atelier.live.desk import RETRYABLE  # noqa: E402
from atelier.live.rules import access_to_activity, card_fit, electorate  # noqa: E402
from atelier.live.wording import PLACEHOLDER, SENTENCES  # noqa: E402
from atelier.people.policy import COMMAND_ACTS, ROLES  # noqa: E402

PAGE = ROOT / "docs" / "protocol.md"
BLOCK = re.compile(r"(<!-- (\w+): made by scripts/protocol_tables.py -->\n).*?(<!-- end -->)", re.DOTALL)
REFUSES = re.compile(r"(?:Refuses|Refusals?)(?:, beside[^:]*)?: .*", re.DOTALL)
TYPES = {
    forms.TextField: "text",
    forms.NumberField: "integer",
    forms.FlagField: "boolean",
    forms.NestedField: "object or list",
    forms.NumbersField: "list of integers",
    forms.TextsField: "list of texts",
}
SHARED = (access_to_activity, card_fit, electorate)
ON_THE_WIRE = set(ROLES) - {"clock", "import", "visitor"}


def acts() -> str:
    """Return one section per subject: its acts, what they take, who may, what is refused."""
    shared = [f"- `{module.__name__.rpartition('.')[2]}`: {_refuses(module)}" for module in SHARED]
    head = "### Refusals that several subjects share\n\n" + "\n".join(shared)
    return "\n\n".join([head, *(_subject(module) for module in RULES if module.DECIDERS)])


def _subject(module: ModuleType) -> str:
    text = inspect.cleandoc(module.__doc__ or "")
    title = text.partition("\n\n")[0].replace("\n", " ").rstrip(".")
    rows = [_act(command) for command in module.DECIDERS]
    said = _refuses(module)
    table = "\n".join(("| Act | Fields | Who | What |", "|---|---|---|---|", *rows))
    return f"### {title}\n\n{table}" + (f"\n\n{said}" if said else "")


def _refuses(module: ModuleType) -> str:
    found = REFUSES.search(inspect.cleandoc(module.__doc__ or ""))
    return " ".join(found[0].split()) if found else ""


def _act(command: type) -> str:
    name = wire_name(command)
    roles = (
        ", ".join(role for role in ROLES if role in COMMAND_ACTS[name] and role in ON_THE_WIRE)
        or "none: the server"
    )
    text = inspect.cleandoc(command.__doc__ or "")
    first = "" if text.startswith(f"{command.__name__}(") else text.partition("\n\n")[0]
    fields = "<br>".join(_field(command, field) for field in dataclasses.fields(command) if _given(field))
    return f"| `{name}` | {fields or '—'} | {roles} | {_cell(first)} |"


def _given(field: dataclasses.Field[object]) -> bool:
    return "filled" not in field.metadata


def _field(command: type, field: dataclasses.Field[object]) -> str:
    kind = type(forms.form_for(command)()[field.name])
    required = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    limit = f" ≤ {forms.LIMITS.get(field.name, forms.SHORT)}" if kind is forms.TextField else ""
    needed = ", **required**" if required else f", default `{_default(field)}`"
    return f"`{field.name}` {TYPES[kind]}{limit}{needed}"


def _default(field: dataclasses.Field[object]) -> str:
    value = field.default if field.default is not dataclasses.MISSING else field.default_factory()  # type: ignore[misc]
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return '""' if value == "" else str(value).replace("()", "[]")


def refusals() -> str:
    """Return every code, the parameters that may come with it, and its sentence."""
    rows = ["| Code | Parameters | Said in French | Sent again |", "|---|---|---|---|"]
    for code in sorted(SENTENCES):
        names = sorted({name for text in SENTENCES[code] for name in PLACEHOLDER.findall(text)})
        again = "yes" if code in RETRYABLE else ""
        rows.append(
            f"| `{code}` | {' '.join(f'`{name}`' for name in names)} | {_cell(SENTENCES[code][0])} | {again} |"
        )
    return "\n".join(rows)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def written(page: str) -> str:
    """Return the page with its tables made again."""
    tables = {"acts": acts, "refusals": refusals}
    return BLOCK.sub(lambda found: f"{found[1]}\n{tables[found[2]]()}\n\n{found[3]}", page)


if __name__ == "__main__":
    PAGE.write_text(written(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
