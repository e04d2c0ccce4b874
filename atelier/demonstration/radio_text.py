"""What people wrote in the compte rendu of the radio: prose that cites its cards, beside what the app had drafted (D-26).

`{f1}` stands for the citation of a card, by the name that radio.py gives it; `{blocks}` for what the draft already says there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from atelier.demonstration.radio import CARDS, HYPOTHESES, QUESTIONS
from atelier.i18n import typeset
from atelier.minutes.content import Content

PROSE = {
    "means": "Douze personnes préparent l'émission ; deux jeunes tiennent la technique {m4}. Le centre social prête la salle"
    " et paie l'enceinte : 900 € par an. La première émission date du printemps 2024.",
    "answers": "{blocks}\n\nPersonne ne choisit seul : l'équipe réécoute, et les personnes qui parlent gardent ou jettent {q1}."
    " Une heure d'émission coûte six heures de préparation et aucune somme de plus {q2}.",
    "strengths": "### Une parole qui ne vient pas en réunion\n\nL'émission fait parler des « gens qui ne viennent jamais en"
    " réunion » {f1}, et elle touche des personnes qui ne lisent pas les affiches {f5}. Côté élus et agents, quelqu'un"
    " entend le quartier « sans que le quartier soit convoqué » {f3}.\n\n### Une parole préparée\n\nOn répète avant {f2},"
    " et la parole est « montée par celles et ceux qui l'ont dite » {f4}. Pour des universitaires, c'est ce qui la distingue"
    " d'une interview.",
    "weaknesses": "{blocks}\n\nCe qui est dit à l'antenne n'arrive « dans aucun service » {m5}. Ce sont des élus et agents"
    " qui le disent {m2}, et c'est la faiblesse que la salle veut comprendre d'abord {vote}.",
    "debate": "{blocks}\n\n**Faut-il garder les désaccords à l'antenne ?** Pour des universitaires, les couper fait croire"
    " que « tout le monde est d'accord » {m3} {y2}. Pour des associatifs, une voix se reconnaît, et parler peut coûter"
    " {p1}. Les deux arguments sont maintenus.",
    "themes": "Ce que l'on fait d'une parole entendue. La place de celles et ceux qui ne viennent pas en réunion.",
    "reaction": "L'équipe de la radio retient la demande d'un créneau le samedi {m1}. Elle lira désormais, au début de chaque"
    " émission, les réponses reçues.",
    "writers": "Écrit par l'animation et une habitante, relu par les personnes présentes.",
}


def written(content: Content, ref_of: Callable[[str], str]) -> Iterator[tuple[str, str]]:
    """Yield each section that people wrote in with its new body."""
    names = [name for name, *_ in (*QUESTIONS, *CARDS)] + ["p1"]
    refs = {name: f"[C-{ref_of(name)}]" for name in names}
    refs |= {name: f"[H-{ref_of(name)}]" for name, *_ in HYPOTHESES}
    for section in content.sections:
        if section.key in PROSE:
            prose = typeset(PROSE[section.key])
            yield section.key, prose.format(blocks=section.body, vote="[V-1]", **refs)
