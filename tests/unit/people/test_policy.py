"""Every act × role, against D-18 read a second time and in another form."""

from __future__ import annotations

import pytest

from atelier.live.catalogue import COMMANDS
from atelier.people import policy
from atelier.people.policy import ACTS, COMMAND_ACTS, PAGE_ACTS, ROLES, SURFACES, allows, may_read

OWNERS_ALONE = {"delete_session", "restore_session", "view_bin", "view_account", "sign_out"}
HELPERS = {
    "keep_contribution", "hide_contribution", "unhide_contribution", "mark_answered",
    "reword_contribution", "undo_rewording", "merge_contributions", "unmerge_contribution",
    "create_cluster", "rename_cluster", "place_card", "move_cluster", "split_cluster",
    "merge_clusters", "dissolve_cluster", "validate_cluster", "undo_grouping",
    "enter_contribution", "enter_paper",
}  # fmt: skip
PARTICIPANTS = {
    "join", "update_profile", "leave", "ask_help", "finish_table", "ask_time", "request_turn", "withdraw_turn",
    "submit_contribution", "edit_contribution", "withdraw_contribution", "support_contribution",
    "report_misplaced", "validate_contribution", "allow_name", "cast_ballot",
}  # fmt: skip
FOR_EVERYBODY = {act for act in PAGE_ACTS if policy.VISITOR in PAGE_ACTS[act]} - {"withdraw_contact"}


def acts_of(role: str) -> set[str]:
    return {act for act in ACTS if allows(role, act)}


def commands_of(role: str) -> set[str]:
    return acts_of(role) & set(COMMAND_ACTS)


def test_the_table_holds_every_command_of_the_catalogue_and_no_other() -> None:
    assert set(COMMANDS) == set(COMMAND_ACTS)


def test_no_act_stands_in_both_halves_of_the_table() -> None:
    assert set(COMMAND_ACTS) & set(PAGE_ACTS) == set()


def test_each_row_names_known_roles_and_at_least_one() -> None:
    assert {act: roles for act, roles in ACTS.items() if not roles or not roles <= set(ROLES)} == {}


def test_facilitation_does_everything_but_speak_for_participants_and_ring_timers() -> None:
    not_hers = PARTICIPANTS - {"withdraw_turn"} | {"ring_timer", "erase_earlier"}
    assert commands_of("facilitator") == set(COMMAND_ACTS) - not_hers


def test_cofacilitation_does_all_that_facilitation_does_but_delete() -> None:
    assert acts_of("facilitator") - acts_of("cofacilitator") == OWNERS_ALONE
    assert acts_of("cofacilitator") <= acts_of("facilitator")


def test_the_aide_sorts_cards_groups_enters_and_counts_paper_and_nothing_else() -> None:
    assert commands_of("helper") == HELPERS


@pytest.mark.parametrize("role", ["observer", "screen"])
def test_who_only_reads_sends_no_command(role: str) -> None:
    assert commands_of(role) == set()


def test_the_observer_reads_what_the_aide_reads() -> None:
    assert acts_of("observer") == acts_of("helper") - HELPERS


def test_the_screen_opens_its_own_page_and_those_open_to_everybody() -> None:
    assert acts_of("screen") == FOR_EVERYBODY | {"view_screen"}


def test_phones_participate_and_never_act_for_the_room() -> None:
    assert commands_of("phone") == PARTICIPANTS
    assert commands_of("table") == PARTICIPANTS | {"set_people"}


def test_the_clock_rings_timers_and_closes_what_was_announced_and_nothing_else() -> None:
    assert acts_of("clock") == {"ring_timer", "close_activity"}


def test_an_import_brings_what_was_said_elsewhere_and_nothing_else() -> None:
    brought = {"open_session", "join", "enter_contribution", "enter_paper"}
    assert acts_of("import") == {*brought, "erase_earlier"}


def test_a_visitor_joins_and_keeps_the_rights_of_an_author() -> None:
    assert commands_of("visitor") == {
        "join",
        "withdraw_contribution",
        "validate_contribution",
        "allow_name",
    }


def test_every_cell_of_the_table_answers_as_written() -> None:
    for act, roles in ACTS.items():
        assert {role for role in ROLES if allows(role, act)} == roles, act


@pytest.mark.parametrize(
    ("role", "act"), [("root", "join"), ("", "join"), ("facilitator", "fly"), ("phone", "")]
)
def test_unknown_roles_and_unknown_acts_may_not(role: str, act: str) -> None:
    assert not allows(role, act)


def test_surfaces_are_read_by_those_they_were_drawn_for() -> None:
    surfaces = ("desk", "screen", "phone")
    assert {role: {name for name in surfaces if may_read(role, name)} for role in ROLES} == {
        "facilitator": {"desk", "screen", "phone"},
        "cofacilitator": {"desk", "screen", "phone"},
        "helper": {"desk", "screen"},
        "observer": {"desk", "screen"},
        "phone": {"phone"},
        "table": {"phone"},
        "screen": {"screen"},
        "clock": set(),
        "import": set(),
        "visitor": set(),
    }
    assert set(SURFACES) == set(ROLES)
    assert not may_read("phone", "desk")


def test_links_are_given_for_roles_between_owner_and_phone_only() -> None:
    assert {"cofacilitator", "helper", "observer", "table", "screen"} == policy.LINK_ROLES
