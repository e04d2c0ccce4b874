"""A small séance with cards, a cluster and a vote, read afterwards by the desk and by those who were there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from atelier.live.rules.activities import CloseActivity
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.moderation import HideContribution, KeepContribution
from atelier.live.rules.reveal import RevealResult
from atelier.people import operations
from tests.factories import make_activity
from tests.web.live_ground import CODE, PUBLIC_URL, Evening, Phone

COLUMNS = [
    {"key": "plus", "label": "Forces", "sign": "plus", "prompt": ""},
    {"key": "minus", "label": "Faiblesses", "sign": "minus", "prompt": ""},
]
NAMES = ("Samira Zykowska", "Jean-Luc Abadie", "Odile Ferrand")
ACTIVITIES: list[dict[str, Any]] = [
    make_activity("a1", "board", "Forces et faiblesses", settings={"columns": COLUMNS}),
    make_activity(
        "a2", "dot_vote", "Quoi d'abord ?", options=["=Le bailleur", "La langue"], settings={"dots": 2, "per_option": 2}
    ),
    make_activity("a3", "check_in", "Comment repartez-vous ?"),
    make_activity("a4", "hypothesis", "Qu'est-ce que cela révèle ?"),
    make_activity("a5", "majority_judgment", "Quelle pertinence ?", options=["Un", "Deux"], settings={"grades": 7}),
    make_activity("a6", "commitments", "Et après ?", anonymity="named"),
]  # fmt: skip


def desk_of(evening: Evening, email: str = "nadia@exemple.fr") -> FlaskClient:
    """A browser signed in; the first account owns the séance."""
    client = evening.app.test_client()
    client.environ_base.update(HTTP_ORIGIN=PUBLIC_URL, wsgi_url_scheme="https")
    link = operations.create_login_link(evening.house.database, PUBLIC_URL, email, "Nadia", evening.now)
    assert client.post(link.removeprefix(PUBLIC_URL)).status_code == 303
    return client


def small_evening(
    folder: Path, closed: bool = True, database_url: str = "", **meeting: Any
) -> tuple[Evening, list[Phone]]:
    """Three people, four cards (one hidden, one unread), a cluster, a vote of three ballots, weather."""
    meeting = {"moderation": "held", **meeting}
    evening = Evening(folder, ACTIVITIES, meeting, database_url=database_url)
    phones = [evening.phone(name=name, college=college) for name, college in zip(NAMES, "EAA", strict=True)]
    evening.open("a1")
    for phone, (column, text) in zip([*phones, phones[0]], CARDS, strict=True):
        phone.done("submit_contribution", activity="a1", text=text, column=column)
    evening.act(KeepContribution(1))
    evening.act(CreateCluster("a1", "La parole", "plus", (1, 2)))
    evening.act(HideContribution(3, "attack"))
    evening.wait(minutes=12)
    evening.act(CloseActivity("a1"))
    evening.open("a2")
    for phone, first in zip(phones, (2, 1, 0), strict=True):
        dots = {f"ballot[dots][{key}]": str(n) for key, n in (("o1", first), ("o2", 2 - first)) if n}
        phone.done("cast_ballot", activity="a2", **dots)
    evening.act(CloseActivity("a2"))
    evening.act(RevealResult("a2"))
    evening.open("a3")
    phones[0].done("cast_ballot", activity="a3", **{"ballot[weather]": "4"})
    evening.act(CloseActivity("a3"))
    evening.act(RevealResult("a3"))
    if closed:
        evening.act(CloseSession())
    return evening, phones


CARDS = (
    ("plus", "On parle avant les élus"),
    ("plus", '=HYPERLINK("http://exemple.fr")'),
    ("minus", "Le maire est nul"),
    ("minus", "Personne ne l'a relue"),
)
STORY = f"/seances/{CODE}/recit"
