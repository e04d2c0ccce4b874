"""The HTTP doors of the running séance: join, phone, desk, projector. Sockets are beside, in sockets.py."""

from atelier.live.views import (  # noqa: F401 - they register their routes
    joining,
    links,
    my_cards,
    opening,
    preview,
    rehearsal,
    surfaces,
)
from atelier.live.views.blueprint import blueprint

__all__ = ["blueprint"]
