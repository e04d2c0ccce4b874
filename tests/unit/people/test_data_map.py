"""docs/donnees-personnelles.md is the register: no table may be missing from it, and none of people's fields."""

from __future__ import annotations

import re
from pathlib import Path

from atelier import tables
from atelier.people import models
from atelier.people.purge import OWN_RULES

PAGE = Path(__file__).parents[3] / "docs" / "donnees-personnelles.md"
PEOPLE = {
    mapper.local_table.name
    for mapper in models.Base.registry.mappers
    if mapper.class_.__module__ == models.__name__
}


def rows() -> dict[str, list[str]]:
    """Table name -> the cells of its row."""
    found = {}
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) == 4:
            for name in re.findall(r"`(\w+)`", cells[0]):
                found[name] = cells
    return found


def test_every_table_of_the_product_stands_in_the_register_and_no_other() -> None:
    assert set(rows()) == set(tables.metadata.tables)


def test_every_row_says_what_why_and_how_long() -> None:
    assert {name: cells for name, cells in rows().items() if not all(cells)} == {}


def test_each_table_of_people_that_grows_has_its_rule_of_erasure() -> None:
    kept_on_purpose = {"account", "installation"}
    assert {rule.subject for rule in OWN_RULES} == PEOPLE - kept_on_purpose


def test_the_name_of_a_rule_is_used_once() -> None:
    assert len({rule.name for rule in OWN_RULES}) == len(OWN_RULES)
