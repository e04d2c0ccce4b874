"""What a device derives from its token, and what cannot be derived back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from atelier.codes import READABLE, hashed
from atelier.people.tokens import (
    anonymous_id,
    card_proof,
    contact_proof,
    keep_code,
    short_code_hash,
    spaced,
    typed,
)

tokens = st.text(min_size=20, max_size=60)


@given(tokens)
def test_keep_code_is_twelve_readable_signs_and_always_the_same(token: str) -> None:
    code = keep_code(token)
    assert len(code) == 12
    assert set(code) <= set(READABLE)
    assert keep_code(token) == code


@given(tokens, tokens)
def test_two_devices_keep_two_codes(one: str, other: str) -> None:
    assert (keep_code(one) == keep_code(other)) == (one == other)


def test_a_code_typed_with_spaces_dashes_or_small_letters_is_the_same_code() -> None:
    code = keep_code("a token of one phone")
    assert spaced(code) == f"{code[:4]}-{code[4:8]}-{code[8:]}"
    proofs = {
        card_proof(b"pepper", form, 12) for form in (code, spaced(code), f" {code.lower()} ", " ".join(code))
    }
    assert len(proofs) == 1
    assert typed(spaced(code).lower()) == code


def test_proofs_of_one_author_are_unrelated_from_card_to_card() -> None:
    code = keep_code("a token of one phone")
    proofs = [card_proof(b"pepper", code, number) for number in range(1, 40)]
    assert len(set(proofs)) == 39


def test_a_proof_needs_the_pepper_the_code_and_the_number() -> None:
    code = keep_code("a token of one phone")
    proof = card_proof(b"pepper", code, 12)
    others = {
        card_proof(b"other", code, 12),
        card_proof(b"pepper", keep_code("another"), 12),
        card_proof(b"pepper", code, 13),
    }
    assert proof not in others


@given(tokens)
def test_nothing_derived_gives_another_derived_thing(token: str) -> None:
    derived = {
        keep_code(token),
        anonymous_id(token, "a1").removeprefix("anon:"),
        anonymous_id(token, "a2").removeprefix("anon:"),
        contact_proof(token),
        hashed(token),
    }
    assert len(derived) == 5


def test_an_anonymous_author_is_another_in_each_activity_and_the_same_within_one() -> None:
    assert anonymous_id("phone", "a1") == anonymous_id("phone", "a1")
    assert anonymous_id("phone", "a1") != anonymous_id("phone", "a2")
    assert anonymous_id("phone", "a1") != anonymous_id("other phone", "a1")
    assert anonymous_id("phone", "a1").startswith("anon:")


def test_a_restore_code_is_of_one_seance() -> None:
    assert short_code_hash(b"pepper", 1, "ABCD2345") == short_code_hash(b"pepper", 1, "abcd 2345")
    assert short_code_hash(b"pepper", 1, "ABCD2345") != short_code_hash(b"pepper", 2, "ABCD2345")
