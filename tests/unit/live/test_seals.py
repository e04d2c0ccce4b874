"""Seals: one length, one key per activity, bound to their place, opened by nobody without the secret."""

from __future__ import annotations

import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import given
from hypothesis import strategies as st

from atelier.live.rules.voting import MAX_TEXT
from atelier.live.seals import BALLOT_BYTES, NONCE_BYTES, PAPER_BYTES, SealTooLarge, new_salt, seal, unseal

SECRET = b"kept in no database"
LABEL = "1/a4/p3/0"
keys = st.sampled_from([f"o{n}" for n in range(1, 13)])
ballots = st.one_of(
    st.just({"blank": True}),
    st.fixed_dictionaries({"dots": st.dictionaries(keys, st.integers(1, 9))}),
    st.fixed_dictionaries({"options": st.lists(keys)}),
    st.fixed_dictionaries({"answer": st.just("objection"), "text": st.text(max_size=300)}),
)


@given(ballots)
def test_a_sealed_ballot_opens_with_its_secret(ballot: dict[str, object]) -> None:
    salt = new_salt()
    assert unseal(SECRET, salt, seal(SECRET, salt, ballot, LABEL), LABEL) == ballot


@given(ballots, ballots)
def test_two_ballots_seal_to_one_length(one: dict[str, object], other: dict[str, object]) -> None:
    salt = new_salt()
    lengths = {len(seal(SECRET, salt, ballot, LABEL)) for ballot in (one, other)}
    assert lengths == {BALLOT_BYTES + NONCE_BYTES + 16}


def test_the_same_ballot_never_seals_to_the_same_bytes() -> None:
    salt = new_salt()
    assert len({seal(SECRET, salt, {"blank": True}, LABEL) for _ in range(50)}) == 50


@pytest.mark.parametrize(
    ("secret", "salt_changed", "label"),
    [
        (b"another", False, LABEL),
        (SECRET, True, LABEL),
        (SECRET, False, "1/a4/p4/0"),
        (SECRET, False, "2/a4/p3/0"),
    ],
)
def test_no_other_secret_salt_or_place_opens_a_seal(secret: bytes, salt_changed: bool, label: str) -> None:
    salt = new_salt()
    sealed = seal(SECRET, salt, {"dots": {"o1": 3}}, LABEL)
    with pytest.raises(InvalidTag):
        unseal(secret, new_salt() if salt_changed else salt, sealed, label)


@given(st.integers(0, BALLOT_BYTES + NONCE_BYTES + 15), st.integers(0, 7))
def test_one_bit_changed_is_seen(place: int, bit: int) -> None:
    salt = new_salt()
    sealed = bytearray(seal(SECRET, salt, {"dots": {"o1": 3}}, LABEL))
    sealed[place] ^= 1 << bit
    with pytest.raises(InvalidTag):
        unseal(SECRET, salt, bytes(sealed), LABEL)


@pytest.mark.parametrize("sign", ["\x01", "\U0001f642", "é"])
def test_the_longest_ballot_that_rules_let_through_fits(sign: str) -> None:
    longest = {"values": {f"o{n}": 10 for n in range(1, 13)}, "answer": "objection", "text": sign * MAX_TEXT}
    salt = new_salt()
    assert unseal(SECRET, salt, seal(SECRET, salt, longest, LABEL), LABEL) == longest


def test_what_does_not_fit_is_refused_and_never_cut() -> None:
    with pytest.raises(SealTooLarge):
        seal(SECRET, new_salt(), {"text": "x" * BALLOT_BYTES}, LABEL)
    paper = {"one_by_one": [{"dots": {"o1": 1}}] * 900}
    assert len(seal(SECRET, new_salt(), paper, LABEL, PAPER_BYTES)) == PAPER_BYTES + NONCE_BYTES + 16
