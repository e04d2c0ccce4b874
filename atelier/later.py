"""Marks the sentences that code holds and templates translate when they draw them."""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for « translated later »
    """Return the French sentence itself; the extraction of messages finds it by this name."""
    return message
