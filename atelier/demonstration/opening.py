"""19 h to 19 h 53: who is here, the weather, the case told, questions, a first scale held twice."""

from __future__ import annotations

from atelier.demonstration.people import AIDE
from atelier.demonstration.replay import Replay, chosen, many, marks
from atelier.demonstration.voting import BLANK, Vote, close, hold, open_and_cast
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.annulment import AnnulVote, HoldAgain
from atelier.live.rules.card_marks import SupportContribution
from atelier.live.rules.cards_display import ShowCards
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.floor import AddSpeaker, GiveTurn
from atelier.live.rules.moderation import KeepContribution, MarkAnswered, ProjectContribution
from atelier.live.rules.proxy_entry import EnterContribution
from atelier.live.rules.reveal import RevealResult
from atelier.live.rules.speaking import RequestTurn

TEXTS = [
    {
        "heading": "Contexte",
        "text": "Le quartier des Quatre-Vents, 2 400 habitants, quatre tours et une place. Depuis trois ans,"
        " le centre social ouvre ses portes chaque premier mercredi du mois.",
    },
    {
        "heading": "Choix",
        "text": "Pas d'ordre du jour. Pas de tribune : les chaises sont en cercle. L'assemblée choisit ses sujets"
        " en arrivant, et personne ne parle deux fois avant que tout le monde ait pu parler.",
    },
    {
        "heading": "Manières de faire",
        "text": "Le samedi, une équipe fait le tour des halls avec un thermos. Les enfants sont gardés sur place."
        " Ce qui est dit est écrit au mur, puis affiché dans les halls le vendredi suivant.",
    },
]

HERE = Vote(
    "19:02",
    "19:05",
    "19:05",
    {
        "E": many((11, chosen("1"))),
        "A": many((20, chosen("2")), (1, chosen("4"))),
        "U": many((10, chosen("3"))),
        "X": many((1, chosen("4"))),
    },
    paper={"ballots": 5, "options": {"o2": {"people": 5}}},
)

WEATHER = Vote(
    "19:06",
    "19:09",
    "19:10",
    {
        "E": many((4, {"weather": 4}), (4, {"weather": 3}), (1, {"weather": 5})),
        "A": many((5, {"weather": 5}), (6, {"weather": 4}), (4, {"weather": 3}), (2, {"weather": 2})),
        "U": many((3, {"weather": 5}), (4, {"weather": 4}), (1, {"weather": 3})),
    },
)
WORDS = (
    ("Solange", "curieuse"),
    ("Gérard", "un peu fatigué, content d'être là"),
    ("Fatoumata", "en colère contre l'ascenseur"),
    ("Noé", "impatient d'écouter"),
    ("Monique", "la pluie, mais le café est chaud"),
)

# handle, who, question, supports
QUESTIONS = (
    ("q1", "Thierry", "Qui décide qu'un sujet passe au conseil municipal ?", "Odile Karim Léa Solange Gérard Zohra Yann"),
    ("q2", "Hélène", "Combien de personnes viennent pour la première fois à chaque assemblée ?", "Paul Agathe Claude"),
    ("q3", "Odile", "Que se passe-t-il quand le bailleur ne répond pas ?", "Samira Karim Didier Monique Rosa Ahmed"),
    ("q4", "Karim", "Est-ce que les jeunes de 16 ans ont la parole comme les autres ?", "Inès Bakary Nordine"),
    ("q5", "Pauline", "Y a-t-il une trace écrite, et qui la relit ?", "Josiane Étienne Maud Béatrice"),
    ("q6", "Sylvie", "Comment faites-vous quand deux voisins s'accusent devant tout le monde ?", "Firmin Claude"),
)  # fmt: skip
QUESTION_ON_PAPER = "Pourquoi le mercredi ? Je travaille de nuit le mercredi."

