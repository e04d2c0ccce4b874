"""Figures, never a verdict: `make bench` (all), `make bench ARGS="--only a,c --phones 100"`.

The server stands on one core, the phones on another; each measure has a server and a folder of its own.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

import documents
import drafting
import fan_out
import first_screen
import reading
import scenarios
import start
from measures import CLIENT_CORE, machine, pin

TITLES = {
    "a": "(a) fan-out of one act, beside a bare `websockets` broadcast of the same length",
    "b": "(b) {rate:g} contributions a second for {seconds:g} s, then {phones} votes within 5 s",
    "c": "(c) everybody joins; everybody comes back after kill -9",
    "d": "(d) first screen of a phone",
    "e": "(e) acts per second, with and without storage",
    "f": "(f) start, on nothing and again",
    "g": "(g) a document: 15 people type in it, it opens; beside the bare CRDT and the bare socket",
    "h": "(h) from the close of a séance to its draft",
    "i": "(i) a long document is drawn, and who waits meanwhile",
}


def main() -> None:
    asked = arguments()
    pin(CLIENT_CORE)
    print(machine())
    measures: dict[str, Callable[[Path], Any]] = {
        "a": lambda var: fan_out.fan_out(var, asked.phones),
        "b": lambda var: scenarios.evening(var, asked.phones, asked.rate, asked.seconds),
        "c": lambda var: scenarios.restart(var, asked.phones),
        "d": first_screen.first_screen,
        "e": lambda var: scenarios.throughput(var, asked.phones, 5),
        "f": start.start,
        "g": documents.documents,
        "h": drafting.drafting,
        "i": reading.reading,
    }
    for letter in asked.only.split(","):
        for _ in range(asked.times):
            print(f"\n{TITLES[letter].format(**vars(asked))}")
            with tempfile.TemporaryDirectory(prefix="atelier-bench-") as folder:
                began = time.monotonic()
                try:
                    show(measures[letter](Path(folder)))
                except Exception as error:  # a benchmark reports, it does not fail
                    print(f"  not measured: {type(error).__name__}: {error}")
                print(f"  [{time.monotonic() - began:.0f} s]")


def show(figures: Any, indent: int = 1) -> None:
    """Print nested figures, one a line."""
    for name, value in figures.items():
        if isinstance(value, dict) and any(isinstance(inner, dict) for inner in value.values()):
            print(f"{'  ' * indent}{name}")
            show(value, indent + 1)
        elif isinstance(value, dict):
            print(f"{'  ' * indent}{name:<34}" + "  ".join(f"{key} {inner}" for key, inner in value.items()))
        else:
            print(f"{'  ' * indent}{name:<34}{value}")


def arguments() -> Any:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="a,b,c,d,e,f,g,h,i", help="letters of the measures")
    parser.add_argument("--phones", type=int, default=450)
    parser.add_argument("--rate", type=float, default=50.0)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--times", type=int, default=1, help="how often each measure is taken")
    return parser.parse_args()


if __name__ == "__main__":
    main()
