"""Reading what a phone sent as a ballot: any JSON value goes in; out comes a ballot or InvalidBallot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from atelier.live.methods.contract import Ballot, InvalidBallot


def read_ballot(ballot: object, field: str, blank_offered: bool = True) -> tuple[Ballot | None, object]:
    """Either (the finished ballot, None) for a blank or abstaining ballot, or (None, content of `field`).

    Fields other than `blank`, `abstain` and `field` are dropped: nothing but the choice is ever sealed.
    """
    if not isinstance(ballot, Mapping):
        raise InvalidBallot("not_a_ballot")
    said = [name for name in ("blank", "abstain") if _said(ballot, name)]
    content: object = ballot.get(field)
    if not said:
        if content is None:
            raise InvalidBallot("empty_ballot")
        return None, content
    if len(said) > 1 or content:
        raise InvalidBallot("ambiguous_ballot")
    if not blank_offered:
        raise InvalidBallot("blank_not_offered")
    return {said[0]: True}, None


def read_marks(content: object, options: Sequence[str], low: int, high: int) -> dict[str, int]:
    """{option: integer from low to high}, in the order of `options`; some may be left out, not all."""
    if not isinstance(content, Mapping):
        raise InvalidBallot("not_a_ballot")
    if any(key not in options for key in content):
        raise InvalidBallot("unknown_option")
    if not content:
        raise InvalidBallot("empty_ballot")
    return {option: read_mark(content[option], option, low, high) for option in options if option in content}


def read_mark(value: object, option: str, low: int, high: int) -> int:
    """An integer between low and high included; True and 3.0 are not integers."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise InvalidBallot("not_an_integer", option=option)
    if not low <= value <= high:
        raise InvalidBallot("out_of_range", option=option, low=low, high=high)
    return value


def _said(ballot: Mapping[str, object], name: str) -> bool:
    value = ballot.get(name, False)
    if not isinstance(value, bool):
        raise InvalidBallot("not_a_ballot")
    return value
