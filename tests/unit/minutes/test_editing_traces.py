"""Real typing, replayed: one person's to the exact final text, two people's until every replica agrees."""

from __future__ import annotations

import pytest

from atelier.minutes.document import SharedText, loaded, make
from tests.documents.traces import BODY, EMPTY, trace, typed_alone, typed_at_once

ALONE = ["sequential_traces/json-crdt-patch", "sequential_traces/sveltecomponent"]
TOGETHER = "concurrent_traces/friendsforever"
SAMPLE = 1_500


def replayed_alone(name: str, most: int | None) -> tuple[SharedText, str]:
    """Let a server take every update as it comes; return its text, and what was to be read."""
    server, log = loaded([make(EMPTY, client=1)]), [make(EMPTY, client=1)]
    typed = list(typed_alone(trace(name), most))
    wanted = typed[-1][1]
    for update, _ in typed:
        log.append(server.apply(update).fresh)
    assert server.markdown(BODY) == wanted
    assert loaded(log).equals(server)
    assert loaded([server.snapshot()]).equals(server)
    return server, wanted


def replayed_together(most: int | None) -> SharedText:
    updates = list(typed_at_once(trace(TOGETHER), most))
    server, log = loaded([make(EMPTY, client=1)]), [make(EMPTY, client=1)]
    for update in updates:
        log.append(server.apply(update).fresh)
    late = loaded([make(EMPTY, client=1), *reversed(updates)])
    assert late.content() == server.content()
    assert loaded(log).equals(server)
    assert loaded([server.snapshot()]).equals(server)
    return server


@pytest.mark.parametrize("name", ALONE)
def test_a_persons_typing_gives_the_text_they_read(name: str) -> None:
    server, wanted = replayed_alone(name, SAMPLE)
    assert len(wanted) > 500
    assert server.markdown(BODY) == wanted


def test_two_peoples_typing_gives_one_text_in_any_order() -> None:
    assert len(replayed_together(SAMPLE).markdown(BODY)) > 500


@pytest.mark.soak
@pytest.mark.parametrize("name", ALONE)
def test_a_whole_trace_gives_its_exact_final_text(name: str) -> None:
    server, wanted = replayed_alone(name, None)
    assert server.markdown(BODY) == wanted == trace(name)["endContent"]


@pytest.mark.soak
def test_a_whole_trace_of_two_people_gives_its_exact_final_text() -> None:
    assert replayed_together(None).markdown(BODY) == trace(TOGETHER)["endContent"]
