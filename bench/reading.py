"""How long the drawing of a whole document holds everybody else: the longest silence of a greenlet that beats meanwhile.

`drawn at once`: in the loop. `drawn aside`: as the product does, in a native thread. `drawn again`: the text did not change.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

SIZE = 20_000
BEAT_S = 0.001
PARAGRAPH = (
    "Plusieurs tables constatent qu’une demande peut attendre **six mois** [C-{n}] [C-{m}]. Côté élus, quelqu’un n’a « pas"
    " toujours le pouvoir de répondre » [C-{n}]. Voir <https://exemple.fr/{n}>.\n\n- Un point [V-1]\n- Un autre[^{n}]\n\n"
    "| Quoi | Qui |\n|---|---:|\n| {n} | table {m} |\n\n[^{n}]: Une note.\n\n"
)


def reading(_var: Path) -> dict[str, Any]:
    """Measure in a process of its own, patched as a server is."""
    done = subprocess.run([sys.executable, __file__], check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measured() -> dict[str, Any]:
    from atelier import realtime

    realtime.patch()
    from atelier.markdown import render
    from atelier.minutes.content import Content, Section
    from atelier.minutes.reading import prepare, rendered
    from atelier.minutes.sources import Sources

    bodies = [PARAGRAPH.format(n=n, m=n + 1) for n in range(1, SIZE // len(PARAGRAPH) + 1)]
    content = Content(
        "Titre",
        tuple(Section(f"s{n}", 1, f"Partie {n}", "".join(bodies[n::10])) for n in range(10)),
    )
    size = sum(len(section.body) for section in content.sections)
    prepare(Content("", (Section("warm", 1, "", "a"),)))
    found = {"characters": size}
    for name, draw in {
        "drawn at once": lambda: prepare(content),
        "drawn aside": lambda: realtime.offload(lambda: prepare(content)),
        "drawn again": lambda: rendered(content, Sources()),
    }.items():
        if name != "drawn again":
            render.cache_clear()
        took, silence = beaten(realtime, draw)
        found[name] = {"ms": round(took * 1000, 1), "longest silence ms": round(silence * 1000, 1)}
    return found


def beaten(realtime: Any, draw: Any) -> tuple[float, float]:
    """Return how long `draw` took, and the longest time between two beats meanwhile."""
    beats, going = [time.perf_counter()], [True]

    def beat() -> None:
        while going[0]:
            realtime.pause(BEAT_S)
            beats.append(time.perf_counter())

    realtime.spawn(beat)
    realtime.pause(0.05)
    began = time.perf_counter()
    draw()
    took = time.perf_counter() - began
    realtime.pause(0.05)
    going[0] = False
    return took, max(later - earlier for earlier, later in pairwise(beats))


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    print(json.dumps(measured()))
