"""An evening with every kind of activity, and the projector at each of its moments: `moments()` yields (name, state).

One person joined with a name that is found nowhere else: what the projector must never show.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo, NextStep
from atelier.live.rules.annulment import AnnulVote
from atelier.live.rules.cards_display import SetLiveDisplay
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.floor import AddSpeaker, GiveTurn
from atelier.live.rules.moderation import ProjectContribution
from atelier.live.rules.pausing import FreezePhones
from atelier.live.rules.scene import BlankScreen, HideCounts, ProjectScene, ShowJoinScreen, TurnPage
from atelier.live.rules.speaking import RequestTurn
from atelier.live.rules.timing import StartTimer
from atelier.live.state import LiveState
from tests.factories import make_activity, make_play, make_sequence, make_snapshot
from tests.unit.rules.polling import Station

SECRET_NAME = "Wilhelmine Zykowska"

WEAKNESSES = (
    "Le lien avec le conseil municipal n'est pas écrit", "Les jeunes viennent une fois et ne restent pas",
    "Les désaccords sont peu travaillés en séance", "Les demandes restent longtemps sans réponse",
    "Les locataires du parc privé sont absents", "L'assemblée repose sur deux salariés",
)  # fmt: skip
STATEMENTS = (
    "Une règle de parole simple ouvre la prise de parole à tous.", "Répondre dans un délai annoncé fait revenir les gens.",
    "Une assemblée tient si plusieurs structures la portent.", "Les élus écoutent d'abord, parlent ensuite.",
    "Un écrit lie l'assemblée et le conseil municipal.",
)  # fmt: skip
CARDS = (
    "On parle avant les élus, pas après.", "J'entends ce que les réunions ne disent pas.", "Trois minutes chacun, même le maire.",
    "La règle protège ceux qui n'osent pas.", "Le porte-à-porte avant chaque assemblée.", "La garde d'enfants a tout changé.",
    "Six mois sans réponse, on ne revient pas.", "Je n'ai pas toujours le pouvoir de répondre.",
    "Les jeunes passent, mais ne restent pas.", "Les locataires du parc privé sont absents.",
    "Si l'animatrice part, tout s'arrête.", "L'animation repose sur deux salariés.",
)  # fmt: skip
TITLES = (
    "Une parole qui compte", "Des règles partagées", "Aller chercher les gens", "Quelles suites\u00a0?",
    "Qui n'est pas là", "Trop peu de bras",
)  # fmt: skip
READING = (
    "Depuis 2011, l'assemblée se tient tous les deux mois dans la grande salle du centre social. Chacun peut y prendre la"
    " parole, sans ordre du jour.\nLes élus y viennent pour écouter. Ils parlent en dernier. Une réponse écrite est promise"
    " sous trois mois, mais elle tarde souvent.\nQuarante à soixante personnes viennent. Peu de jeunes, peu de locataires du"
    " parc privé. Deux salariés préparent chaque séance et relancent les services de la ville, le bailleur et l'école."
)


def evening_snapshot(**meeting: Any) -> dict[str, Any]:
    sequences = [
        make_sequence(
            "s1",
            "Ouverture, règles du jeu",
            10,
            instructions="Accueil à la porte.\nRappel des règles du jeu.",
        ),
        make_sequence("s2", "Présentation du cas", 25, *_to_read()),
        make_sequence("s3", "Forces et faiblesses", 30, _board()),
        make_sequence(
            "s4", "Vote aux gommettes", 5, _vote("a4", "dot_vote", PRIORITY, WEAKNESSES, dots=3, per_option=2)
        ),
        make_sequence("s5", "Hypothèses", 30, *_hypotheses()),
        make_sequence("s6", "Réactions", 15, *_turns()),
        make_sequence("s7", "Clôture", 15, *_last()),
    ]
    return make_snapshot(sequences, **{"previous": PREVIOUS, **meeting})


PRIORITY = "Quelles faiblesses faut-il comprendre en priorité ?"
PREVIOUS = {
    "title": "La première soirée",
    "clusters": [{"title": "Une parole qui compte", "count": 14}],
    "questions": ["Qui décide après ?"],
}
Activities = list[dict[str, Any]]


def _vote(
    key: str, kind: str, question: str, options: tuple[str, ...] = (), **settings: Any
) -> dict[str, Any]:
    return make_activity(key, kind, question, options=options, settings=settings)


def _to_read() -> Activities:
    texts = [{"heading": "L'expérience", "text": READING}]
    return [
        make_activity("a1", "presentation", "L'expression en assemblée populaire", settings={"texts": texts}),
        make_activity(
            "a2",
            "questions",
            "Vos questions de compréhension",
            anonymity="pseudonym",
            settings={"upvotes": True},
        ),
    ]


def _board() -> dict[str, Any]:
    columns = [
        {"key": "plus", "label": "Forces", "sign": "plus", "prompt": "Ce qui fait la force de l'assemblée"},
        {"key": "minus", "label": "Faiblesses", "sign": "minus", "prompt": "Ce qui la fragilise"},
    ]
    question = "Ce qui fait la force de l'assemblée, ce qui la fragilise"
    return make_activity("a3", "board", question, minutes=30, settings={"columns": columns, "minimum": 3})


def _hypotheses() -> Activities:
    ends = {"low": 0, "high": 10, "low_label": "pas du tout", "high_label": "tout à fait"}
    proposal = "Écrire la règle de parole et l'afficher à l'entrée de la salle."
    return [
        make_activity("a5", "hypothesis", "Qu'est-ce que cette expérience révèle ?"),
        _vote("a6", "gradients", "Ces hypothèses peuvent-elles servir ailleurs ?", STATEMENTS),
        _vote("a7", "majority_judgment", "Quelle pertinence pour la région ?", STATEMENTS, grades=7),
        _vote("a8", "scale", "À quel point est-ce transposable ?", STATEMENTS[:3], **ends),
        _vote("a9", "choice", "Par quoi commencer ?", WEAKNESSES[:3], multiple=False),
        _vote("a10", "consent", "Écrire la règle de parole", proposal=proposal),
    ]


def _turns() -> Activities:
    rules = {"policy": "fifo", "seconds": 120}
    return [
        make_activity("a11", "speaking", "Réaction du porteur", settings=rules),
        make_activity("a12", "speaking", "Tour de table", anonymity="named", settings=rules),
    ]


def _last() -> Activities:
    step = {"instruction": "Dites à votre voisin ce qui vous a surpris."}
    return [
        make_activity("a13", "commitments", "Et après ?", anonymity="named"),
        make_activity("a14", "check_in", "Comment repartez-vous ?"),
        make_activity("a15", "roti", "Cette soirée valait-elle le temps ?"),
        make_activity("a16", "step", "À deux, puis à quatre", minutes=10, settings=step),
        make_activity("a17", "contributions", "Une dernière idée ?", anonymity="anonymous"),
        make_activity("a18", "recap", "Où en étions-nous ?"),
    ]


def moments(people: int = 24, **meeting: Any) -> Iterator[tuple[str, LiveState]]:
    """Play the evening and yield the state at each moment that the projector shows in its own way."""
    play = make_play(0, snapshot=evening_snapshot(**meeting))
    station = Station(play)
    play.join(SECRET_NAME, "A", 1)
    names = [SECRET_NAME, *play.fill(people - 1)]
    yield "lobby", play.state
    play.act(NextStep())
    yield "sequence", play.state
    yield from _reading(play)
    yield from _words(play, names)
    yield from _votes(play, station, names)
    yield from _floor(play, names)
    yield from _ending(play, station, names)


def _reading(play: Any) -> Iterator[tuple[str, LiveState]]:
    play.act(GoTo("s2", "a1"))
    yield "presentation", play.state
    play.act(TurnPage(1))
    yield "presentation_page_2", play.state
    play.open("a2")
    play.act(SubmitContribution("a2", "Qui décide après l'assemblée ?"), SECRET_NAME)
    yield "questions_open", play.state
    play.act(ProjectContribution(1))
    yield "questions_on_screen", play.state
    play.act(GoTo("s3", "a3"))
    yield "board_planned", play.state


def _words(play: Any, names: list[str]) -> Iterator[tuple[str, LiveState]]:
    play.open("a3")
    for place, text in enumerate(CARDS * 3):
        column = "plus" if place % 12 < 6 else "minus"
        play.act(SubmitContribution("a3", text, column=column), names[place % len(names)])
    play.wait(1040)
    yield "board_open", play.state
    play.act(HideCounts())
    yield "board_counts_hidden", play.state
    play.act(HideCounts(False))
    play.act(SetLiveDisplay("a3", True))
    play.act(SubmitContribution("a3", "Une carte affichée en direct", column="plus"), names[1])
    yield "board_live", play.state
    play.act(SetLiveDisplay("a3", False))
    play.close("a3")
    yield "board_closed", play.state
    for number in (2, 3, 4, 5):
        play.act(ProjectContribution(number))
    play.act(ProjectScene("cards", "a3"))
    yield "cards", play.state
    for place, title in enumerate(TITLES):
        numbers = tuple(n for n in range(2 + 2 * place, 38, 12)) + tuple(
            n for n in range(3 + 2 * place, 38, 12)
        )
        play.act(CreateCluster("a3", title, "plus" if place < 3 else "minus", numbers))
    play.act(ProjectScene("wall", "a3"))
    yield "wall", play.state
    play.act(ProjectScene("cluster", "K1"))
    yield "cluster", play.state


def _votes(play: Any, station: Station, names: list[str]) -> Iterator[tuple[str, LiveState]]:
    for key, ballot in BALLOTS.items():
        activity = play.activity(key)
        play.act(GoTo(activity.sequence, key))
        yield f"{activity.kind}_planned", play.state
        play.act(OpenActivity(key))
        play.act(StartTimer(300))
        for place, name in enumerate(names[:-3]):
            station.vote(name, ballot(place), key)
        yield f"{activity.kind}_open", play.state
        play.close(key)
        yield f"{activity.kind}_closed", play.state
        station.reveal(key)
        yield f"{activity.kind}_revealed", play.state
    play.act(AnnulVote("a9", "Deux options disaient la même chose."))
    play.act(GoTo("s5", "a9"))
    yield "annulled", play.state


BALLOTS: dict[str, Any] = {
    "a4": lambda n: {"dots": {f"o{1 + n % 6}": 2, f"o{1 + (n + 1 + n // 6) % 6}": 1}},
    "a6": lambda n: {"levels": {f"o{k}": 1 + (n * k) % (2 + k) % 5 for k in range(1, 6)}},
    "a7": lambda n: {"grades": {f"o{k}": (6 - (n * k) % (2 + k)) % 7 for k in range(1, 6)}},
    "a8": lambda n: {"values": {f"o{k}": (n * k + k) % 11 for k in range(1, 4)}},
    "a9": lambda n: {"options": [f"o{1 + n % 3}"]},
    "a10": lambda n: {"answer": "reservation" if n % 5 == 0 else "consent"},
}  # fmt: skip


def _floor(play: Any, names: list[str]) -> Iterator[tuple[str, LiveState]]:
    play.open("a11")
    for name in (SECRET_NAME, names[2], names[3]):
        play.act(RequestTurn("a11"), name)
    play.act(AddSpeaker("a11", "Madame Dupont-Verdier", "E"))
    yield "speaking_free", play.state
    play.act(GiveTurn("a11"))
    yield "speaking", play.state
    play.act(CloseActivity("a11"))
    play.open("a12")
    play.act(RequestTurn("a12"), names[2])
    play.act(GiveTurn("a12"))
    yield "speaking_named", play.state


def _ending(play: Any, station: Station, names: list[str]) -> Iterator[tuple[str, LiveState]]:
    for key in ("a13", "a14", "a15", "a16", "a17", "a18"):
        activity = play.activity(key)
        play.act(GoTo("s7", key))
        if activity.kind not in {"step", "recap"}:
            play.act(OpenActivity(key))
        if activity.is_vote:
            for place, name in enumerate(names):
                station.vote(name, {"weather" if key == "a14" else "value": 1 + place % 5}, key)
            yield f"{activity.kind}_open", play.state
            station.close_and_reveal(key)
        yield f"{activity.kind}_end", play.state
    play.act(ShowJoinScreen())
    yield "join_large", play.state
    play.act(ShowJoinScreen(False))
    play.act(FreezePhones(True))
    yield "frozen", play.state
    play.act(FreezePhones(False))
    play.act(BlankScreen())
    yield "blanked", play.state
    play.act(BlankScreen(False))
    play.act(CloseSession())
    yield "end", play.state
