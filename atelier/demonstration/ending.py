"""21 h 21 to 21 h 33: one proposal amended until nobody objects, who does what, what the evening was worth, the close."""

from __future__ import annotations

from atelier.demonstration.people import AIDE
from atelier.demonstration.replay import Replay, many
from atelier.demonstration.voting import Vote, close, hold, open_and_cast
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.attendance import CorrectAttendance
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.consent_rounds import NextRound
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.moderation import KeepContribution
from atelier.live.rules.paper import EnterPaper
from atelier.live.rules.people import Leave
from atelier.live.rules.proxy_entry import EnterContribution
from atelier.live.rules.reveal import RevealResult

PROPOSAL = "En juin, une assemblée commune aux trois quartiers voisins, préparée par le centre social."
AMENDED = (
    "En juin, une assemblée commune aux trois quartiers voisins, préparée par six personnes,"
    " deux de chaque quartier. Le centre social les accueille."
)
YES, RESERVED, NO, APART = (
    {"answer": answer} for answer in ("consent", "reservation", "objection", "withdraw")
)

FIRST = Vote(
    "21:22",
    "21:23",
    "21:24",
    {
        "E": many((8, YES), (1, NO), (1, APART)),
        "A": many((1, NO), (15, YES), (2, RESERVED)),
        "U": many((7, YES), (1, RESERVED), (1, APART)),
    },
    turn=1,
    said={
        ("E", 8): "La ville ne peut pas s'engager sur une date sans les deux autres centres.",
        ("A", 0): "Le centre social ne peut pas porter trois quartiers à lui seul.",
        ("A", 16): "Il faut aussi une garde d'enfants ce jour-là.",
        ("U", 7): "Prévoir qui écrit, et qui relit.",
    },
)
SECOND = Vote(
    "21:25",
    "21:26",
    "21:26",
    {
        "E": many((9, YES), (1, RESERVED)),
        "A": many((17, YES), (1, RESERVED)),
        "U": many((8, YES), (1, APART)),
    },
    turn=2,
    said={
        ("E", 9): "Je le porterai, si la date est connue avant la fin du mois.",
        ("A", 17): "Pensez aux personnes qui travaillent le samedi.",
    },
)
WORTH = Vote(
    "21:29",
    "21:31",
    "21:32",
    {
        "E": many((1, {"value": 2}), (3, {"value": 3}), (5, {"value": 4})),
        "A": many((1, {"value": 2}), (3, {"value": 3}), (8, {"value": 4}), (5, {"value": 5})),
        "U": many((2, {"value": 3}), (4, {"value": 4}), (2, {"value": 5})),
    },
    turn=3,
    paper={"ballots": 6, "void": 1, "options": {"value": {"counts": [0, 1, 1, 2, 1]}}},
)
COMMENTS = (
    ("Claude", "Commencer par les questions, pas par la météo."),
    ("Aminata", "Un peu plus lentement quand on lit les cartes."),
    ("Hélène", "J'aurais voulu entendre le bailleur."),
    ("Karim", "On a parlé, on a voté, et on sait qui fait quoi."),
)
COMMENT_ON_PAPER = "la salle est froide mais les gens sont chauds"

# who sends, name given (or none), what, when
COMMITMENTS = (
    ("Béatrice", "Béatrice", "Porter les trois questions sur l'ascenseur au service logement", "avant la fin du mois"),
    ("Samira", "Samira", "Trouver deux personnes dans chaque tour pour le groupe de juin", "d'ici la prochaine assemblée"),
    ("Paul", "Paul", "Relire le compte rendu avec deux habitantes", "dans huit jours"),
    ("Bakary", "", "Demander aux jeunes du terrain ce qui les ferait entrer", "samedi"),
    ("Gérard", "", "Afficher dans les halls ce qui a été transmis, et à qui", "vendredi"),
)  # fmt: skip


def play(replay: Replay) -> None:
    """Play the last two sequences and close the séance."""
    consent(replay)
    commit_to(replay)
    feed_back(replay)
    replay.hour("21:33")
    replay.do(CorrectAttendance(48))
    replay.do(CloseSession(), after=30)
    replay.commit()


def consent(replay: Replay) -> None:
    """Two objections: the proposal is amended; nobody objects any more."""
    proposal = replay.activity("consent").key
    replay.hour("21:21")
    replay.do(GoTo("s9", proposal), after=30)
    hold(replay, proposal, FIRST)
    replay.do(NextRound(proposal, AMENDED), after=20)
    hold(replay, proposal, SECOND)
    said = [card.number for card in replay.state.cards_of(proposal)]
    for number in said:
        replay.do(KeepContribution(number), after=1)
    replay.commit()


def commit_to(replay: Replay) -> None:
    """Who does what and when; a name only where its owner says so."""
    promises = replay.activity("commitments").key
    replay.hour("21:27")
    replay.do(GoTo("s9", promises), after=0)
    replay.do(OpenActivity(promises))
    for place, (by, who, what, when) in enumerate(COMMITMENTS):
        fields = {"who": who, "what": what, "when": when}
        promise = SubmitContribution(promises, fields=fields, validated=True, name_consent=bool(who))
        replay.do(promise, by=by, name=f"c{place}", after=15)
    replay.commit()
    for place in range(len(COMMITMENTS)):
        replay.do(KeepContribution(replay.card(f"c{place}")), after=2)
    replay.do(CloseActivity(promises), after=5)
    replay.do(Leave(), by="une personne sans nom")
    replay.commit()


def feed_back(replay: Replay) -> None:
    """What the evening was worth, on phones and on paper at the door, without names."""
    worth = replay.activity("roti").key
    replay.hour("21:29")
    replay.do(GoTo("s10"), after=0)
    open_and_cast(replay, worth, WORTH)
    for place, (who, text) in enumerate(COMMENTS):
        replay.do(SubmitContribution(worth, text), by=replay.masked(who, worth), name=f"t{place}", after=2)
    paper = EnterContribution(worth, COMMENT_ON_PAPER, sheet="F-0144")
    replay.do(paper, by=AIDE, name=f"t{len(COMMENTS)}", after=2)
    close(replay, worth, WORTH.closes)
    replay.do(EnterPaper(worth, WORTH.paper or {}), by=AIDE, after=20)
    replay.hour(WORTH.reveals)
    replay.do(RevealResult(worth), after=0)
    replay.commit()
    for place in range(len(COMMENTS) + 1):
        replay.do(KeepContribution(replay.card(f"t{place}")), by=AIDE, after=2)
    replay.commit()
