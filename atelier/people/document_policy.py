"""Who may do what with a document: every act × role (D-16, D-18, D-29). Beside policy.py, which says it of the séance.

Roles: `editor` answers for the document (the account that owns it, the co-facilitation); `writer` writes it (an aide of the
séance, an invited volunteer); `reader` follows without writing (an observer); `reviewer` reads what was submitted (personal
link, phone's proof); `public` is everybody. The table says what a role may ever do; when, is said by the document's phase.
"""

from __future__ import annotations

from collections.abc import Mapping

EDITOR = "editor"
WRITER = "writer"
READER = "reader"
REVIEWER = "reviewer"
PUBLIC = "public"

DOCUMENT_ROLES = (EDITOR, WRITER, READER, REVIEWER, PUBLIC)

EDITORS = frozenset({EDITOR})
WRITERS = EDITORS | {WRITER}
INSIDE = WRITERS | {READER}
REVIEWING = INSIDE | {REVIEWER}
ALL = REVIEWING | {PUBLIC}


def _rows(names: str, roles: frozenset[str]) -> dict[str, frozenset[str]]:
    return dict.fromkeys(names.split(), roles)


_DRAFT_READING = "view_draft open_document view_versions compare_versions view_sources view_coverage"
_WRITING = (
    "write_document import_text move_section add_section name_version restore_version accept_proposal keep_own_words"
    " export_draft view_team view_names view_progress view_remarks write_remark"
)
_ANSWERING = (
    "invite_writer revoke_writer edit_calendar send_for_review add_reviewer revoke_reviewer answer_amendment"
    " set_consent approve_document publish_document rectify_document withdraw_publication send_document lower_agreement"
)
_SUBMITTED = "view_submitted view_review"
_REVIEWING = "mark_read find_faithful write_reserve ask_amendment write_comment withdraw_amendment"
_PUBLISHED = "view_published view_source export_published"

DOCUMENT_ACTS: Mapping[str, frozenset[str]] = {
    **_rows(_DRAFT_READING, INSIDE),
    **_rows(_WRITING, WRITERS),
    **_rows(_ANSWERING, EDITORS),
    "enter_amendment": WRITERS,  # from a paper sheet
    **_rows(_SUBMITTED, REVIEWING),
    **_rows(_REVIEWING, frozenset({EDITOR, WRITER, REVIEWER})),
    **_rows(_PUBLISHED, ALL),
}


def may(role: str, act: str) -> bool:
    """Tell whether `role` may ever do `act` with a document. Unknown roles and unknown acts may not."""
    return role in DOCUMENT_ACTS.get(act, frozenset())
