"""The recorded draw between tied options, and the fingerprint printed on the counting sheet (D-11)."""

from __future__ import annotations

import hashlib
from itertools import permutations

import pytest

from atelier.live.methods import choice, flags
from atelier.live.methods.fingerprint import canonical, canonical_json, digest
from atelier.live.methods.lots import apply_draw, draw_lots, tie_groups

TIED = choice.tally([{"options": [key]} for key in ("a", "b", "c", "d", "d", "e", "e")], list("abcde"), {})


def test_draw_can_be_repeated_with_a_public_tool() -> None:
    draw = draw_lots(["o3", "o2"], "4 2 6")
    by_hand = sorted(["o2", "o3"], key=lambda key: hashlib.sha256(b"4 2 6:" + key.encode()).hexdigest())
    assert draw == {"keys": ["o2", "o3"], "seed": "4 2 6", "order": by_hand, "rule": "sha256"}


def test_draw_ignores_the_order_of_the_options() -> None:
    assert len({tuple(draw_lots(keys, "seed")["order"]) for keys in permutations(["o1", "o2", "o3"])}) == 1


def test_draw_favours_no_option_over_many_seeds() -> None:
    firsts = [draw_lots(["o1", "o2", "o3"], str(seed))["order"][0] for seed in range(3000)]
    assert all(900 < firsts.count(key) < 1100 for key in ("o1", "o2", "o3"))


@pytest.mark.parametrize(("keys", "seed"), [(["o1"], "7"), (["o1", "o1"], "7"), (["o1", "o2"], " ")])
def test_draw_without_a_tie_or_a_seed_is_refused(keys: list[str], seed: str) -> None:
    with pytest.raises(ValueError, match="a draw needs"):
        draw_lots(keys, seed)


def test_tie_groups_are_listed_best_first() -> None:
    assert tie_groups(TIED) == [["d", "e"], ["a", "b", "c"]]


def test_draw_is_recorded_beside_the_tie_once() -> None:
    drawn = apply_draw(TIED, draw_lots(["e", "d"], "12"))
    assert drawn == {**TIED, "draws": [draw_lots(["d", "e"], "12")]}
    assert "draws" not in TIED
    with pytest.raises(ValueError, match="already"):
        apply_draw(drawn, draw_lots(["d", "e"], "13"))
    both = apply_draw(drawn, draw_lots(["a", "b", "c"], "12"))
    assert [len(draw["keys"]) for draw in both["draws"]] == [2, 3]


@pytest.mark.parametrize("keys", [["a", "b"], ["a", "d"], ["d", "e", "a"]])
def test_draw_of_less_or_more_than_a_tie_is_refused(keys: list[str]) -> None:
    with pytest.raises(ValueError, match="one whole group"):
        apply_draw(TIED, draw_lots(keys, "12"))


def test_digest_is_that_of_the_printed_text() -> None:
    result = {"options": [{"key": "o1", "people": 2}], "méthode": "é"}
    text = '{"méthode":"é","options":[{"key":"o1","people":2}]}'
    assert canonical_json(result) == text
    assert digest(result) == hashlib.sha256(text.encode("utf-8")).hexdigest()


@pytest.mark.parametrize("value", [0.5, [1, 0.5], {"mean": {"value": 0.5}}])
def test_digest_of_a_float_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="never a float"):
        canonical_json(value)


def test_canonical_ballots_keep_neither_arrival_nor_loss() -> None:
    ballots = [{"options": ["o2"]}, {"blank": True}, {"options": ["o1"]}, {"blank": True}]
    assert canonical(ballots) == [{"blank": True}, {"blank": True}, {"options": ["o1"]}, {"options": ["o2"]}]


def test_flags_are_sorted_and_none_is_invented() -> None:
    assert flags.collect(tied_first=True, blank_ge_winner=True, split=False) == [
        "blank_ge_winner",
        "tied_first",
    ]
    with pytest.raises(KeyError):
        flags.collect(surprising=True)
