"""The templates of comptes rendus (domain §5, T1 to T3): sections in order, and where what was said and counted goes. Data.

Headings and hints are texts of the document, in French like it: they are copied into it, people may change them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from atelier.later import N_
from atelier.minutes.content import Section


@dataclass(frozen=True, slots=True)
class Places:
    """Keys of the sections where things go. `told`: the texts of a presentation one after the other, the last takes the rest."""

    header: str = "header"
    told: tuple[str, ...] = ("cases",)
    holder: bool = False  # who presents is the porteur of an experience
    previous: str = "header"
    answered: str = "questions"
    unanswered: str = "questions"
    plus: str = "said"
    minus: str = "said"
    other: str = "said"  # columns without a sign
    cards: str = "said"  # cards without a column
    proposals: str = "said"  # boards where one proposes
    hypotheses: str = "said"
    votes: str = "votes"
    polls: str = ""  # a choice asked before anybody has written; "": with the votes
    apart: bool = False  # votes on clusters are told with the votes, not with the clusters
    beside: bool = False  # a vote asked beside a board is told with it, when it is not on its cards
    consent: str = "votes"
    debate: str = ""  # "" : not told apart
    divergent: str = ""  # of the hypotheses, where somebody wrote a reserve; "" : with the debate
    online: str = ""  # told even where nothing came
    commitments: str = "next"
    following: str = "next"
    feedback: str = "annex_votes"
    annex: str = "annex_session"


@dataclass(frozen=True, slots=True)
class DocumentTemplate:
    """`bare`: sections whose cards stand under their own heading, without the question asked above them."""

    key: str
    label: str
    sections: tuple[Section, ...]
    places: Places = field(default_factory=Places)
    bare: frozenset[str] = frozenset()


def part(key: str, heading: str, hint: str = "", required: bool = False) -> Section:
    return Section(key, 1, heading, required=required, hint=hint)


def under(key: str, heading: str, hint: str = "") -> Section:
    return Section(key, 2, heading, hint=hint)


def annex(key: str, heading: str, hint: str = "") -> Section:
    return Section(key, 1, heading, hint=hint, annex=True)


HEADER = under("header", N_("La séance"))
ANNEX_VOTES = annex("annex_votes", N_("Autres votes et retour sur la séance"))
ANNEX_SESSION = annex("annex_session", N_("Déroulé, et ce qui n'est pas dans ce texte"))

T1 = DocumentTemplate(
    "t1",
    N_("Journée de groupe d'échanges"),
    (
        HEADER,
        part(
            "themes",
            N_("Thèmes travaillés"),
            N_("Les questions de sens, puis de méthode, en quelques lignes."),
        ),
        part(
            "cases",
            N_("Expériences présentées"),
            N_(
                "Cinq lignes par expérience, relues par la personne qui l'a présentée. Rien d'autre des situations."
            ),
        ),
        part(
            "learned",
            N_("Ce que nous en retirons"),
            N_("Ce qui vaut au-delà des situations, avec les cartes qui le montrent."),
        ),
        part(
            "divergent",
            N_("Points de vue divergents"),
            N_("Chaque désaccord avec ses deux arguments."),
        ),
        part("votes", N_("Décisions et votes"), N_("Ce qui a été décidé, et comment.")),
        part(
            "next", N_("Qui fait quoi, prochaine rencontre"), N_("Qui présente la prochaine fois, où, quand.")
        ),
        part(
            "forum",
            N_("Éléments pour la contribution au forum"),
            N_("Ce que le groupe veut dire au forum, en trois à cinq phrases."),
        ),
        annex("contributions", N_("Autres contributions")),
        ANNEX_VOTES,
        ANNEX_SESSION,
    ),
    Places(
        answered="contributions",
        unanswered="contributions",
        plus="learned",
        minus="learned",
        other="learned",
        cards="learned",
        proposals="learned",
        hypotheses="learned",
        debate="divergent",
    ),
)

T2 = DocumentTemplate(
    "t2",
    N_("Soirée de chantier coopératif"),
    (
        HEADER,
        part("case", N_("Description analytique du cas"), required=True),
        under("context", N_("Contexte de développement"), N_("Où, quand, avec qui l'expérience est née.")),
        under(
            "choices",
            N_("Choix qui ont conduit à l'installation"),
            N_("Ce qui a été décidé, et ce qui a été écarté."),
        ),
        under(
            "ways",
            N_("Manières de faire"),
            N_("Comment on rencontre la population, les organisations, les élues et élus."),
        ),
        under(
            "means",
            N_("Acteurs, moyens, chronologie"),
            N_("Qui fait quoi, avec quel argent et quel temps, et les dates qui comptent."),
        ),
        under(
            "answers",
            N_("Ce que les questions ont précisé"),
            N_("Sous chaque question, la réponse donnée, en une phrase."),
        ),
        part("review", N_("Forces et faiblesses"), required=True),
        under(
            "strengths", N_("Forces"), N_("Pour chaque regroupement : ce qui est dit, et par quels regards.")
        ),
        under(
            "weaknesses",
            N_("Faiblesses"),
            N_("Pour chaque regroupement : ce qui est dit, et par quels regards."),
        ),
        under(
            "debate",
            N_("Ce qui fait débat entre les regards"),
            N_(
                "Chaque désaccord avec ses deux arguments : élus et agents, associatifs et citoyens, universitaires."
            ),
        ),
        part(
            "hypotheses",
            N_("Hypothèses"),
            N_("Ce que l'expérience révèle et qui peut servir ailleurs."),
            True,
        ),
        under(
            "divergent",
            N_("Points de vue divergents ou minoritaires"),
            N_(
                "Pour chaque hypothèse qui partage la salle, l'argument de celles et ceux qui ne sont pas d'accord."
            ),
        ),
        part(
            "themes",
            N_("Thèmes transversaux suggérés"),
            N_("Un à trois thèmes qui reviennent dans d'autres chantiers."),
        ),
        part("next", N_("Suites")),
        under(
            "reaction",
            N_("Réaction du porteur"),
            N_("Ce que le porteur a répondu en fin de soirée, en deux phrases."),
        ),
        under(
            "promises",
            N_("Engagements et prochaine rencontre"),
            N_("La date et le lieu de la prochaine soirée."),
        ),
        under(
            "writers",
            N_("Rédaction et statut"),
            N_("Qui a écrit ce texte, à quelle date, et à quelle étape il en est."),
        ),
        annex("contributions", N_("Autres contributions")),
        ANNEX_VOTES,
        ANNEX_SESSION,
    ),
    Places(
        told=("context", "choices", "ways"),
        holder=True,
        answered="answers",
        unanswered="answers",
        plus="strengths",
        minus="weaknesses",
        other="contributions",
        cards="contributions",
        proposals="contributions",
        hypotheses="hypotheses",
        votes="annex_votes",
        consent="promises",
        debate="debate",
        divergent="divergent",
        commitments="promises",
        following="promises",
    ),
    bare=frozenset({"strengths", "weaknesses", "hypotheses"}),
)

T3 = DocumentTemplate(
    "t3",
    N_("Atelier participatif"),
    (
        HEADER,
        part(
            "previous", N_("Rappel de la séance précédente"), N_("Ce qui a changé depuis, en trois lignes.")
        ),
        part("said", N_("Réflexions par thème"), N_("Pour chaque thème : ce qui est dit, ce qui manque.")),
        part(
            "proposals",
            N_("Propositions"),
            N_("Pour chaque proposition : quoi, pour qui, comment, à quelles conditions."),
        ),
        part("debate", N_("Ce qui fait débat"), N_("Chaque désaccord avec ses deux arguments.")),
        part("priorities", N_("Priorités"), N_("Ce que le groupe met en premier, et comment il l'a choisi.")),
        part("online", N_("Contributions reçues en ligne")),
        part("open", N_("Questions ouvertes"), N_("Ce que la séance laisse sans réponse.")),
        part("next", N_("Suite"), N_("Qui fait quoi, et la date de la prochaine séance.")),
        ANNEX_VOTES,
        ANNEX_SESSION,
    ),
    Places(
        told=("said",),
        previous="previous",
        answered="open",
        unanswered="open",
        proposals="proposals",
        votes="priorities",
        polls="annex_votes",
        apart=True,
        beside=True,
        consent="proposals",
        debate="debate",
        online="online",
    ),
)

T0 = DocumentTemplate(
    "t0",
    N_("Séance"),
    (
        HEADER,
        part("cases", N_("Ce qui a été présenté"), N_("Qui a présenté quoi, en quelques lignes.")),
        part("said", N_("Ce qui s'est dit"), N_("Par thème, et non dans l'ordre de la séance.")),
        part("questions", N_("Questions et réponses"), N_("Sous chaque question, la réponse donnée.")),
        part("debate", N_("Ce qui fait débat"), N_("Chaque désaccord avec ses deux arguments.")),
        part("votes", N_("Décisions et votes"), N_("Ce qui a été décidé, et comment.")),
        part("next", N_("Qui fait quoi, suites"), N_("La date et le lieu de la prochaine rencontre.")),
        ANNEX_VOTES,
        ANNEX_SESSION,
    ),
    Places(debate="debate"),
)

TEMPLATES: Mapping[str, DocumentTemplate] = {template.key: template for template in (T1, T2, T3, T0)}
OF_KIND: Mapping[str, str] = {"exchange_day": "t1", "worksite_evening": "t2", "workshop": "t3"}
KINDS: Mapping[str, str] = {
    "exchange_day": N_("Journée de groupe d'échanges"),
    "worksite_evening": N_("Soirée de chantier coopératif"),
    "workshop": N_("Atelier participatif"),
}


def template_for(kind: str) -> DocumentTemplate:
    """Return the template for a kind of séance; T0 where the playbooks give none."""
    return TEMPLATES[OF_KIND.get(kind, "t0")]
