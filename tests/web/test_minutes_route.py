"""From draft to published by doors: what is shown, refused and said at each step."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.web.minutes_evening import MinutesEvening, said


@pytest.fixture
def evening(tmp_path: Path) -> MinutesEvening:
    return MinutesEvening(tmp_path)


def test_the_whole_route_from_draft_to_published(evening: MinutesEvening) -> None:
    page = said(evening.get("/suivi"))
    assert "Prochaine étape : la relecture" in page
    (link,) = evening.send()
    reader = evening.reader(link)
    assert "On parle avant les élus" in said(evening.get("/relecture", reader))
    assert "Vous trouvez ce texte fidèle" in evening.done("/relecture/avis", reader, verdict="faithful")
    evening.fill()
    evening.wait(days=22)
    assert "Le texte est approuvé." in evening.done("/suivi/approuver")
    assert "Son adresse ne changera plus." in evening.done("/suivi/publier")
    public = evening.browser()
    assert "On parle avant les élus" in said(evening.get("/v1", public))
