"""20 h 49 to 21 h 20: hypotheses with their four lines, how far the room agrees, what could come next."""

from __future__ import annotations

from atelier.demonstration.people import AIDE, TABLE_PHONE
from atelier.demonstration.replay import Replay, chosen, many, marks
from atelier.demonstration.voting import ABSTAIN, BLANK, Vote, close, hold, open_and_cast
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.moderation import KeepContribution
from atelier.live.rules.proxy_entry import EnterContribution
from atelier.live.rules.reveal import RevealResult

FIELDS = ("statement", "evidence", "useful_to", "elsewhere")
# name, who, then the four lines
HYPOTHESES = (
    (
        "y1",
        "Léa",
        "Une assemblée sans ordre du jour fait entrer des sujets que les institutions ne voient pas.",
        "Le passage sans lumière et la garde des enfants n'étaient dans aucun plan d'action.",
        "Les conseils de quartier, les centres sociaux.",
        "Une réunion de parents d'élèves, une assemblée de locataires.",
    ),
    (
        "y2",
        "Samira",
        "Aller chercher les gens un par un fait venir plus de monde qu'une affiche.",
        "Sur dix personnes à notre table, sept sont venues parce que quelqu'un a frappé à leur porte.",
        "Toute équipe qui dit : « les gens ne viennent pas ».",
        "Un village sans centre social, avec les facteurs et les commerces.",
    ),
    (
        "y3",
        "Thierry",
        "Des agents qui viennent sans devoir répondre rendent la parole plus franche.",
        "Le mois où personne n'avait de réponse toute prête, on a parlé de l'ascenseur pendant une heure.",
        "Les services municipaux, les bailleurs.",
        "Un hôpital, une agence d'emploi.",
    ),
    (
        "y4",
        "Paul",
        "Une règle de parole connue de tout le monde corrige une partie des inégalités.",
        "Le nombre de personnes qui parlent a doublé l'année où la règle a été affichée.",
        "Les animatrices et animateurs, les conseils citoyens.",
        "Un conseil d'école, une assemblée générale d'association.",
    ),
    (
        "y5",
        TABLE_PHONE,
        "Sans réponse datée, une assemblée perd ses habitants.",
        "Après six mois sans nouvelles de l'ascenseur, la tour C n'est plus venue.",
        "La mairie et le bailleur.",
        "Partout où la décision se prend ailleurs.",
    ),
    (
        "y6",
        "Étienne",
        "Dire « je ne sais pas encore » donne plus de confiance qu'une promesse.",
        "L'élue qui l'a dit en mars est revenue en avril avec la réponse : on en parle encore.",
        "Les élues et élus de quartier.",
        "Une réunion publique sur un chantier.",
    ),
)
ON_PAPER = {
    "statement": "Un lieu qui n'est pas la mairie, ça change tout.",
    "evidence": "ici on entre sans rendez-vous",
    "useful_to": "les communes",
    "elsewhere": "une médiathèque, un café",
}
ORDER = ("y1", "y2", "y3", "y4", "y5", "y6", "y7")

