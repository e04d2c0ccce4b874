"""Every flag that a result may carry, in one place. The doors word them in French; a code is never renamed."""

from __future__ import annotations

NO_VALID_BALLOT = "no_valid_ballot"
BLANK_GE_WINNER = "blank_ge_winner"
INDICATIVE = "indicative"
QUORUM_NOT_REACHED = "quorum_not_reached"
TIED_FIRST = "tied_first"
ABSOLUTE_MAJORITY = "absolute_majority"
RELATIVE_MAJORITY = "relative_majority"
SPLIT = "split"
MISSING_GRADES = "missing_grades"
ADOPTED = "adopted"
NOT_ADOPTED = "not_adopted"

FLAGS: dict[str, str] = {
    NO_VALID_BALLOT: "No ballot expresses a choice: nothing is ranked.",
    BLANK_GE_WINNER: "At least as many blank ballots as people for the first option (dot vote, choice), or as "
    "valid ballots where there is no such number (other methods). Domain §4, rule 4.",
    INDICATIVE: "More ballots than people: the result is indicative. D-2.",
    QUORUM_NOT_REACHED: "Fewer voters than the quorum: the result is indicative. Domain §4, rule 5.",
    TIED_FIRST: "Several options share the first rank; only a recorded draw may decide. Domain §4, rule 8.",
    ABSOLUTE_MAJORITY: "Single choice: the first option has more than half of the valid ballots.",
    RELATIVE_MAJORITY: "Single choice: the first option is alone in front, with half of the valid ballots or less.",
    SPLIT: "Scale: an option at least has 30 % of its answers in the bottom two fifths and 30 % in the top two "
    "(« clivé »). Domain §4, method 3.",
    MISSING_GRADES: "Majority judgment: some ballots left an option without a grade, counted as the worst one.",
    ADOPTED: "Consent: no objection, and somebody consents.",
    NOT_ADOPTED: "Consent: an objection, or nobody consents.",
}
"""Code -> what it means and where the rule comes from (English, for authors of templates)."""


def collect(**raised: bool) -> list[str]:
    """The sorted codes whose condition holds; `collect(split=True)` gives ["split"]. An unknown code is a KeyError."""
    return sorted(code for code, holds in raised.items() if FLAGS[code] and holds)
