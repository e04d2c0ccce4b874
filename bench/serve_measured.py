"""The same server, which on SIGUSR1 writes down how much processor each part of an act took, in seconds."""

from __future__ import annotations

import json
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from atelier import realtime

realtime.patch()

from atelier.fanout import FanOut
from atelier.listening import listening
from atelier.live.broadcast import Broadcaster
from atelier.live.desk import Desk
from atelier.live.sockets import LiveSockets
from atelier.starting import serve

PARTS_FILE = "parts.json"

spent: Counter[str] = Counter()


def measured(owner: type, method: str, name: Callable[..., str]) -> None:
    """Count the processor time of one method, which never gives way to another greenlet except where it commits."""
    real = getattr(owner, method)

    def timed(*args: Any) -> Any:
        began = time.thread_time()
        try:
            return real(*args)
        finally:
            spent[name(*args)] += time.thread_time() - began

    setattr(owner, method, timed)


def measure_parts() -> None:
    measured(FanOut, "send", lambda _, event, *__: f"writing {event} to sockets")
    measured(Broadcaster, "_redraw", lambda _, __, audience, *___: f"drawing the {audience.surface}")
    measured(Broadcaster, "_tell_people", lambda *_: "who has to be told what is theirs")
    measured(Desk, "perform", lambda *_: "deciding and committing")
    measured(LiveSockets, "on_act", lambda *_: "whole act")


if __name__ == "__main__":
    measure_parts()
    settings, listener = listening(False, int(sys.argv[sys.argv.index("--port") + 1]))
    signal.signal(signal.SIGUSR1, lambda *_: (settings.var / PARTS_FILE).write_text(json.dumps(spent)))
    serve(settings, listener, demo=False)
