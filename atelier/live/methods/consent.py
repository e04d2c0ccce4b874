"""Consent (consentement; domain §4, method 7; D-10).

Ballot    {"answer": "consent" | "reservation" | "objection" | "withdraw"}. The texts travel beside the
          ballot: an objection needs one (TEXT_REQUIRED), a reservation may have one (TEXT_OFFERED). No blank
          ballot and no abstention: « je me retire » is the answer for that. Not secret.
Settings  none used here. `options` is ignored: there is one proposal.
Paper     {"answer": {"counts": [consent, reservation, objection, withdraw]}}.
Result    one entry, key "answer": rank (None), tied (False), counts (in the order of ANSWERS), expressed,
          unanswered (0), favourable (consent and reservation), neutral (withdraw: expressed, on no side),
          unfavourable (objection), label (None under 8; an objection is open, so it excludes `consensus`),
          minority_block. Also: answers {answer: int}, adopted. `with_rounds` adds rounds.
Flags     adopted or not_adopted, no_valid_ballot.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from atelier.live.methods import counting, flags
from atelier.live.methods.agreement import Sides, agreement_label, keeps_minority_block
from atelier.live.methods.contract import Ballot, InvalidBallot, Paper, Result, Settings
from atelier.live.methods.grid import Row, check_grid_rows, tally_grid
from atelier.live.methods.paper import check_entry
from atelier.live.methods.reading import read_ballot

ANSWERS = ("consent", "reservation", "objection", "withdraw")
TEXT_REQUIRED = frozenset({"objection"})
TEXT_OFFERED = frozenset({"reservation", "objection"})


def check(ballot: object, settings: Settings, options: Sequence[str]) -> Ballot:
    """The ballot normalised. Raises InvalidBallot. The act that casts it demands the text of an objection."""
    _, content = read_ballot(ballot, "answer", blank_offered=False)
    if content not in ANSWERS:
        raise InvalidBallot("unknown_answer")
    return {"answer": content}


def check_paper(paper: object, settings: Settings, options: Sequence[str]) -> Paper:
    """The paper normalised: the four answers sum to the ballots (D-5)."""
    return check_entry(
        paper,
        ("answer",),
        lambda ballot: check(ballot, settings, options),
        lambda rows, valid: check_grid_rows(rows, valid, len(ANSWERS), partial=False),
        blank_offered=False,
    )


def tally(
    ballots: Sequence[Ballot], options: Sequence[str], settings: Settings, paper: Paper | None = None
) -> Result:
    """The answers of one round. Adopted if nobody objects and somebody consents: silence is not consent."""
    counts = counting.count(ballots, paper)
    marks = ({"answer": ANSWERS.index(ballot["answer"])} for ballot in counting.choices(ballots, paper))
    row = tally_grid(marks, paper, ("answer",), 0, len(ANSWERS), counts)["answer"]
    entry = {**row.entry("answer"), **_agreement(row)}
    adopted = entry["unfavourable"] == 0 and entry["favourable"] > 0
    return {
        "method": "consent",
        "counts": counts,
        "options": [entry],
        "answers": dict(zip(ANSWERS, row.counts, strict=True)),
        "adopted": adopted,
        "flags": flags.collect(
            no_valid_ballot=counts["valid"] == 0, adopted=adopted, not_adopted=not adopted
        ),
    }


def with_rounds(results: Sequence[Result]) -> Result:
    """The result of the last round, plus `rounds`: each {"round" from 1, "counts", "answers", "adopted"}.

    An objection leads to an amended proposal and a new round; earlier rounds are kept. ValueError without a
    round.
    """
    if not results:
        raise ValueError("a consent decision has at least one round")
    rounds = [
        {"round": number, **{name: result[name] for name in ("counts", "answers", "adopted")}}
        for number, result in enumerate(results, start=1)
    ]
    return {**results[-1], "rounds": rounds}


def _agreement(row: Row) -> dict[str, Any]:
    consents, reservations, objections, withdrawals = row.counts
    sides = Sides(consents + reservations, withdrawals, objections)
    label = agreement_label(sides, open_objections=objections)
    return {
        **sides._asdict(),
        "label": label,
        "minority_block": keeps_minority_block(label, sides.favourable),
    }
