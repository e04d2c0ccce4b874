"""The pages of documents on PostgreSQL: the whole way of a compte rendu and of a contribution, files, and what no column holds.

The same pages are looked at one by one on SQLite (test_minutes_*, test_forum_*); here, that the other database serves them too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from atelier.minutes.room import Stored
from atelier.settings import Settings
from tests.web.exported import CARDS
from tests.web.live_ground import CODE
from tests.web.minutes_evening import MinutesEvening, said
from tests.web.test_document_files import names as files_of
from tests.web.test_forum_route import Contribution
from tests.web.test_minutes_differences import ADDRESS, KEY, Written
from tests.web.test_minutes_readers import REQUEST

pytestmark = pytest.mark.postgres
WITNESS = CARDS[0][1]


@pytest.fixture
def evening(postgres_settings: Settings, tmp_path: Path) -> Iterator[MinutesEvening]:
    made = MinutesEvening(tmp_path, database_url=postgres_settings.database_url)
    yield made
    made.evening.house.database.dispose()


@pytest.fixture
def group(postgres_settings: Settings, tmp_path: Path) -> Iterator[Contribution]:
    made = Contribution(tmp_path, database_url=postgres_settings.database_url)
    made.begin()
    yield made
    made.evening.house.database.dispose()


def test_from_writing_to_an_approved_text(evening: MinutesEvening) -> None:
    invited = re.findall(r"(/ecrire/[\w-]+)</code>", evening.post("/equipe", name="Solène").text)
    guest = evening.browser()
    assert guest.post(invited[0]).status_code == 303
    assert evening.get("/ecrire", guest)
    state = evening.desk.get(f"{evening.at}/ecrire/etat").get_json()
    assert (state["document"], state["flags"]) == (evening.id, [])
    evening.done(
        "/suivi/dates",
        checked="2026-10-15",
        review="2026-10-21",
        amendments="2026-11-08",
        approval="2026-11-11",
    )
    evening.done("/versions", name="Premier jet")
    (link,) = evening.send()
    reader = evening.reader(link)
    evening.done("/relecture/avis", reader, verdict="faithful")
    evening.done("/relecture/demande", reader, **REQUEST)
    evening.done("/relecture/demande", reader, **{**REQUEST, "motive": "Une autre."})
    evening.done("/relecture/demandes/2/retirer", reader)
    sheet = {**REQUEST, "section": "case", "sheet": "r007", "present": "1", "college": "A", "read_back": "1"}
    evening.done("/suivi/fiche", **sheet)
    evening.done("/suivi/demandes/1", state="accepted", answer="")
    evening.done("/suivi/demandes/3", state="divergence", divergence="La date fait débat.", answer="Noté.")
    assert evening.room.content().section("plus").body.endswith("Le vote ne dit pas autre chose [V-1].\n")
    page = said(evening.get("/versions/comparer?de=1&a=texte"))
    assert "La date fait débat." in page
    evening.done("/versions/1/restaurer")
    assert evening.room.content().section("plus").body.endswith("Le vote le confirme [V-1].\n")
    evening.fill()
    evening.send()  # what was read is no longer what stands
    evening.wait(days=31)
    assert evening.evening.house.parts["deadlines"].beat() == 1  # silence approves
    assert (evening.document().phase, evening.document().approval) == ("approved", "tacit")


def test_published_corrected_and_withdrawn_from_view(evening: MinutesEvening) -> None:
    evening.write("case", "Samira Zykowska l'a noté. Un signe\x00 que personne ne tape.\n")
    assert isinstance(evening.room.write("u1", lambda text: text.rename("Un titre\x00")), Stored)
    evening.to_approved()
    assert "Samira Zykowska" in evening.refused("/suivi/publier")
    evening.done("/noms", name="Samira Zykowska", status="given")
    evening.done("/suivi/publier")
    public = evening.browser()
    digest = re.findall(r"[0-9a-f]{64}", evening.get("/v1", public))[0]
    assert "l’empreinte est la même" in said(evening.get("/v1/empreinte", public))
    for name in files_of(evening.get("/v1/fichiers", public)):
        assert public.get(f"{evening.at}/v1/fichiers/{name}").status_code == 200
    assert WITNESS in said(evening.get("/sources/C-1?v=1", public))
    assert evening.get("/envoi")
    evening.done("/suivi/corriger", reason="Une date fausse.")
    evening.write("case", "L'assemblée est née en 2010.\n")
    evening.done("/suivi/publier")
    evening.done("/v1/retrait", motive="Une personne y est reconnaissable.")
    gone = said(evening.get("/v1", public, 410))
    assert digest in gone
    assert WITNESS not in gone
    assert public.get(f"{evening.at}/v1/fichiers").status_code == 404
    assert "2010" in said(evening.get("/v2", public))
    evening.done("/v1/retrait", act="restore")
    assert "Samira Zykowska" in said(evening.get("/v1", public))


def test_a_changed_seance_is_compared_and_taken(postgres_settings: Settings, tmp_path: Path) -> None:
    written = Written(tmp_path, postgres_settings.database_url)
    written.change()
    keys = sorted(set(KEY.findall(written.page())))
    answer = written.desk.post(f"{ADDRESS}/differences", data={"key": keys, "act": "prendre"})
    assert answer.status_code == 303
    assert "Le texte dit maintenant ce que dit la séance." in said(written.desk.get(answer.location).text)
    assert "Aucune différence" in said(written.page())
    written.evening.house.database.dispose()


def test_a_contribution_from_its_preparation_to_its_permanent_address(group: Contribution) -> None:
    group.done("/preparer/ecarter", ref=group.left()[0], motive="other", note="Dite ailleurs.")
    group.done("/preparer/retablir", ref="CHA1-C-1")
    group.complete()
    assert group.post("/suivi/envoyer", approval="tacit").status_code == 200
    group.wait(days=30)
    group.done("/suivi/approuver")
    group.done("/suivi/publier")
    public = group.browser()
    assert "Traitée dans le compte rendu." in said(group.get("/v1", public))
    assert "Les réseaux" in group.get("/ecran", public)
    assert f'href="{group.at}"' in public.get(f"{group.minutes_at}/sources/C-1").text
    reference = group.at.rpartition("/")[2]
    assert public.get(f"{group.at}/v1/fichiers/{reference}-contribution-au-forum-v1.odt").status_code == 200


# ---------------------------------------------------------------- what no column holds

FIELDS = (
    "name", "status", "ref", "note", "words", "approval", "answer", "divergence", "label", "email", "present", "reason",
    "motive", "sheet", "before", "after", "code", "reserve", "title", "group", "question", "document", "message1",
    "proposition", "target", "vote", "college", "key", "checked", "review",
)  # fmt: skip
SENT = {"section": "plus", "state": "refused", "verdict": "reserve", "read_back": "1", "act": ""}
TOO_LARGE = (2**31, 10**25)


def told(client: FlaskClient, rule: Rule, at: str) -> Iterator[str]:
    """Yield each request to a route that was answered by a fault: numbers too large for a row, U+0000, long texts."""
    route = re.sub(r"/<any\(.*?\):shelf>/<reference>|^/contributions-au-forum/<reference>", at, str(rule))
    route = re.sub(r"<(?:ref|name|token|reference|key)>", "a%00b", route)
    route = route.replace("<code>", CODE).replace("<vote>", "V-²")
    for number in TOO_LARGE if "<int:" in route else (1,):
        path = re.sub(r"<int:\w+>", str(number), route)
        if "GET" in (rule.methods or ()):
            for value in ("a%00b", str(number), "%C2%B2"):
                asked = "&".join(f"{name}={value}" for name in ("de", "a", "v", "partie", "document", "page"))
                if client.get(f"{path}?{asked}").status_code >= 500:
                    yield f"GET {path}?{asked}"
        if "POST" in (rule.methods or ()):
            for value in ("a\x00b", "é" * 5_000, str(number), "²"):
                if client.post(path, data={**dict.fromkeys(FIELDS, value), **SENT}).status_code >= 500:
                    yield f"POST {path} {value[:20]!r}"


def everywhere(made: MinutesEvening, wanted: Callable[[str], bool]) -> list[str]:
    app = made.evening.app
    app.testing = False  # a fault is then a page, as for anybody
    rules = [rule for rule in app.url_map.iter_rules() if wanted(rule.endpoint)]
    assert len(rules) > 8
    return [line for rule in rules for line in told(made.desk, rule, made.at)]


def test_no_number_sign_or_length_breaks_a_page_of_a_compte_rendu(evening: MinutesEvening) -> None:
    evening.send()
    assert everywhere(evening, lambda endpoint: endpoint.startswith(("minutes.", "exports."))) == []


def test_nor_of_a_contribution_au_forum(group: Contribution) -> None:
    assert everywhere(group, lambda endpoint: endpoint.startswith("forum.")) == []
