"""Tables as CSV for spreadsheets: UTF-8 with its mark, semicolons as French spreadsheets expect, no cell that runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

BYTE_ORDER_MARK = "\ufeff"
RUNS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
)  # what a spreadsheet takes for a formula


def guarded(value: Any) -> str:
    """Return a cell that stays a text: people's words may begin with = or +."""
    text = "" if value is None else str(value)
    if isinstance(value, int):
        return text
    return f"'{text}" if text.lstrip().startswith(RUNS) or text.startswith(RUNS) else text


def csv_text(columns: Sequence[str], lines: Iterable[Mapping[str, Any]], mark: str = "") -> str:
    """Return the whole file; `mark` is a first line of its own (a confidential export says so)."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    if mark:
        writer.writerow([guarded(mark)])
    writer.writerow(columns)
    for line in lines:
        writer.writerow([guarded(line.get(column)) for column in columns])
    return BYTE_ORDER_MARK + out.getvalue()