AGREEMENT = Vote(
    "21:09",
    "21:14",
    "21:15",
    {
        "E": many(
            (3, marks("levels", "2132212")), (3, marks("levels", "3123421")), (2, marks("levels", "4212313")),
            (2, marks("levels", "42114-1")), (1, BLANK),
        ),
        "A": many(
            (5, marks("levels", "1152112")), (4, marks("levels", "1143131")), (4, marks("levels", "2152111")),
            (3, marks("levels", "1124212")), (3, marks("levels", "3142113")), (1, ABSTAIN),
        ),
        "U": many(
            (3, marks("levels", "1231221")), (3, marks("levels", "2241312")), (2, marks("levels", "1351423")),
            (2, marks("levels", "1322-14")),
        ),
        "X": many((1, marks("levels", "1111111"))),
    },
    turn=7,
)  # fmt: skip
# option, who, reservation
RESERVATIONS = (
    ("o1", "Claude", "D'accord, si les sujets sont envoyés aux services le lendemain."),
    ("o3", "Rosa", "Un agent qui ne répond jamais, c'est aussi une façon de ne pas s'engager."),
    ("o3", "Ahmed", "On veut des réponses. La franchise ne suffit pas."),
    ("o4", "Agathe", "La règle ne corrige rien pour qui n'ose pas entrer dans la salle."),
    ("o5", "Lucien", "Une date, oui. Mais pas une date intenable."),
)
BEFOREHAND = Vote(
    "21:15",
    "21:17",
    "21:17",
    {
        "E": many((6, chosen("1")), (5, chosen("2"))),
        "A": many((7, chosen("1")), (14, chosen("2"))),
        "U": many((5, chosen("1")), (5, chosen("2"))),
    },
)
NEXT = Vote(
    "21:18",
    "21:20",
    "21:21",
    {
        "E": many(
            (4, marks("grades", "4531")), (3, marks("grades", "5423")), (2, marks("grades", "3355")),
            (1, marks("grades", "64-0")), (1, BLANK),
        ),
        "A": many(
            (6, marks("grades", "6542")), (5, marks("grades", "6451")), (4, marks("grades", "5630")),
            (3, marks("grades", "6364")), (2, marks("grades", "4-52")), (1, marks("grades", "6660")),
        ),
        "U": many((4, marks("grades", "5622")), (3, marks("grades", "4533")), (2, marks("grades", "3641"))),
    },
    turn=9,
    paper={
        "ballots": 5,
        "options": {
            "o1": {"counts": [0, 0, 0, 0, 1, 2, 2]},
            "o2": {"counts": [0, 0, 1, 1, 2, 1, 0]},
            "o3": {"counts": [0, 0, 0, 1, 1, 2, 1]},
            "o4": {"counts": [2, 1, 1, 1, 0, 0, 0]},
        },
    },
)  # fmt: skip


def play(replay: Replay) -> None:
    """Write hypotheses, say how far one agrees with each, judge what could come next."""
    write(replay)
    agree(replay)
    ordered_or_not = replay.activity("choice", 2).key
    replay.do(GoTo("s8", ordered_or_not))
    hold(replay, ordered_or_not, BEFOREHAND)
    judged = replay.activity("majority_judgment").key
    replay.do(GoTo("s8", judged))
    hold(replay, judged, NEXT)


def write(replay: Replay) -> None:
    """One or two hypotheses at each table, one on a sheet."""
    form = replay.activity("hypothesis").key
    replay.hour("20:49")
    replay.do(GoTo("s7"), after=20)
    replay.do(OpenActivity(form))
    replay.wait(420)
    for name, who, *lines in HYPOTHESES:
        fields = dict(zip(FIELDS, lines, strict=True))
        replay.do(SubmitContribution(form, fields=fields), by=who, name=name, after=75)
    paper = EnterContribution(form, fields=ON_PAPER, college="A", table=6, sheet="F-0130")
    replay.do(paper, by=AIDE, name="y7", after=60)
    replay.commit()
    for name in ORDER:
        replay.do(KeepContribution(replay.card(name)), after=5)
    replay.hour("21:07")
    replay.do(CloseActivity(form), after=0)
    replay.commit()


def agree(replay: Replay) -> None:
    """Each hypothesis kept becomes an option by itself; reservations may be written beside it."""
    gradients = replay.activity("gradients")
    replay.hour("21:08")
    replay.do(GoTo("s8", gradients.key), after=0)
    open_and_cast(replay, gradients.key, AGREEMENT)
    for place, (option, who, text) in enumerate(RESERVATIONS):
        replay.hour(f"21:{10 + place // 2}")
        reservation = SubmitContribution(gradients.key, text, option=option)
        replay.do(reservation, by=who, name=f"r{place}", after=20)
    close(replay, gradients.key, AGREEMENT.closes)
    replay.hour(AGREEMENT.reveals)
    replay.do(RevealResult(gradients.key), after=0)
    replay.commit()
    for place in range(len(RESERVATIONS)):
        replay.do(KeepContribution(replay.card(f"r{place}")), by=AIDE, after=3)
    replay.commit()
