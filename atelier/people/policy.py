"""Who may do what: the one table of every act and every page × role (D-18, D-21, R-201, R-256).

An act is a command under its wire name, or a page and the form it holds, under `verb_noun`. A role missing
from a row may not. The table says what a role may ever do; when and on which card is said by the rules of the
séance, which see its state.
Three readings of D-18 that are easy to miss:
- « facilitation : tout » means everything the desk can do. Speaking for oneself (a card, a ballot, a request to speak)
  belongs to phones alone: a desk that could cast ballots could fill the box. Who facilitates and votes has a phone.
- deleting is the one act the co-facilitation does not have, with what undoes it (the bin belongs to the owner).
- what the projector shows is chosen by the facilitation (R-201): the aide sorts cards and does not project them.
"""

from __future__ import annotations

from collections.abc import Mapping

FACILITATOR = "facilitator"
COFACILITATOR = "cofacilitator"
HELPER = "helper"
OBSERVER = "observer"
PHONE = "phone"
TABLE = "table"
SCREEN = "screen"
CLOCK = "clock"
IMPORT = "import"
VISITOR = "visitor"

ROLES = (FACILITATOR, COFACILITATOR, HELPER, OBSERVER, PHONE, TABLE, SCREEN, CLOCK, IMPORT, VISITOR)
LINK_ROLES = frozenset({COFACILITATOR, HELPER, OBSERVER, TABLE, SCREEN})  # given by a revocable link or QR

OWNER = frozenset({FACILITATOR})
DESK = frozenset({FACILITATOR, COFACILITATOR})
SORTING = DESK | {HELPER}
READING = SORTING | {OBSERVER}
SPEAKING = frozenset({PHONE, TABLE})
EVERYBODY = READING | SPEAKING | {SCREEN, VISITOR}

_AGENDA = (
    "go_to next_step previous_step skip_sequence extend_sequence move_sequence insert_activity edit_activity"
    " remove_activity close_session reopen_session take_agenda open_activity open_to_everyone announce_close"
    " close_activity undo_close show_cards set_live_display"
)
_STAGE = (
    "project_scene turn_page blank_screen show_join_screen hide_counts freeze_phones hide_phones start_timer"
    " extend_timer pause_timer stop_timer project_contribution vote_on_clusters take_options"
)
_ROOM = (
    "mark_left move_person set_capacity set_without_phone correct_attendance close_entry admit_person answer_help give_time"
    " grant_link revoke_link add_speaker give_turn end_turn move_turn close_list"
)
_VOTES = "reveal_result annul_vote hold_again next_round draw_lots"
_CARDS = (
    "keep_contribution hide_contribution unhide_contribution mark_answered reword_contribution undo_rewording"
    " merge_contributions unmerge_contribution"
)
_CLUSTERS = (
    "create_cluster rename_cluster place_card move_cluster split_cluster merge_clusters dissolve_cluster"
    " validate_cluster undo_grouping"
)
_OWN_WORDS = "submit_contribution edit_contribution support_contribution report_misplaced cast_ballot"
_OWN_PERSON = "update_profile leave ask_help finish_table ask_time request_turn"

_PREPARING = (
    "view_sessions create_session view_design edit_design duplicate_session view_preview view_print view_export"
    " rehearse_session give_restore_code view_contacts export_contacts view_links"
)
_BIN = "delete_session restore_session view_bin"
_OPEN_PAGES = (
    "view_home view_join view_legal_notice view_privacy view_accessibility view_help request_sign_in sign_in"
    " use_restore_code use_access_link view_my_cards"
)


def _rows(names: str, roles: frozenset[str]) -> dict[str, frozenset[str]]:
    return dict.fromkeys(names.split(), roles)


# What the author of a card may still do when the connection data is gone, with the code of « Garder mon lien ».
_KEPT = SPEAKING | {VISITOR}

COMMAND_ACTS: Mapping[str, frozenset[str]] = {
    "open_session": DESK | {IMPORT},
    **_rows(_AGENDA, DESK),
    **_rows(_STAGE, DESK),
    "ring_timer": frozenset({CLOCK}),
    "erase_earlier": frozenset({IMPORT}),  # withdrawn in the séance that this one continues
    "close_activity": DESK | {CLOCK},  # a close that was announced falls due
    **_rows(_ROOM, DESK),
    "join": SPEAKING | {VISITOR, IMPORT},
    "set_people": DESK | {TABLE},
    **_rows(_OWN_PERSON, SPEAKING),
    "withdraw_turn": DESK | SPEAKING,
    **_rows(_CARDS, SORTING),
    **_rows(_CLUSTERS, SORTING),
    "enter_contribution": SORTING | {IMPORT},
    **_rows(_OWN_WORDS, SPEAKING),
    **_rows("withdraw_contribution validate_contribution allow_name", _KEPT),
    "enter_paper": SORTING | {IMPORT},
    **_rows(_VOTES, DESK),
}

PAGE_ACTS: Mapping[str, frozenset[str]] = {
    **_rows(_PREPARING, DESK),
    **_rows(_BIN, OWNER),
    "view_desk": READING,
    "view_log": READING,
    "view_screen": READING | {SCREEN},
    "view_phone": SPEAKING,
    "view_account": OWNER,
    "sign_out": OWNER,
    "view_story": READING | SPEAKING,  # what happened, after the close
    "leave_contact": SPEAKING,
    "withdraw_contact": _KEPT,
    "keep_my_link": SPEAKING,
    **_rows(_OPEN_PAGES, EVERYBODY),
}

ACTS: Mapping[str, frozenset[str]] = {**COMMAND_ACTS, **PAGE_ACTS}

# Which drawn surface each role may fetch and listen to. The desk previews the projector, and a phone with nobody in it.
SURFACES: Mapping[str, frozenset[str]] = {
    FACILITATOR: frozenset({"desk", "screen", "phone"}),
    COFACILITATOR: frozenset({"desk", "screen", "phone"}),
    HELPER: frozenset({"desk", "screen"}),
    OBSERVER: frozenset({"desk", "screen"}),
    PHONE: frozenset({"phone"}),
    TABLE: frozenset({"phone"}),
    SCREEN: frozenset({"screen"}),
    CLOCK: frozenset(),
    IMPORT: frozenset(),
    VISITOR: frozenset(),
}

# A facilitator reaches their own séances; these pages belong to the installation and ask for `Account.is_admin`.
ADMIN_ACTS = frozenset({"view_installation", "edit_installation", "view_audit"})


def allows(role: str, act: str) -> bool:
    """Tell whether `role` may ever do `act`. Unknown roles and unknown acts may not."""
    return role in ACTS.get(act, frozenset())


def may_read(role: str, surface: str) -> bool:
    """Tell whether `role` may fetch or listen to `surface` (`desk`, `screen` or `phone`)."""
    return surface in SURFACES.get(role, frozenset())
