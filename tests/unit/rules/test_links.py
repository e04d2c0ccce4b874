"""Revocable links (D-18)."""

from __future__ import annotations

import pytest

from atelier.errors import Refusal
from atelier.live.rules.links import GrantLink, LinkGranted, LinkRevoked, RevokeLink
from atelier.live.rules.opening import OpenSession
from atelier.live.state import AccessLink
from tests.factories import make_play, make_snapshot

HASH = "9f86d081884c7d65"


@pytest.mark.parametrize("role", ["cofacilitator", "helper", "observer", "screen", "table"])
def test_grant_link_remembers_the_hash_and_never_more(role: str) -> None:
    play = make_play()
    granted = play.act(GrantLink(role, " aide,  table du fond ", HASH))
    assert granted == (LinkGranted("l1", role, "aide, table du fond", HASH, "Nadia"),)
    assert play.state.links == {"l1": AccessLink("l1", role, "aide, table du fond", HASH)}
    assert HASH not in str(play.state.log)
    play.assert_refolds()


def test_grant_link_of_the_facilitation_itself_is_refused() -> None:
    play = make_play()
    assert play.refused(GrantLink("facilitator", "Bruno", HASH)) == Refusal("unknown_role")
    assert play.refused(GrantLink("helper", "Bruno")) == Refusal("token_missing")
    assert play.refused(GrantLink("helper", "x" * 61, HASH)) == Refusal("label_too_long", {"limit": 60})


def test_revoke_link_is_final_logged_and_its_key_is_not_given_again() -> None:
    play = make_play()
    play.act(GrantLink("helper", "Léa", HASH))
    assert play.act(RevokeLink("l1")) == (LinkRevoked("l1", "Nadia"),)
    assert play.state.links["l1"].revoked
    assert play.act(RevokeLink("l1")) == ()
    assert play.refused(RevokeLink("l9")) == Refusal("unknown_link")
    play.act(GrantLink("helper", "Léa", HASH))
    assert list(play.state.links) == ["l1", "l2"]
    assert [entry.act for entry in play.state.log] == ["grant_link", "revoke_link", "grant_link"]
    play.assert_refolds()


def test_links_made_before_the_doors_open_stay() -> None:
    play = make_play(opened=False)
    play.act(GrantLink("screen", "Écran", HASH))
    play.act(OpenSession(make_snapshot()))
    assert list(play.state.links) == ["l1"]
