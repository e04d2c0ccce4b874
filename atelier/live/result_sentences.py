"""The result of a vote in sentences: one wording for the compte rendu and the story of the séance. Pure.

`kept` is one round as the record gives it (live/record.py); `named(option)` says an option, quoted by the caller: its words,
or where they already stand.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from atelier.live.result_words import AGREEMENT, FINGERS, FLAGS, GRADES
from atelier.speech import Speech, counted

Kept = Mapping[str, Any]
Option = Mapping[str, Any]
Named = Callable[[Option], str]
ANSWERING = frozenset({"roti", "check_in"})  # methods whose ballots are called answers
SEMICOLON = "\u00a0; "
SAID_ELSEWHERE = frozenset({"split", "tied_first", "adopted", "not_adopted"})


def counts_of(kept: Kept, speech: Speech) -> str:
    """Say who was there and how they voted (D-4): « 48 personnes présentes, 41 bulletins (dont 5 sur papier), … »."""
    _, ngettext, counts = speech.gettext, speech.ngettext, kept["counts"]
    answers = kept["tally"]["method"] in ANSWERING
    ballots = (
        counted(speech, "%(num)s réponse", "%(num)s réponses", counts["voters"])
        if answers
        else counted(speech, "%(num)s bulletin", "%(num)s bulletins", counts["voters"])
    )
    among = [_("dont %(count)s sur papier") % {"count": counts["paper"]}] if counts["paper"] else []
    if kept.get("shared"):
        among.append(_("dont %(count)s au téléphone de table") % {"count": kept["shared"]})
    parts = [f"{ballots} ({', '.join(among)})" if among else ballots]
    if kept.get("present") is not None:
        present = ngettext("%(num)s personne présente", "%(num)s personnes présentes", kept["present"])
        parts.insert(0, present % {"num": kept["present"]})
    if not answers:
        parts += [
            counted(speech, "%(num)s exprimé", "%(num)s exprimés", counts["valid"]),
            counted(speech, "%(num)s blanc", "%(num)s blancs", counts["blank"]),
            counted(speech, "%(num)s ne se prononce pas", "%(num)s ne se prononcent pas", counts["abstain"]),
        ]
    if counts["void"]:
        parts.append(counted(speech, "%(num)s nul", "%(num)s nuls", counts["void"]))
    return f"{', '.join(parts)}."


def outcome_of(kept: Kept, speech: Speech, named: Named) -> list[str]:
    """Say what came out, whole: every option, in rank order where there is one, ties as ties (domain §4, rule 8)."""
    return list(OUTCOMES[kept["tally"]["method"]](kept["tally"], speech, named))


def notes_of(kept: Kept, speech: Speech) -> list[str]:
    """Say what a reader must know of the count: quorum, indicative result, draw, close undone (D-1, D-2)."""
    _ = speech.gettext
    said = [_(FLAGS[flag]) for flag in kept["tally"]["flags"] if flag in FLAGS and flag not in SAID_ELSEWHERE]
    quorum = kept.get("quorum")
    if quorum:
        said.append(
            _("Quorum de %(percent)s\u00a0%% : %(required)s bulletins.")
            % {"percent": quorum["percent"], "required": quorum["required"]}
        )
    said += [
        _("Départage par tirage au sort public, tirage « %(seed)s ».") % {"seed": draw["seed"]}
        for draw in kept.get("draws") or ()
    ]
    if kept.get("undone"):
        said.append(
            counted(
                speech,
                "La clôture a été annulée une fois avant le dépouillement.",
                "La clôture a été annulée %(num)s fois avant le dépouillement.",
                kept["undone"],
            )
        )
    if kept.get("one_per_phone") and kept["tally"]["method"] not in ANSWERING:
        said.append(_("Un bulletin par téléphone connecté."))
    return said


# ---------------------------------------------------------------- one method after the other


def _ranked(tally: Kept, speech: Speech, named: Named, measured: Callable[[Option], str]) -> Iterator[str]:
    """« En tête : A (31). Ensuite : B (24) ; C et D, ex æquo (10). »"""
    _ = speech.gettext
    ranks = [
        list(group)
        for rank, group in groupby(tally["options"], lambda option: option["rank"])
        if rank is not None
    ]
    if not ranks:
        yield _("Aucun bulletin exprimé.")
        return
    said = [_tied(group, speech, named, measured) for group in ranks]
    yield _("En tête : %(first)s.") % {"first": said[0]}
    if said[1:]:
        yield _("Ensuite : %(others)s.") % {"others": SEMICOLON.join(said[1:])}


def _tied(group: Sequence[Option], speech: Speech, named: Named, measured: Callable[[Option], str]) -> str:
    said = ", ".join(f"{named(option)} ({measured(option)})" for option in group)
    return speech.gettext("ex æquo, %(options)s") % {"options": said} if len(group) > 1 else said


def _people(count: int, speech: Speech) -> str:
    return counted(speech, "%(num)s personne", "%(num)s personnes", count)


def _dots(tally: Kept, speech: Speech, named: Named) -> Iterator[str]:
    placed = speech.ngettext(
        "%(placed)s gommette posée sur %(available)s.",
        "%(placed)s gommettes posées sur %(available)s.",
        tally["dots_placed"],
    )
    yield placed % {"placed": tally["dots_placed"], "available": tally["dots_available"]}

    def measured(option: Option) -> str:
        dots = counted(speech, "%(num)s gommette", "%(num)s gommettes", option["dots"])
        return f"{dots}, {_people(option['people'], speech)}"

    yield from _ranked(tally, speech, named, measured)


def _choice(tally: Kept, speech: Speech, named: Named) -> Iterator[str]:
    def measured(option: Option) -> str:
        people = _people(option["people"], speech)
        if option["percent"] is None:
            return people
        share = speech.gettext("%(people)s, %(percent)s\u00a0%%")
        return share % {"people": people, "percent": option["percent"]}

    yield from _ranked(tally, speech, named, measured)
    if tally["multiple"]:
        yield speech.gettext("%(least)s à %(most)s choix par personne.") % {
            "least": tally["min"],
            "most": tally["max"],
        }


def _merit(tally: Kept, speech: Speech, named: Named) -> Iterator[str]:
    def measured(option: Option) -> str:
        return speech.gettext("mention « %(grade)s »") % {
            "grade": speech.gettext(GRADES[option["grade_code"]])
        }

    yield from _ranked(tally, speech, named, measured)


def _scale(tally: Kept, speech: Speech, named: Named) -> Iterator[str]:
    _ = speech.gettext
    for option in tally["options"]:
        if not option["expressed"]:
            yield _("%(option)s : aucune réponse.") % {"option": named(option)}
            continue
        parts = [middle(option, speech), _("la moitié entre %(q1)s et %(q3)s") % option]
        if option["split"]:
            parts.append(_("avis clivés"))
        parts.append(counted(speech, "%(num)s réponse", "%(num)s réponses", option["expressed"]))
        yield _("%(option)s : %(parts)s.") % {"option": named(option), "parts": ", ".join(parts)}


def middle(option: Option, speech: Speech) -> str:
    """Say a median; a split even one prints both values, the lower one is kept (D-9)."""
    _ = speech.gettext
    if option["median"] == option["median_high"]:
        return _("médiane %(value)s") % {"value": option["median"]}
    return _("médiane %(value)s (entre %(low)s et %(high)s)") % {
        "value": option["median"],
        "low": option["median"],
        "high": option["median_high"],
    }


def _gradients(tally: Kept, speech: Speech, named: Named) -> Iterator[str]:
    for option in tally["options"]:
        yield speech.gettext("%(option)s : %(parts)s.") % {
            "option": named(option),
            "parts": agreement_of(option, speech),
        }


def agreement_of(option: Option, speech: Speech) -> str:
    """Say how far people agree: the label of D-10 from 8 answers on, then the counts, with shares from 20 on (D-4)."""
    _ = speech.gettext
    if not option["expressed"]:
        return _("aucune réponse")
    favourable = counted(speech, "%(num)s favorable", "%(num)s favorables", option["favourable"])
    opposed = counted(speech, "%(num)s opposé", "%(num)s opposés", option["unfavourable"])
    if option["percent_favourable"] is not None:
        share = _("%(side)s (%(percent)s\u00a0%%)")
        favourable = share % {"side": favourable, "percent": option["percent_favourable"]}
        opposed = share % {"side": opposed, "percent": option["percent_unfavourable"]}
    parts = [_(AGREEMENT[option["label"]])] if option["label"] else []
    parts += [favourable, opposed, counted(speech, "%(num)s neutre", "%(num)s neutres", option["neutral"])]
    answers = counted(speech, "sur %(num)s réponse", "sur %(num)s réponses", option["expressed"])
    return f"{', '.join(parts)}, {answers}"


def _consent(tally: Kept, speech: Speech, named: Named) -> Iterator[str]:
    _, answers = speech.gettext, tally["answers"]
    if tally["adopted"]:
        yield _("Proposition adoptée : aucune objection.")
    elif answers["objection"]:
        yield counted(
            speech,
            "Proposition non adoptée : %(num)s objection.",
            "Proposition non adoptée : %(num)s objections.",
            answers["objection"],
        )
    else:
        yield _("Proposition non adoptée : personne n'a consenti.")
    parts = [
        counted(speech, "%(num)s consentement", "%(num)s consentements", answers["consent"]),
        counted(
            speech,
            "%(num)s consentement avec réserve",
            "%(num)s consentements avec réserve",
            answers["reservation"],
        ),
        counted(speech, "%(num)s objection", "%(num)s objections", answers["objection"]),
        counted(speech, "%(num)s retrait", "%(num)s retraits", answers["withdraw"]),
    ]
    yield f"{', '.join(parts)}."


def _worth(tally: Kept, speech: Speech, named: Named) -> Iterator[str]:
    _, (answers,) = speech.gettext, tally["options"]
    if not answers["expressed"]:
        yield _("Aucune réponse.")
        return
    said = [
        _("« %(text)s » (%(count)s)") % {"text": _(FINGERS[value - 1]), "count": count}
        for value, count in enumerate(answers["counts"], 1)
        if count
    ]
    yield _("Sur cinq degrés, %(middle)s. Réponses : %(counts)s.") % {
        "middle": middle(answers, speech),
        "counts": SEMICOLON.join(said),
    }


def _nothing(tally: Kept, speech: Speech, named: Named) -> Iterator[str]:
    yield from ()


OUTCOMES: Mapping[str, Callable[[Kept, Speech, Named], Iterator[str]]] = {
    "dot_vote": _dots,
    "choice": _choice,
    "majority_judgment": _merit,
    "scale": _scale,
    "gradients": _gradients,
    "consent": _consent,
    "roti": _worth,
    "check_in": _nothing,  # weather never leaves the séance (D-15)
}
