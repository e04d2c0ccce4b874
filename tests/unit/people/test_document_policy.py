"""Every act × role on a document, against D-16, D-18 and D-29 read a second time and in another form."""

from __future__ import annotations

import re

from atelier.people.document_policy import DOCUMENT_ACTS, DOCUMENT_ROLES, may
from tests.architecture.source import files_in, text_of

ANSWERING_FOR_IT = {
    "invite_writer", "revoke_writer", "edit_calendar", "send_for_review", "add_reviewer", "revoke_reviewer",
    "answer_amendment", "set_consent", "approve_document", "publish_document", "rectify_document",
    "withdraw_publication", "send_document", "lower_agreement",
}  # fmt: skip
CHANGING_THE_TEXT = {
    "write_document", "move_section", "add_section", "restore_version", "accept_proposal", "keep_own_words",
}  # fmt: skip
SAYING_A_WORD = {
    "mark_read", "find_faithful", "write_reserve", "ask_amendment", "write_comment", "withdraw_amendment",
}  # fmt: skip
FOR_EVERYBODY = {"view_published", "view_source", "export_published"}
ASKED = re.compile(
    r"""(?:visit\(db, shelf, reference, |require\([\w.]+, |\bmay\((?:[\w.]+, )?)["'](\w+)["']"""
)


def acts_of(role: str) -> set[str]:
    return {act for act in DOCUMENT_ACTS if may(role, act)}


def test_each_row_names_known_roles_and_at_least_one() -> None:
    strange = {
        act: roles for act, roles in DOCUMENT_ACTS.items() if not roles or not roles <= set(DOCUMENT_ROLES)
    }
    assert strange == {}


def test_the_editor_may_everything() -> None:
    assert acts_of("editor") == set(DOCUMENT_ACTS)


def test_a_writer_writes_and_answers_for_nothing() -> None:
    assert acts_of("editor") - acts_of("writer") == ANSWERING_FOR_IT
    assert acts_of("writer") >= CHANGING_THE_TEXT | SAYING_A_WORD


def test_a_reader_changes_nothing_and_says_nothing() -> None:
    assert acts_of("reader") & (CHANGING_THE_TEXT | SAYING_A_WORD | ANSWERING_FOR_IT) == set()
    assert acts_of("reader") >= {"view_draft", "open_document", "view_submitted"}


def test_a_reviewer_reads_what_was_submitted_and_says_their_word() -> None:
    assert acts_of("reviewer") == SAYING_A_WORD | FOR_EVERYBODY | {"view_submitted", "view_review"}


def test_the_public_reads_what_is_published() -> None:
    assert acts_of("public") == FOR_EVERYBODY


def test_unknown_roles_and_acts_may_not() -> None:
    assert not may("owner", "write_document")
    assert not may("editor", "delete_everything")


def test_every_act_that_a_door_asks_for_stands_in_the_table() -> None:
    asked = {
        (str(path), act)
        for path in (*files_in("atelier", ".py"), *files_in("templates", ".html"))
        if {"minutes", "forum", "documents.py"} & set(path.parts)
        for act in ASKED.findall(text_of(path))
    }
    assert {act for _, act in asked} >= {"open_document", "write_document", "view_team"}
    assert sorted((path, act) for path, act in asked if act not in DOCUMENT_ACTS) == []
