"""The result of one round: the method's tally, the numbers of the room, and the record of how it was obtained.

    tally     what the method counts, with_presence (D-2 to D-4), `by_college` (D-6: whole or None),
              `one_per_phone` (without vote cards: « un bulletin par téléphone connecté », D-2)
    beside    `record` {round, opened_at, closed_at, revealed_at, reopened: [[closed, undone]], operators,
              partial_to_desk, sha256 of the tally}, `texts` {kind: numbers of the cards} and `rounds` for consent,
              `draws` once lots were drawn

Hours are ISO texts. Lists are tuples, as the journal gives them back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from atelier.live.methods import consent
from atelier.live.methods.contract import Ballot, Paper, Result
from atelier.live.methods.counting import by_college, paper_size, with_presence
from atelier.live.methods.fingerprint import canonical, digest
from atelier.live.rules.envelope import Filled, choice_in, choices_in, count_marked
from atelier.live.rules.snapshot import frozen
from atelier.live.rules.voting import option_keys
from atelier.live.state import Activity, LiveState
from atelier.live.voting_methods import METHODS

BESIDE_TALLY = frozenset({"record", "texts", "rounds", "draws"})


def counted(
    state: LiveState, activity: Activity, ballots: Filled, paper: Paper | None, present: int
) -> Result:
    """Return the tally of what stands in the box, with the numbers of the room.

    Each ballot of a later arrival adds one person to the electorate (electorate.py). `present`: people at the close.
    """
    settings, keys = activity.settings, option_keys(activity)
    method = METHODS[activity.kind]
    result = with_presence(
        method.tally(choices_in(ballots), keys, settings, paper),
        present=present,
        electorate=activity.electorate + count_marked(ballots, "late"),
        shared=count_marked(ballots, "shared"),
        quorum_percent=settings.get("quorum"),
        on_paper=paper_size(paper) > 0,
    )
    colleges = None
    if settings.get("by_college") and activity.anonymity != "anonymous":
        colleges = by_college(
            choices_by_college(state, ballots),
            lambda some: method.tally(some, keys, settings),
            without_college=paper_size(paper),
        )
    tally: Result = frozen({**result, "by_college": colleges, "one_per_phone": not state.meeting.vote_cards})
    return tally


def choices_by_college(state: LiveState, ballots: Filled) -> dict[str, list[Ballot]]:
    """Return the ballots under the college that each voter has now; "" for a voter who gave none."""
    colleges: dict[str, list[Ballot]] = {college.key: [] for college in state.meeting.colleges}
    for voter, _, sealed in ballots:
        person = state.people.get(voter)
        colleges.setdefault(person.college if person else "", []).append(choice_in(sealed))
    return colleges


def with_record(result: Result, activity: Activity, by: str, now: datetime) -> Result:
    """Return the result with how it was obtained, sealed by the SHA-256 of its tally (D-11)."""
    record = {
        "round": activity.round,
        **hours_of(activity),
        "revealed_at": now.isoformat(),
        "operators": with_operator(activity, by),
        "partial_to_desk": bool(activity.settings.get("partial_to_desk")),
        "sha256": digest(tally_in(result)),
    }
    recorded: Result = frozen({**result, "record": record})
    return recorded


def hours_of(activity: Activity) -> dict[str, Any]:
    """Return the hours of a vote as ISO texts, None where it has not come that far."""
    return {
        "opened_at": iso(activity.opened_at),
        "closed_at": iso(activity.closed_at),
        "revealed_at": iso(activity.revealed_at),
        "reopened": tuple((iso(closed), iso(undone)) for closed, undone in activity.reopened),
    }


def iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def with_operator(activity: Activity, by: str) -> tuple[str, ...]:
    """Return who operated the vote, each once, in order of their first act."""
    return tuple(dict.fromkeys((*activity.operators, by)))


def tally_in(result: Mapping[str, Any]) -> Result:
    """Return the tally alone: what the SHA-256 of the counting sheet is made of."""
    return {name: value for name, value in result.items() if name not in BESIDE_TALLY}


def with_earlier_rounds(result: Result, activity: Activity) -> Result:
    """Return a consent result with `rounds`: each round that was revealed and not annulled, this one last."""
    earlier = [kept for kept in activity.rounds if kept["result"] is not None and not kept["annulled"]]
    numbers = [*(kept["round"] for kept in earlier), activity.round]
    told = consent.with_rounds([*(dict(kept["result"]) for kept in earlier), result])
    rounds = [{**entry, "round": number} for entry, number in zip(told["rounds"], numbers, strict=True)]
    whole: Result = frozen({**told, "rounds": rounds})
    return whole


def pile(ballots: Filled, paper: Paper | None) -> tuple[Ballot, ...]:
    """Return the sorted multiset of ballots that the journal keeps, phones and one-by-one paper mixed.

    Nothing is kept where paper was entered as totals: the result less the pile would be the subtotals of paper, which
    die at the reveal (D-5).
    """
    if paper and "options" in paper:
        return ()
    by_hand: Sequence[Ballot] = (paper or {}).get("one_by_one", ())
    kept: tuple[Ballot, ...] = frozen(canonical([*choices_in(ballots), *by_hand]))
    return kept
