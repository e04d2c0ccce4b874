"""From draft to published by doors: what is shown, refused and said at each step."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path

import pytest

from atelier.live.rules.withdrawal import WithdrawContribution
from atelier.live.state import Actor
from atelier.minutes import queries
from tests.web.minutes_evening import MinutesEvening, said


@pytest.fixture
def evening(tmp_path: Path) -> MinutesEvening:
    return MinutesEvening(tmp_path)


def steps(page: str) -> list[tuple[str, str]]:
    """(state, words) of each step of the bar."""
    found = re.findall(r'<li class="doc-step is-(\w+)[^"]*"[^>]*>(.*?)</li>', page, re.S)
    return [(state, said(words).strip()) for state, words in found]


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


def test_steps_bear_their_days_and_the_current_one_is_marked(evening: MinutesEvening) -> None:
    assert steps(evening.get("/suivi")) == [
        ("current", "Co-écriture jusqu’au 21 octobre"),
        ("next", "Relecture jusqu’au 2 novembre"),
        ("next", "Approbation le 3 novembre"),
        ("next", "Publication"),
    ]
    evening.send()
    assert [state for state, _ in steps(evening.get("/suivi"))] == ["done", "current", "next", "next"]
    assert steps(evening.get("/suivi"))[0] == ("done", "Envoyé en relecture le 13 octobre")


def test_an_empty_part_refuses_the_publication_and_says_which(evening: MinutesEvening) -> None:
    evening.send()
    evening.wait(days=22)
    evening.done("/suivi/approuver")
    page = evening.refused("/suivi/publier")
    assert "Une partie est vide : le compte rendu ne peut pas être publié. Hypothèses." in page
    assert evening.document().phase == "approved"


def test_two_empty_parts_are_said_in_words(tmp_path: Path) -> None:
    evening = MinutesEvening(tmp_path)
    evening.write("case", " ")
    evening.send()
    evening.wait(days=22)
    evening.done("/suivi/approuver")
    page = evening.refused("/suivi/publier")
    assert (
        "Deux parties sont vides : le compte rendu ne peut pas être publié. Description analytique du cas, Hypothèses."
        in page
    )
    assert f'href="{evening.at}/ecrire#partie-case"' in evening.get("/suivi")


def test_silence_approves_after_the_announced_day_and_not_before(evening: MinutesEvening) -> None:
    evening.send()
    evening.wait(days=20)
    page = evening.refused("/suivi/approuver")
    assert "Le texte sera réputé approuvé après le mardi 3 novembre 2026, sans remarque d’ici là." in page
    assert evening.document().phase == "in_review"
    deadlines = evening.evening.house.parts["deadlines"]
    assert deadlines.beat() == 0
    evening.wait(days=2)
    assert deadlines.beat() == 1
    assert (evening.document().phase, evening.document().approval) == ("approved", "tacit")
    assert deadlines.beat() == 0


def test_a_withdrawn_card_that_is_cited_stops_every_step(evening: MinutesEvening) -> None:
    evening.fill()
    evening.evening.act(WithdrawContribution(1), Actor("phone", "p1", participant="p1"))
    page = evening.refused("/suivi/envoyer", approval="tacit")
    assert "Une phrase cite C-1, une carte retirée par la personne qui l’a écrite" in page
    assert evening.document().phase == "draft"
    evening.write("plus", "Le vote le confirme [V-1].")
    evening.send()


def test_a_name_without_consent_stops_the_publication(evening: MinutesEvening) -> None:
    evening.write("plus", "Samira Zykowska le dit : « On parle avant les élus » [C-1].")
    evening.to_approved()
    page = evening.refused("/suivi/publier")
    assert "Un nom est dans le texte sans l’accord de la personne : Samira Zykowska." in page
    evening.done("/noms", name="Samira Zykowska", status="given")
    evening.done("/suivi/publier")


# ---------------------------------------------------------------- published


def test_the_fingerprint_is_that_of_the_bytes_served(evening: MinutesEvening) -> None:
    evening.to_published()
    public = evening.browser()
    served = public.get(f"{evening.at}/v1/texte.md")
    assert served.headers["Content-Disposition"] == 'attachment; filename="CHA1-v1.md"'
    digest = hashlib.sha256(served.data).hexdigest()
    assert digest in evening.get("/v1", public)
    page = said(evening.get("/v1/empreinte", public))
    assert digest in page
    assert "Recalculée à l’instant par le serveur, l’empreinte est la même." in page


def test_a_correction_leaves_the_first_address_as_it_was_and_says_that_a_newer_exists(
    evening: MinutesEvening,
) -> None:
    evening.to_published()
    public = evening.browser()
    before = evening.get("/v1", public)
    body = re.search(r'<section class="part.*</section>', before, re.S)
    assert body is not None
    evening.done("/suivi/corriger", reason="Une date fausse.")
    evening.write("case", "L'assemblée est née en 2010.\n")
    assert "2010" not in evening.get("/v1", public)
    evening.done("/suivi/publier")
    after = evening.get("/v1", public)
    assert "2010" not in after
    assert body[0].split('<section id="signaler"')[0] in after
    assert "Une version plus récente remplace celle-ci" in said(after)
    assert f'href="{evening.at}/v2"' in after
    second = said(evening.get("/v2", public))
    assert "2010" in second
    assert "Une version plus récente remplace celle-ci" not in second
    assert "Une date fausse." in second


def test_a_correction_is_refused_without_its_reason_and_can_be_given_up(evening: MinutesEvening) -> None:
    evening.to_published()
    assert "Écrivez la raison de la correction" in evening.refused("/suivi/corriger", reason=" ")
    evening.done("/suivi/corriger", reason="Une date fausse.")
    evening.write("case", "L'assemblée est née en 2010.\n")
    evening.done("/suivi/abandonner")
    assert evening.room.content().section("case").body == "L'assemblée est née en 2009.\n"
    with evening.evening.house.database.reading() as db:
        assert "2010" in str(
            queries.versions(db, evening.id)[0].content
        )  # what was given up can be found again
    assert [section.key for section in evening.room.content().sections] == [
        "case",
        "diagnosis",
        "plus",
        "hypotheses",
    ]
    assert evening.document().phase == "published"


def test_a_version_withdrawn_from_view_answers_410_with_date_motive_and_fingerprint(
    evening: MinutesEvening,
) -> None:
    evening.to_published()
    public = evening.browser()
    assert "On parle avant les élus" in evening.get("/v1", public)
    assert "Dites pourquoi" in evening.refused("/v1/retrait", motive="")
    evening.done("/v1/retrait", motive="Une personne y est reconnaissable.")
    page = said(evening.get("/v1", public, 410))
    assert "Une personne y est reconnaissable." in page
    assert "mercredi 4 novembre 2026" in page
    assert re.search(r"[0-9a-f]{64}", page)
    assert "On parle avant les élus" not in page
    assert "On parle avant" not in public.get(f"{evening.at}/v1/texte.md").text
    assert public.get(f"{evening.at}/v1/texte.md").status_code == 410
    assert "On parle avant" not in public.get(evening.at).text
    evening.done("/suivi/corriger", reason="La phrase est retirée.")
    evening.write("plus", "Le vote le confirme [V-1].\n")
    evening.done("/suivi/publier")
    assert f'href="{evening.at}/v2"' in evening.get("/v1", public, 410)
    evening.done("/v1/retrait", act="restore")
    assert "On parle avant les élus" in evening.get("/v1", public)


def test_only_the_editor_withdraws_from_view(evening: MinutesEvening) -> None:
    evening.to_published()
    assert evening.browser().post(f"{evening.at}/v1/retrait", data={"motive": "Non"}).status_code == 404
    assert evening.get("/v1", evening.browser())


def test_publication_erases_the_history_of_the_text(evening: MinutesEvening) -> None:
    evening.write("case", "L'assemblée est née en 2009.\nKWZYX4711\n")
    evening.write("case", "L'assemblée est née en 2009.\n")
    database = evening.evening.house.database

    def kept() -> bool:
        with database.reading() as db:
            rows = db.connection().exec_driver_sql("SELECT body FROM document_update").all()
        return any("KWZYX4711" in bytes(row[0]).decode("utf-8", "ignore") for row in rows)

    assert kept()
    evening.to_published()
    assert not kept()


def test_a_seance_whose_compte_rendu_is_approved_is_not_deleted(evening: MinutesEvening) -> None:
    token = re.findall(
        r'name="csrf_token"[^>]*value="([^"]+)"', evening.desk.get("/seances/1/supprimer").text
    )[0]
    data = {"csrf_token": token, "motive": "Plus besoin"}
    evening.to_approved()
    answer = evening.desk.post("/seances/1/supprimer", data=data)
    assert answer.status_code == 422
    assert "Le compte rendu CHA1 de cette séance est approuvé" in said(answer.text)
    evening.done("/suivi/rouvrir", motive="Une page manquait.")
    assert evening.document().amendments_due == date(2026, 11, 16)  # readers have their ten days again
    assert evening.desk.post("/seances/1/supprimer", data=data).status_code == 303
