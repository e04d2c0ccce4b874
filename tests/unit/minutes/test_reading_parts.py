"""A document as parts: numbers, levels, what is empty, what cites nothing, figures and citations filled in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from atelier.live.record import record
from atelier.minutes.blocks import written
from atelier.minutes.content import Content, Section
from atelier.minutes.reading import Part, citation, figure_source, rendered, shown, taken_up
from atelier.minutes.sources import Source, Sources, sources_of
from tests.unit.projected import moments


@pytest.fixture(scope="module")
def sources() -> Sources:
    state = dict(moments())["end"]
    return sources_of(state, record(state), "CHA1")


def parts(*sections: Section, sources: Sources | None = None, **more: object) -> list[Part]:
    return rendered(Content("Titre", sections), sources or Sources(), **more)  # type: ignore[arg-type]


def test_parts_bear_their_number_and_the_level_of_their_heading() -> None:
    found = parts(
        Section("header", 2, "La séance", "a"),
        Section("annex", 1, "Annexe", "a", annex=True),
        Section("one", 1, "Un", "# titre\n\n### plus bas"),
        Section("sub", 2, "Un, un", "# titre"),
    )
    assert [(part.key, part.number, part.level) for part in found] == [
        ("header", "", 2), ("one", "1", 2), ("sub", "1.1", 3), ("annex", "", 2),
    ]  # fmt: skip
    assert found[1].html == "<h3>titre</h3>\n<h4>plus bas</h4>\n"
    assert found[2].html == "<h4>titre</h4>\n"


def test_a_part_is_empty_when_nothing_under_it_says_anything() -> None:
    found = parts(
        Section("one", 1, "Un"), Section("sub", 2, "Un, un", "a"), Section("bare", 2, "Un, deux", " \n"),
        Section("two", 1, "Deux"),
    )  # fmt: skip
    assert [part.key for part in found if part.empty] == ["bare", "two"]
    assert [part.key for part in shown(found, writing=False)] == ["one", "sub"]
    assert shown(found, writing=True) == found


def test_a_part_in_the_writers_own_words_alone_is_unsourced(sources: Sources) -> None:
    edited = written("V-1", "a").replace("\na", "\nb")
    found = parts(
        Section("own", 1, "", "Une phrase."), Section("cited", 1, "", "Une phrase [C-1]."),
        Section("lost", 1, "", "Une phrase [C-999]."), Section("figure", 1, "", "![Un](figure:V-1)"),
        Section("app", 1, "", written("agenda", "Une phrase.")), Section("edited", 1, "", edited), Section("empty", 1, ""),
        sources=sources,
    )  # fmt: skip
    assert [part.key for part in found if part.unsourced] == ["own", "lost", "edited"]


def test_a_citation_says_what_became_of_its_source() -> None:
    def drawn(kind: str, status: str) -> tuple[str, str, str]:
        found = citation("C-1", Source("C-1", "CHA1", kind, status=status))
        return found.name, found.state, found.note

    assert drawn("card", "standing") == drawn("card", "merged") == ("Source C-1", "", "")
    assert drawn("card", "reworded") == ("Source C-1", "reworded", "")
    assert drawn("card", "withdrawn") == ("Source C-1, retirée", "withdrawn", "retirée")
    assert drawn("hypothesis", "hidden") == ("Source C-1, non affichée", "withdrawn", "non affichée")
    assert drawn("vote", "withdrawn") == ("Source C-1, annulé", "withdrawn", "annulé")
    assert drawn("vote", "hidden") == ("Source C-1, sans résultat", "withdrawn", "sans résultat")


def test_a_figure_is_drawn_only_of_a_result(sources: Sources) -> None:
    drawn: list[tuple[str, str]] = []

    def draw(source: Source, words: str) -> str:
        drawn.append((source.ref, words))
        return "<figure></figure>"

    votes = {one.ref: one.status for one in sources if one.kind == "vote"}
    standing = next(ref for ref, status in votes.items() if status == "standing")
    annulled = next(ref for ref, status in votes.items() if status == "withdrawn")
    body = f"![Un](figure:{standing})\n\n![Deux](figure:{annulled})\n\n![Trois](figure:V-99)"
    (part,) = parts(Section("s", 1, "", body), sources=sources, draw=draw)
    assert drawn == [(standing, "Un")]
    assert part.html == "<figure></figure><p>Deux</p><p>Trois</p>"


def test_the_figure_of_a_hypothesis_is_its_line_of_the_vote() -> None:
    tally = {"options": [{"key": "o1", "counts": [3]}, {"key": "o2", "counts": [5]}]}
    vote = {
        "options": [{"key": "o1", "text": "Un"}, {"key": "o2", "text": "Deux"}],
        "rounds": [{"tally": tally, "annulled": False}],
    }
    cards = [
        Source("H-4", "CHA1", "hypothesis", words="Deux", voted=("V-1",)),
        Source("H-5", "CHA1", "hypothesis", words="Trois", voted=("V-1",)),
        Source("C-6", "CHA1", "card", words="Deux"),
        Source("V-1", "CHA1", "vote", vote=vote),
    ]
    sources = Sources("CHA1", {one.full: one for one in cards})
    found = figure_source(sources, "H-4")
    assert found is not None
    assert found.vote is not None
    assert found.vote["options"] == [{"key": "o2", "text": "Deux"}]
    assert found.vote["rounds"][0]["tally"]["options"] == [{"key": "o2", "counts": [5]}]
    assert [figure_source(sources, ref) for ref in ("H-5", "C-6", "H-9")] == [None, None, None]
    assert figure_source(sources, "V-1") == cards[3]


def test_a_source_knows_the_sections_that_take_it_up(sources: Sources) -> None:
    content = Content(
        "Titre",
        (
            Section("one", 1, "Un", "[C-1]"),
            Section("two", 1, "Deux", "rien"),
            Section("three", 1, "Trois", "[CHA1-C-1] [C-1]"),
        ),
    )
    source = sources.get("C-1")
    assert source is not None
    assert [(number, section.key) for number, section in taken_up(content, source, sources)] == [
        ("1", "one"),
        ("3", "three"),
    ]
    assert taken_up(content, replace(source, ref="C-2"), sources) == ()


def test_whence_a_block_comes_stands_above_it_for_writers(sources: Sources) -> None:
    body = "\n\n".join(written(source, "a") for source in ("V-1", "K3", "a3-question", "agenda"))
    body += "\n\n" + written("V-1", "a").replace("\na", "\nb")
    assert "block-head" not in parts(Section("s", 1, "", body), sources=sources)[0].html
    (part,) = parts(Section("s", 1, "", body), sources=sources, heads=True)
    heads = [line for line in part.html.splitlines() if "block-head" in line]
    assert [line.partition('<p class="block-head')[2].split(">")[1].split("<")[0].strip() for line in heads] == [
        "Repris du vote, non modifiable", "Repris des cartes, non modifiable", "Repris des cartes, non modifiable",
        "Écrit par Atelier, non modifiable", "Texte repris puis modifié",
    ]  # fmt: skip
    assert ['data-ref="CHA1-V-1"' in line for line in heads] == [True, False, False, False, True]
