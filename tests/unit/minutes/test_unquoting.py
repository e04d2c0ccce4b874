"""Words that left the séance, taken out of what people wrote: however they are typed, and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atelier.live.traces import RUN, Trace, from_text, to_text, trace_of, words_of
from atelier.minutes.blocks import blocks_of, written
from atelier.minutes.content import Content, Section
from atelier.minutes.unquoting import Leaving, Standing

KEY = b"a key of the installation"
SAID = "On parle avant les élus"
GONE = "(…)"


def leaving(*texts: str, standing: tuple[str, ...] = ()) -> Leaving:
    return Leaving((trace_of("CHA1-C-1", texts, KEY),), KEY, GONE, Standing(standing), "CHA1")


KNOWN = leaving(SAID)

GOES = [
    ("« On parle avant les élus » [C-1].", "(…) [C-1]."),
    ("«\u00a0On parle avant les élus.\u00a0» [C-1]", "(…) [C-1]"),
    ("“On parle avant les élus” dit-on.", "(…) dit-on."),
    ("„On parle avant les élus“ dit-on.", "(…) dit-on."),
    ('Il dit "on parle avant les élus", encore.', "Il dit (…), encore."),
    ("Il dit 'on parle avant les élus'.", "Il dit (…)."),
    ("Il dit ‘On parle avant les élus’.", "Il dit (…)."),
    ("On parle avant, les élus ensuite.", "(…) ensuite."),
    ("ON PARLE AVANT LES ÉLUS", "(…)"),
    ("On dit que on parle avant les élus, et puis voilà.", "On dit que (…), et puis voilà."),
    ("« On **parle** avant\nles\u00a0élus »", "(…)"),
    ("« On *parle avant* les\\\nélus »", "(…)"),
    ("« On par*le* avant les élus »", "(…)"),
    ("« On par\u00adle avant les e\u0301lus »", "(…)"),
    ("« On parle &nbsp;avant les &eacute;lus »", "(…)"),
    ("**On parle avant** les élus", "(…)"),
    ("« On parle […] les élus » [C-1]", "(…) [C-1]"),
    ("« parle avant » [C-1][C-1]", "(…) [C-1][C-1]"),
    ("[C-1] : « avant les élus »", "[C-1] : (…)"),
    ("« avant les élus » [H-1] et « le coin » [CHA1-C-1]", "(…) [H-1] et (…) [CHA1-C-1]"),
    ("« parle avant les élus »", "(…)"),
    ("| Carte | « On parle avant les élus » [C-1] |", "| Carte | (…) [C-1] |"),
    ("| On parle | avant les élus |", "| (…)| |"),
    ("### On parle avant les élus", "### (…)"),
    ("- On parle avant les élus.\n- autre", "- (…).\n- autre"),
    ("dit[^1]\n\n[^1]: On parle avant les élus.", "dit[^1]\n\n[^1]: (…)."),
    ("[On parle avant les élus](https://exemple.fr)", "[(…)](https://exemple.fr)"),
    ("[On parle](https://exemple.fr) avant les élus", "(…)"),
    ("On parle avant [les élus](https://exemple.fr), dit-on", "(…), dit-on"),
    ("> On parle avant\n> les élus", "> (…)\n> "),
    ("« On parle avant les élus", "(…)"),
    (
        "« Un long discours sur tout autre chose, on parle avant les élus, et la suite du discours »",
        "« Un long discours sur tout autre chose, (…), et la suite du discours »",
    ),
    ("Il dit : « il y a “On parle avant les élus” au mur de la salle » hier", "Il dit : « il y a (…) au mur de la salle » hier"),
]  # fmt: skip

STAYS = [
    "Les élus parlent avant les habitants, d'après une carte [C-1].",
    "On parle avant les associations et les élus.",
    "« On parle » de tout cela avant la fin, disent les élus.",
    "« avant les élus » est une expression.",
    "Le « bon sens » veut que chacun parle d'abord [C-1].",
    "« Le maire est absent » [C-4] et l'on parle [C-1].",
    "La parole [C-1].",
    "",
]


@pytest.mark.parametrize(("before", "after"), GOES)
def test_what_is_quoted_goes(before: str, after: str) -> None:
    assert KNOWN.text(before) == after
    assert KNOWN.text(after) == after


@pytest.mark.parametrize("text", STAYS)
def test_what_people_say_of_it_stays(text: str) -> None:
    assert KNOWN.text(text) == text


def test_words_that_another_card_still_says_stay() -> None:
    known = leaving(SAID, standing=("Ici on parle avant les élus du lieu",))
    both = "« On parle avant les élus » [C-2] ; « on parle avant les élus » [C-1][C-2]"
    assert known.text(both) == both
    assert known.text("« On parle avant les élus » [C-1]") == "(…) [C-1]"


def test_a_short_card_is_known_by_its_citation_alone() -> None:
    known = leaving("La langue")
    assert (
        known.text("« La langue » [C-1], et la langue, « la langue »")
        == "(…) [C-1], et la langue, « la langue »"
    )


def test_a_card_of_another_seance_is_no_card_of_this_one() -> None:
    known = Leaving((Trace("CHA2-C-1"),), KEY, GONE, Standing(()), "CHA1")
    assert known.text("« mots » [C-1], « mots » [CHA2-C-1]") == "« mots » [C-1], (…) [CHA2-C-1]"


def test_a_block_of_the_app_stays_one_or_is_left_alone() -> None:
    body = f"avant\n\n{written('K1', 'Dit : « On parle avant les élus » [C-1]')}\n\naprès"
    cleared = KNOWN.text(body)
    assert [block.intact for block in blocks_of(cleared)] == [True]
    assert SAID not in cleared
    assert KNOWN.text(body, intact=False) == body
    assert KNOWN.text(body.replace("Dit", "Dit bien"), intact=False) != body


def test_titles_and_headings_lose_them_too() -> None:
    content = Content(f"Soirée : {SAID}", (Section("s", 1, f"« {SAID} »", "Rien."),))
    cleared = KNOWN.content(content)
    assert (cleared.title, cleared.sections[0].heading) == ("Soirée : (…)", "(…)")
    other = Content("Soirée", (Section("s", 1, "Partie", "Rien [C-1]."),))
    assert KNOWN.content(other) is other


def test_what_is_kept_of_a_card_does_not_hold_its_words() -> None:
    trace = trace_of("C-1", [SAID, "deux mots"], KEY)
    kept = to_text(trace)
    assert from_text("C-1", kept) == trace
    assert not any(word in kept for word in words_of(SAID))
    assert trace != trace_of("C-1", [SAID], b"another key")
    assert trace_of("C-1", ["deux mots"], KEY) == Trace("C-1")


WORDS = st.sampled_from(
    ["parole", "élus", "salle", "mairie", "l'eau", "jardin", "débat", "œuvre", "temps", "ville", "école"]
)
CARD = st.lists(WORDS, min_size=RUN, max_size=9).map(" ".join)
FREE = st.lists(
    st.sampled_from(["maison", "voisin", "bus", "ferme", "pluie", "route", "été", "hiver", "pont"]),
    max_size=12,
).map(" ".join)
BETWEEN = st.sampled_from([" ", "\u00a0", "\n", "  ", " *", "* ", " **", "\u202f", ", ", "\\\n"])
SIGNS = st.sampled_from(["« {} »", "«\u00a0{}\u00a0»", "“{}”", '"{}"', "‘{}’", "« {}. » [C-1]"])


@settings(deadline=None)
@given(CARD, FREE, FREE, st.data())
def test_nothing_of_a_card_stays_where_it_is_quoted(
    card: str, before: str, after: str, data: st.DataObject
) -> None:
    said = card.split()
    first = data.draw(st.integers(0, len(said) - RUN))
    part = said[first : data.draw(st.integers(first + RUN, len(said)))]
    typed = part[0].capitalize() + "".join(data.draw(BETWEEN) + word for word in part[1:])
    text = f"{before} {data.draw(SIGNS).format(typed)} {after}"
    left = " ".join(words_of(leaving(card).text(text)))
    assert not any(
        " ".join(words_of(" ".join(part[at : at + RUN]))) in left for at in range(len(part) - RUN + 1)
    )
    assert all(word in left for word in words_of(f"{before} {after}"))


@settings(deadline=None)
@given(
    CARD,
    st.lists(st.one_of(FREE, st.sampled_from(["« oui »", "[C-2]", "**non**", "\n\n- ", "élus", "parole"]))),
)
def test_a_text_that_shares_only_words_is_never_touched(card: str, pieces: list[str]) -> None:
    text = " ".join(pieces)
    shared = re.findall(r"(?=((?:\b[\w']+\W+){3}[\w']+))", text)
    known = [" ".join(words_of(card)[at : at + RUN]) for at in range(len(card.split()) - RUN + 1)]
    if not any(" ".join(words_of(one)) in known for one in shared):
        assert leaving(card).text(text) == text
