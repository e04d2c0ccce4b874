"""What a facilitator does to a séance while preparing it. Each function takes the handle of an open transaction."""

from atelier.workshops.operations.agenda import (
    activities_in,
    activity_of,
    add_activity,
    add_sequence,
    move_activity,
    move_sequence,
    remove_activity,
    remove_sequence,
    save,
    sequence_of,
)
from atelier.workshops.operations.sessions import (
    create_from_template,
    delete_session,
    duplicate_session,
    erase_session,
    restore_session,
    save_meeting,
)
from atelier.workshops.operations.undoing import undo

__all__ = [
    "activities_in",
    "activity_of",
    "add_activity",
    "add_sequence",
    "create_from_template",
    "delete_session",
    "duplicate_session",
    "erase_session",
    "move_activity",
    "move_sequence",
    "remove_activity",
    "remove_sequence",
    "restore_session",
    "save",
    "save_meeting",
    "sequence_of",
    "undo",
]
