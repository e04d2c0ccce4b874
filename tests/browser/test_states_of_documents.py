"""Every page of documents in each of its states, in a hand: nothing that axe finds, nothing too wide or too small.

A page that is added is looked at here, or the last test says that nobody saw it.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from atelier.live.rules.closing import CloseSession, ReopenSession
from atelier.live.rules.clusters import CreateCluster
from atelier.live.rules.moderation import HideContribution
from atelier.minutes.content import Content, Section
from tests.browser.document_looks import AT, NO_PAGES, DocumentLooks, app_of_routes
from tests.browser.documents import Shelf
from tests.browser.hall import Hall
from tests.browser.writing import says

pytestmark = pytest.mark.browser

TEXT = Content(
    "L’expression en assemblée populaire",
    (
        Section("case", 1, "Description analytique du cas", "L’assemblée est née en 2009. Nadia l’a notée.", required=True),
        Section("diagnosis", 1, "Diagnostic", ""),
        Section("minus", 2, "Faiblesses", "Côté élus, quelqu’un n’a « pas toujours le pouvoir » [C-1]. Puis [C-2]. Vote [V-1]."),
        Section("hypotheses", 1, "Hypothèses", "", required=True, hint="Chaque hypothèse en une phrase."),
    ),
)  # fmt: skip
REQUEST = {"section": "minus", "before": "Puis", "after": "Ensuite", "motive": "Trop court."}


@pytest.fixture
def looks(hall: Hall, tmp_path: Path) -> DocumentLooks:
    shelf = Shelf(hall)
    shelf.say()
    hall.act(CloseSession())
    shelf.put(TEXT)
    return DocumentLooks(shelf, app_of_routes(tmp_path / "routes"))


def test_every_page_of_a_document_in_each_of_its_states(looks: DocumentLooks) -> None:
    assert looks.wanted > NO_PAGES
    writing(looks)
    in_review(looks)
    approved_and_published(looks)
    corrected_and_withdrawn(looks)
    contribution(looks)
    assert looks.faults == {}
    assert looks.never_seen() == set()


def writing(looks: DocumentLooks) -> None:
    """The pages of those who write."""
    page = looks.page
    looks.at("/contributions-au-forum/", "contributions, none yet")
    looks.at(AT, "text, draft")
    page.goto(f"{looks.url}{AT}/ecrire")
    says(page, "saved")
    looks.now(page, "editor")
    looks.at(f"{AT}/equipe", "team, nobody else")
    page.locator("input[name=name]").fill("Solène B.")
    looks.submit(page, "/equipe")
    link = page.locator("code", has_text="/ecrire/").inner_text().strip()
    looks.now(page, "team, an invitation given")
    guest = looks.at(link.removeprefix(looks.url), "invitation", looks.reader())
    looks.at(f"{AT}/equipe", "team, invited")
    number = re.findall(rf"{AT}/equipe/(\d+)/retirer", page.content())[-1]
    looks.post(f"{AT}/equipe/{number}/retirer")
    looks.at(f"{AT}/equipe", "team, taken back")
    looks.at(link.removeprefix(looks.url), "invitation, ended", guest, 410)
    looks.at(f"{AT}/importer", "import")
    looks.at(f"{AT}/versions", "versions, none named")
    looks.post(f"{AT}/versions", name="Premier jet")
    looks.write("case", "L’assemblée est née en 2010. Nadia l’a notée.")
    looks.at(f"{AT}/versions", "versions")
    kept = re.findall(rf"{AT}/versions/(\d+)", page.content())[0]
    looks.at(f"{AT}/versions/{kept}", "one version")
    looks.at(f"{AT}/versions/comparer?de={kept}&a=texte", "comparison")
    looks.at(f"{AT}/versions/comparer?de={kept}&a={kept}", "comparison, same")
    looks.at(f"{AT}/noms", "names, one waits")
    looks.at(f"{AT}/brouillon/fichiers", "files of the draft")
    looks.at(f"{AT}/sources/C-1", "source, a card")
    looks.at(f"{AT}/sources/V-1", "source, a vote")
    looks.at(f"{AT}/differences", "differences")
    looks.shelf.hall.act(
        ReopenSession("Une carte mal rangée"),
        CreateCluster("a3", "Le pouvoir", "minus", (2,)),
        CloseSession(),
    )
    looks.at(f"{AT}/differences", "differences, after a change")
    looks.at(f"{AT}/suivi", "follow-up, draft")


def in_review(looks: DocumentLooks) -> None:
    """The pages of those who read, amend and answer."""
    page, reader = looks.page, looks.reader()
    looks.at(f"{AT}/relecture", "review, at the door before it opens", reader)
    page.goto(f"{looks.url}{AT}/suivi")
    looks.submit(page, "/suivi/envoyer")
    expect(page.get_by_role("heading", name="Le texte est envoyé en relecture")).to_be_visible()
    looks.now(page, "follow-up, sent")
    looks.at(f"{AT}/relecture", "review, at the door", reader)
    page.goto(f"{looks.url}{AT}/suivi")
    page.locator("input[name=label]").evaluate("(input) => { input.value = 'Élu de permanence'; }")
    looks.submit(page, "/suivi/liens")
    letter = page.locator("textarea[readonly]").first.input_value()
    looks.now(page, "follow-up, a link given")
    link = next(line for line in letter.splitlines() if "/relire/" in line).strip().removeprefix(looks.url)
    looks.at(link, "review", reader)
    looks.looked.add("minutes.follow_review_link")  # it leads to the page that was just seen
    looks.at(f"{AT}/relecture/demande?partie=minus", "request", reader)
    looks.submit(reader, "/relecture/demande")
    looks.now(reader, "request, refused")
    looks.post(f"{AT}/relecture/demande", reader.context, **REQUEST)
    looks.post(f"{AT}/relecture/avis", reader.context, verdict="faithful")
    looks.at(f"{AT}/relecture", "review, asked and found faithful", reader)
    looks.at(f"{AT}/suivi/fiche", "sheet to enter")
    looks.submit(page, "/suivi/fiche")
    looks.now(page, "sheet to enter, refused")
    page.goto(f"{looks.url}{AT}/suivi/fiche-papier")
    looks.now(page, "sheets of paper", hand=False)
    looks.at(f"{AT}/suivi", "follow-up, a request waits")
    looks.post(f"{AT}/suivi/demandes/1", state="refused", answer="Le mot est juste.")
    looks.at(f"{AT}/suivi", "follow-up, answered")
    looks.at(f"{AT}/relecture", "review, answered", reader)
    looks.post(f"{AT}/suivi/reprendre")
    looks.at(f"{AT}/relecture", "review, waits", reader)
    looks.post(f"{AT}/suivi/envoyer", approval="tacit")
    number = re.findall(rf"{AT}/suivi/liens/(\d+)/retirer", looks.page.content())[0]
    looks.post(f"{AT}/suivi/liens/{number}/retirer")
    looks.at(link, "review, link ended", reader, 410)


def approved_and_published(looks: DocumentLooks) -> None:
    looks.write("hypotheses", "Un délai annoncé fait revenir les gens.")
    looks.post(f"{AT}/suivi/envoyer", approval="tacit")
    looks.day_is_over()
    looks.at(f"{AT}/suivi", "follow-up, approved")
    looks.at("/contributions-au-forum/", "contributions, one may begin")
    looks.at(AT, "text, approved")
    looks.post(f"{AT}/noms", name="Nadia", status="given")
    looks.at(f"{AT}/noms", "names, all answered")
    looks.post(f"{AT}/suivi/publier")
    looks.at(f"{AT}/suivi", "follow-up, published")
    looks.at(f"{AT}/envoi", "sending")
    public = looks.at(AT, "text, published", looks.reader())
    looks.at(f"{AT}/v1", "version 1", public)
    looks.at(f"{AT}/v1/empreinte", "fingerprint", public)
    looks.at(f"{AT}/v1/fichiers", "files of a version", public)
    looks.at(f"{AT}/fichiers", "files", public)
    looks.at(f"{AT}/sources/C-1?v=1", "source, as it was frozen", public)
    looks.at("/r/CHA1/C-1", "reference", public)
    looks.looked.add("exports.reference")  # it leads to the page that was just seen


def corrected_and_withdrawn(looks: DocumentLooks) -> None:
    page, public = looks.page, looks.reader()
    looks.at(f"{AT}/v1/retrait", "withdrawal")
    looks.submit(page, "/v1/retrait")
    looks.now(page, "withdrawal, refused")
    looks.post(f"{AT}/suivi/corriger", reason="Une date fausse.")
    looks.write("case", "L’assemblée est née en 2011. Nadia l’a notée.")
    looks.at(f"{AT}/suivi", "follow-up, correcting")
    looks.at(AT, "text, correcting")
    looks.post(f"{AT}/suivi/publier")
    looks.at(f"{AT}/v1", "version 1, a newer exists", public)
    looks.at(f"{AT}/v2", "version 2, with its reason", public)
    looks.post(f"{AT}/v1/retrait", motive="Une personne y est reconnaissable.")
    looks.at(f"{AT}/v1", "version 1, withdrawn", public, 410)
    looks.at(f"{AT}/v1/retrait", "withdrawal, done")
    looks.at(f"{AT}/v1/fichiers", "files, withdrawn", public, 404)
    looks.shelf.hall.act(HideContribution(2, "attack"))
    looks.at(f"{AT}/sources/C-2", "source, hidden since")
    looks.change(confidential=True)
    looks.at(f"{AT}/v2/fichiers/CHA1-compte-rendu-v2.html", "file, asked for twice")
    looks.at(f"{AT}/fichiers/CHA1-compte-rendu-v2.html", "file on view, asked for twice")
    looks.at(
        f"{AT}/brouillon/fichiers/CHA1-compte-rendu-brouillon.html", "file of the draft, asked for twice"
    )
    looks.change(confidential=False)


def contribution(looks: DocumentLooks) -> None:
    """A contribution au forum, from its beginning to its screen; the rest of its pages are the same as above."""
    page = looks.page
    page.goto(f"{looks.url}/contributions-au-forum/")
    page.locator("input[name=title]").fill("Qui parle d’abord ?")
    looks.submit(page, "/contributions-au-forum/")
    expect(page.get_by_role("heading", name="Qui parle d’abord ?")).to_be_visible()
    looks.now(page, "preparation")
    at = page.url.removeprefix(looks.url).partition("?")[0].removesuffix("/preparer")
    looks.submit(page, "/preparer/proposition")
    looks.now(page, "preparation, something refused")
    looks.at(f"{at}/ecran", "screen, not written yet")
    looks.post(f"{at}/preparer/ecran", message1="La salle d’abord", message2="Un délai", message3="Un bureau")
    looks.post(f"{at}/preparer/ecarter", ref="CHA1-C-1", motive="other", note="Dite ailleurs.")
    looks.at(f"{at}/preparer", "preparation, further")
    looks.at(f"{at}/ecran", "screen")
    looks.at(f"{at}/suivi", "follow-up of a contribution")
    page.goto(f"{looks.url}{at}/ecrire")
    says(page, "saved")
    looks.now(page, "editor of a contribution")
    looks.at("/contributions-au-forum/", "contributions, one begun")
    looks.at(at, "contribution, draft")