WEIGHT_FIRST = Vote(
    "19:44",
    "19:47",
    "19:47",
    {
        "E": many((6, marks("values", "7")), (3, marks("values", "3"))),
        "A": many((9, marks("values", "3")), (4, marks("values", "8"))),
        "U": many((5, marks("values", "5"))),
    },
    turn=2,
)
WEIGHT = Vote(
    "19:49",
    "19:51",
    "19:52",
    {
        "E": many((3, {"values": {"o1": 7}}), (4, {"values": {"o1": 8}}), (2, {"values": {"o1": 6}}), (1, BLANK)),
        "A": many(
            (4, {"values": {"o1": 2}}), (4, {"values": {"o1": 3}}), (3, {"values": {"o1": 1}}),
            (2, {"values": {"o1": 5}}), (4, {"values": {"o1": 7}}), (1, {"values": {"o1": 10}}), (1, BLANK),
        ),
        "U": many((3, {"values": {"o1": 4}}), (3, {"values": {"o1": 3}}), (3, {"values": {"o1": 6}})),
    },
    turn=3,
    paper={"one_by_one": [{"values": {"o1": 2}}, {"values": {"o1": 4}}, {"values": {"o1": 2}}], "void": 1},
)  # fmt: skip
LOST_SCALE = (
    "L'échelle a été lue à l'envers à deux tables : 0 y voulait dire « beaucoup ». Nous recommençons."
)


def play(replay: Replay) -> None:
    """Play the first three sequences."""
    replay.hour("19:01")
    replay.do(GoTo("s1"))
    hold(replay, replay.activity("choice").key, HERE)
    check_in(replay)
    tell_the_case(replay)
    answer(replay)
    weigh(replay)


def check_in(replay: Replay) -> None:
    weather = replay.activity("check_in").key
    open_and_cast(replay, weather, WEATHER)
    for place, (name, word) in enumerate(WORDS):
        replay.do(
            SubmitContribution(weather, word), by=replay.masked(name, weather), name=f"w{place}", after=3
        )
    close(replay, weather, WEATHER.closes)
    replay.hour(WEATHER.reveals)
    replay.do(RevealResult(weather))
    replay.commit()
    for place in range(len(WORDS)):
        replay.do(KeepContribution(replay.card(f"w{place}")), by=AIDE)


def tell_the_case(replay: Replay) -> None:
    """The case is told; questions come in silently, are shown, then supported."""
    questions = replay.activity("questions").key
    replay.hour("19:12")
    replay.do(GoTo("s2"), after=0)
    replay.do(OpenActivity(replay.activity("presentation").key))
    replay.do(OpenActivity(questions))
    for name, who, text, _ in QUESTIONS:
        replay.do(SubmitContribution(questions, text), by=who, name=name, after=150)
    paper = EnterContribution(questions, QUESTION_ON_PAPER, college="A", table=6, sheet="F-0102")
    replay.do(paper, by=AIDE, name="q7", after=90)
    replay.commit()
    replay.hour("19:33")
    for name in ("q1", "q2", "q3", "q4", "q5", "q6", "q7"):
        replay.do(KeepContribution(replay.card(name)), after=4)
    replay.do(ShowCards(questions))
    for name, _, _, supporters in QUESTIONS:
        for supporter in supporters.split():
            replay.do(SupportContribution(replay.card(name)), by=supporter, after=2)
    replay.do(CloseActivity(replay.activity("presentation").key), after=20)
    replay.commit()


def answer(replay: Replay) -> None:
    """Questions to understand, the most supported first; hands raised on a phone and in the room."""
    floor, questions = replay.activity("speaking").key, replay.activity("questions").key
    replay.hour("19:36")
    replay.do(GoTo("s3"), after=0)
    replay.do(OpenActivity(floor))
    for name in ("Thierry", "Odile", "Hélène"):
        replay.do(RequestTurn(floor), by=name, after=5)
    replay.do(AddSpeaker(floor, "Une dame près de la fenêtre", "A"), after=10)
    for card in ("q1", "q3", "q5"):
        replay.do(ProjectContribution(replay.card(card)), after=30)
        replay.do(GiveTurn(floor, None), after=2)
        replay.do(MarkAnswered(replay.card(card)), after=70)
        replay.do(ProjectContribution(replay.card(card), on=False), after=2)
    replay.do(GiveTurn(floor, None), after=10)
    replay.do(MarkAnswered(replay.card("q7")), after=50)
    replay.hour("19:43")
    replay.do(CloseActivity(floor), after=0)
    replay.do(CloseActivity(questions))
    replay.commit()


def weigh(replay: Replay) -> None:
    """A scale that two tables had heard the wrong way round: annulled with a motive, then held again."""
    scale = replay.activity("scale").key
    replay.do(GoTo("s3", scale))
    hold(replay, scale, WEIGHT_FIRST)
    replay.hour("19:48")
    replay.do(AnnulVote(scale, LOST_SCALE))
    replay.do(HoldAgain(scale), after=20)
    hold(replay, scale, WEIGHT)
