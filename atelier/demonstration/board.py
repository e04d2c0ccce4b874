"""19 h 53 to 20 h 22: forces and weaknesses at the tables, on phones, on paper, by voice; three cards held back."""

from __future__ import annotations

from atelier.demonstration.people import AIDE, TABLE_PHONE
from atelier.demonstration.replay import Replay
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.cards_display import ShowCards
from atelier.live.rules.contributions import EditContribution, SubmitContribution
from atelier.live.rules.moderation import HideContribution, KeepContribution
from atelier.live.rules.proxy_entry import EnterContribution
from atelier.live.rules.tables import AnswerHelp, AskHelp, FinishTable
from atelier.live.rules.timing import ExtendTimer
from atelier.live.rules.withdrawal import WithdrawContribution

FORCES = (
    ("f1", "Samira", "On va chercher les gens au pied des immeubles, le samedi, avec un café."),
    ("f2", "Jean-Luc", "En mairie, je n'ai jamais réuni autant de monde un soir de semaine."),
    ("f3", "Léa", "Le cercle change la parole : personne n'est derrière une table."),
    ("f4", "Fatoumata", "Les enfants sont gardés. Les mères peuvent rester jusqu'au bout."),
    ("f5", "Thierry", "Les agents entendent là des choses que les courriers ne disent pas."),
    ("f6", "Marcel", "On peut parler de tout, même de ce qui fâche."),
    ("f7", "Karim", "Personne ne parle deux fois avant que tout le monde ait pu parler."),
    ("f8", "Yann", "L'absence d'ordre du jour laisse entrer des sujets que personne n'avait prévus."),
    ("f9", "Solange", "C'est toujours le premier mercredi. On n'a pas besoin d'invitation."),
    ("f10", "Béatrice", "Le compte rendu est affiché dans les halls le vendredi."),
    (
        "f11",
        TABLE_PHONE,
        "Le passage était noir. Trois semaines après l'assemblée, il y avait de la lumière.",
    ),
    ("f12", "Odile", "On est venu frapper à ma porte avec un thermos. C'est pour ça que je suis là."),
    ("f13", "Hélène", "Une règle simple, connue de tout le monde, suffit à répartir la parole."),
    ("f15", "Gérard", "La même salle, la même heure : les gens savent où nous trouver."),
)
WEAKNESSES = (
    ("m1", "Didier", "Le bailleur ne vient pas. On lui écrit, il ne répond pas."),
    ("m2", "Rosa", "Après l'assemblée, on ne sait pas qui décide."),
    ("m3", "Étienne", "Nous promettons parfois trop vite, sans savoir si le service suivra."),
    ("m4", "Abel", "Une parole libre qui n'a pas de relais dans la décision finit par lasser."),
    (
        "m5",
        "Monique",
        "Ceux qui parlent, c'est toujours les mêmes, et ceux qui ont le plus de soucis on les entend pas.",
    ),
    ("m6", "Aminata", "Ma voisine ne parle pas bien français. Elle vient, et elle se tait."),
    ("m7", "Bakary", "Les jeunes restent dehors, devant la porte."),
    ("m8", "Claude", "Sans ordre du jour, je ne peux pas venir avec la bonne réponse."),
    ("m9", "Paul", "Le récit affiché gomme les désaccords : on n'y lit que ce qui rassemble."),
    ("m10", "Zohra", "À 18 h 30 je suis au travail. Les horaires décalés ne viennent jamais."),
    (
        "m11",
        "Mireille",
        "Deux bénévoles portent tout. Le jour où elles s'arrêtent, il n'y a plus d'assemblée.",
    ),
    ("m12", TABLE_PHONE, "Le bailleur n'a envoyé personne depuis un an."),
    ("m15", "Josiane", "On vient parfois comme au guichet, pour une réclamation, pas pour débattre."),
    ("m16", "Agathe", "Rien ne dit ce qui a été transmis à la mairie, ni ce qui a été laissé de côté."),
)
# name, column, college, table, channel, sheet, words copied as they were written or said
ENTERED = (
    ("f14", "plus", "A", 6, "paper", "F-0117", "Le thermos dans l'escalier, ça oui c'était bien."),
    ("m13", "minus", "A", 5, "paper", "F-0118", "on parle on parle et l'ascenseur est toujours en panne"),
    ("m14", "minus", "A", 6, "oral", "", "Je n'ose pas parler devant les élus. J'ai peur que ça se retourne contre moi."),
    ("f16", "plus", "A", 4, "paper", "F-0121", "On rit aussi. Ça compte."),
)  # fmt: skip
# name, who, words, motive, note of the desk
HIDDEN = (
    ("h1", "Rémi", "Le gardien du bâtiment C ne fait rien de ses journées.", "attack", ""),
    (
        "h2",
        "Ahmed",
        "Le monsieur du troisième, tour B, ne paie plus son loyer. Tout le monde le sait.",
        "third_party_data",
        "",
    ),
    (
        "h3",
        "Nordine",
        "Une voiture grise est restée phares allumés sur le parking.",
        "other",
        "Message pratique, dit au micro aussitôt.",
    ),
)
REWRITTEN = "Un seul gardien pour deux bâtiments : il n'a pas le temps d'écouter."
TAKEN_BACK = "Je ne crois pas à ces assemblées."
CARRIED = {"m12": "A"}  # whose idea it is, says the table


def play(replay: Replay) -> None:
    """Write at the tables, in silence first; the desk keeps, hides, and is asked for help."""
    board = replay.activity("board").key
    replay.hour("19:53")
    replay.do(GoTo("s4"), after=0)
    replay.do(OpenActivity(board))
    write(replay, board)
    replay.do(AskHelp(), by=TABLE_PHONE)
    replay.do(AnswerHelp(replay.key_of(TABLE_PHONE)), after=45)
    replay.commit()
    moderate(replay)
    replay.hour("20:19")
    replay.do(ExtendTimer(60), after=0)
    replay.do(FinishTable(), by=TABLE_PHONE, after=30)
    replay.do(ShowCards(board), after=30)
    replay.hour("20:22")
    replay.do(CloseActivity(board), after=0)
    replay.commit()


def write(replay: Replay, board: str) -> None:
    """Send the cards, one side and the other by turns, then those of paper and voice."""
    both = [card for pair in zip(FORCES, WEAKNESSES, strict=True) for card in pair]
    for name, who, text in both:
        column = "plus" if name.startswith("f") else "minus"
        carried = CARRIED.get(name, "")
        replay.do(
            SubmitContribution(board, text, column=column, carried=carried), by=who, name=name, after=33
        )
    for name, column, college, table, channel, sheet, text in ENTERED:
        entry = EnterContribution(board, text, {}, column, college, table, channel, sheet)
        replay.do(entry, by=AIDE, name=name, after=25)
    for name, who, text, _, _ in HIDDEN:
        replay.do(SubmitContribution(board, text, column="minus"), by=who, name=name, after=10)
    replay.do(SubmitContribution(board, TAKEN_BACK, column="minus"), by="Maud", name="taken back")


def moderate(replay: Replay) -> None:
    """Hide with a motive; one author says it differently, and that is kept; another takes their card back."""
    for name, _, _, motive, note in HIDDEN:
        replay.do(HideContribution(replay.card(name), motive, note), after=15)
    replay.do(EditContribution(replay.card("h1"), REWRITTEN), by="Rémi", after=60)
    replay.do(KeepContribution(replay.card("h1")), by=AIDE, after=20)
    replay.do(WithdrawContribution(replay.card("taken back")), by="Maud", after=20)
    replay.commit()
