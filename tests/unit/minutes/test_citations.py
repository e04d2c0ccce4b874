"""Citations in a text, the sentences that bear them, and what has become of their sources."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from atelier.markdown import render
from atelier.minutes.blocks import written
from atelier.minutes.citations import (
    Flag,
    citations_of,
    flags,
    replace_citations,
    sentences_of,
    uncited,
    where_cited,
)
from atelier.minutes.content import Content, Section
from atelier.minutes.sources import Source, Sources

PARTS = st.lists(
    st.sampled_from(
        [
            "[C-12]", "[V-3]", "[DK2-H-2]", "[C-0]", "[X-1]", "\\[C-1\\]", "\\\\[C-2]", "`[C-3]`",
            "``[C-4] ` [C-5]``", "`", "texte ", ". ", "\n", "\n\n", "- ", "| ", "\n```\n",
            "[C-6](http://a.example)", "[C-7]: oui", "![C-8](x)", "**", "[^1]", "\n    ",
            "\n::: auto a3 0badc0de\n", "\n:::\n",
        ]
    ),
    max_size=14,
).map("".join)  # fmt: skip


def rendered_refs(text: str) -> list[str]:
    return re.findall(r'data-ref="([^"]+)"', render(text))


def refs(text: str) -> list[str]:
    return [cited.ref for cited in citations_of(text)]


def source(ref: str, kind: str = "card", **more: object) -> Source:
    return replace(Source(ref, "DK2", kind), **more)


def sources(*found: Source) -> Sources:
    return Sources("DK2", {one.full: one for one in found})


def content(*bodies: str) -> Content:
    return Content(
        "Titre", tuple(Section(f"s{n}", 1, f"Partie {n}", body) for n, body in enumerate(bodies, 1))
    )


@given(PARTS)
def test_no_citation_that_is_drawn_is_missed(text: str) -> None:
    found = refs(text)
    for ref in rendered_refs(text):
        assert ref in found
    for cited in citations_of(text):
        assert text[cited.start : cited.end] == f"[{cited.ref}]"


def test_citations_stand_in_text() -> None:
    text = (
        "Un [C-12][V-3], \\[C-1\\], [C-2](http://a.example/[C-3).\n\n[DK2-H-5]: oui [C-0] [C-012] \\\\[C-6]"
    )
    assert refs(text) == rendered_refs(text) == ["C-12", "V-3", "DK2-H-5", "C-6"]


def test_citations_are_replaced_by_notes() -> None:
    assert replace_citations("Un [C-12], \\[C-12], [C-13].", {"C-12": "[^1]"}) == "Un [^1], \\[C-12], [C-13]."


def test_sentences_bear_the_citations_that_follow_them() -> None:
    body = (
        "Plusieurs tables constatent une attente de six mois [C-12][C-40]. Côté élus : « Je n’ai pas le pouvoir. Jamais. »"
        " [C-31]\nEt M. Untel aussi. [C-2] Reste à voir\n\n- Premier point [V-1] ; second\n- [ ] Dernier ? Oui."
    )
    assert [(one.text, one.refs) for one in sentences_of(body)] == [
        ("Plusieurs tables constatent une attente de six mois [C-12][C-40].", ("C-12", "C-40")),
        ("Côté élus : « Je n’ai pas le pouvoir. Jamais. » [C-31]", ("C-31",)),
        ("Et M. Untel aussi. [C-2]", ("C-2",)),
        ("Reste à voir", ()),
        ("Premier point [V-1] ; second", ("V-1",)),
        ("Dernier ?", ()),
        ("Oui.", ()),
    ]
    assert all(body[one.start : one.end] == one.text for one in sentences_of(body))


def test_sentences_of_a_block_know_its_source() -> None:
    body = f"Avant.\n\n{written('V-2', 'Quarante. Puis rien.')}"
    assert [(one.text, one.block) for one in sentences_of(body)] == [
        ("Avant.", ""),
        ("Quarante.", "V-2"),
        ("Puis rien.", "V-2"),
    ]
    assert all(body[one.start : one.end] == one.text for one in sentences_of(body))


def test_where_a_source_is_cited() -> None:
    assert where_cited(content("[C-1] [C-2]", "[C-2] [C-2]")) == {"C-1": ("s1",), "C-2": ("s1", "s2")}


def test_what_is_not_cited_is_told() -> None:
    known = sources(
        source("C-1"), source("C-2"), source("H-3", "hypothesis"), source("C-4", status="withdrawn"),
        source("C-5", status="merged"), source("C-6", status="reworded"),
    )  # fmt: skip
    assert [one.ref for one in uncited(content("Un [C-1], deux [DK2-C-3]."), known)] == ["C-2", "C-6"]


def test_a_sentence_that_cites_what_is_gone_is_flagged() -> None:
    known = sources(source("C-1"), source("C-2", status="withdrawn"), source("C-3", status="hidden"))
    text = content("Reste [C-1]. Retirée [C-2]. Cachée [C-3]. Inconnue [C-99].")
    assert flags(text, known) == (
        Flag("withdrawn", "s1", "Retirée [C-2].", "C-2"),
        Flag("hidden", "s1", "Cachée [C-3].", "C-3"),
        Flag("unknown", "s1", "Inconnue [C-99].", "C-99"),
    )


def test_a_quotation_that_is_no_longer_the_words_of_the_card_is_flagged() -> None:
    known = sources(
        source("C-1", status="reworded", words="On attend six mois.", raw="Ils nous font poireauter.")
    )
    text = content(
        "« On attend six mois » [C-1]. Une table dit : « ils nous font poireauter » [C-1]. L’attente est longue [C-1]."
    )
    assert [flag.sentence for flag in flags(text, known)] == [
        "Une table dit : « ils nous font poireauter » [C-1]."
    ]


def test_a_number_that_is_no_figure_of_the_vote_is_flagged() -> None:
    known = sources(
        source("V-2", "vote", figures=frozenset({40, 118, 31, 1200})), source("C-1", figures=frozenset({6}))
    )
    told = content(
        "31 gommettes sur 40 exprimés [V-2]. Le 13 octobre 2015 à 20 h 15, table 4 : 118 gommettes [V-2].\n\n"
        "2. La 3e proposition, 1 200 voix [V-2]. Après 6 mois, 31 voix [C-1] [V-2]. 32 voix [V-2]. 33 voix sans citer."
    )
    assert flags(told, known) == (Flag("vote_gap", "s1", "32 voix [V-2].", "V-2"),)


def test_a_block_of_a_vote_that_was_edited_is_compared_with_it() -> None:
    known = sources(source("V-2", "vote", figures=frozenset({40, 118})))
    block = written("V-2", "40 exprimés, 118 gommettes.")
    assert flags(content(block), known) == ()
    assert [flag.kind for flag in flags(content(block.replace("118", "117")), known)] == ["vote_gap"]
    assert flags(content(written("V-2", "41 exprimés.")), known) == ()
