"""Around the route: dates, the consent of the next séance, names, versions, letters, what is erased in time."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from email import message_from_string
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from atelier.live.desk import Act
from atelier.live.rules.activities import CloseActivity, OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.opening import OpenSession
from atelier.live.rules.reveal import RevealResult
from atelier.minutes import queries
from atelier.minutes.models import DocumentWriter
from atelier.starting import purge_lines
from atelier.workshops.models import Activity, WorkshopSession
from atelier.workshops.models import Sequence as Row
from tests.factories import NADIA
from tests.web.live_ground import PUBLIC_URL
from tests.web.minutes_evening import MinutesEvening, said
from tests.web.test_people_sign_in import Postbox


@pytest.fixture
def evening(tmp_path: Path) -> MinutesEvening:
    return MinutesEvening(tmp_path)


# ---------------------------------------------------------------- dates

DAYS = {"checked": "2026-10-15", "review": "2026-10-21", "amendments": "2026-11-08", "approval": "2026-11-11"}


def test_dates_are_changed_within_reason_and_days_off_move(evening: MinutesEvening) -> None:
    evening.done("/suivi/dates", **DAYS)
    page = evening.get("/suivi")
    assert 'name="amendments" type="date" required value="2026-11-09"' in page  # a Sunday moved
    assert 'name="approval" type="date" required value="2026-11-12"' in page  # 11 November moved
    refused = evening.refused("/suivi/dates", **{**DAYS, "amendments": "2026-10-23"})
    assert "Les personnes doivent avoir cinq jours pour lire" in refused
    assert evening.refused("/suivi/dates", **{**DAYS, "review": ""})
    evening.send()
    refused = evening.refused("/suivi/dates", **{**DAYS, "amendments": "2026-11-02"})
    assert "a été annoncé aux personnes : cette date peut être repoussée, pas avancée." in refused


# ---------------------------------------------------------------- the consent of the next séance


def next_session(evening: MinutesEvening, phase: str = "draft") -> None:
    with evening.evening.house.database.writing() as db:
        db.add(
            WorkshopSession(
                id=2, owner_id=1, reference="CHA2", code="482138", title="Deuxième soirée", continues=1, phase=phase,
                starts_at=evening.evening.now + timedelta(days=10), created_at=evening.evening.now,
                sequences=[Row(key="s1", position=0, title="Accueil"), Row(key="s2", position=1, title="Compte rendu")],
            )
        )  # fmt: skip


def test_the_next_seance_is_given_the_right_proposal_and_its_consent_approves(
    evening: MinutesEvening,
) -> None:
    evening.fill()
    evening.send("consent")
    assert "L’approbation se fait à la séance suivante" in said(evening.get("/suivi"))
    next_session(evening)
    page = said(evening.get("/suivi"))
    assert "Un nouveau consentement, préparé avec la bonne proposition" in page
    evening.done("/suivi/vote", vote="2:")
    with evening.evening.house.database.reading() as db:
        activity = db.query(Activity).one()
        assert (activity.kind, activity.sequence.title) == ("consent", "Compte rendu")
        assert activity.question == "Approuvez-vous le compte rendu du mardi 13 octobre 2026\u00a0?"
        assert "est approuvé tel qu’il a été relu (version 1)." in activity.settings["proposal"]
    assert "Le résultat du consentement n’est pas encore révélé." in evening.refused("/suivi/approuver")
    vote(evening, activity, ["consent", "reservation"])
    page = said(evening.get("/suivi"))
    assert (
        "Le groupe a consenti : il reste à approuver le texte. 1 consentement, 1 consentement avec réserve"
        in page
    )
    assert "0 objection" in page
    assert "1 réserve sera jointe au texte." in page
    reading = evening.get("")
    assert "Le groupe a consenti à ce compte rendu." in reading
    assert f'href="{evening.at}/suivi#etape"' in reading
    evening.done("/suivi/approuver")
    assert (evening.document().phase, evening.document().approval) == ("approved", "consent")
    assert [one["text"] for one in evening.document().settings["reserves"]] == ["Il manque le débat."]


def test_an_objection_keeps_the_text_in_review(evening: MinutesEvening) -> None:
    evening.send("consent")
    next_session(evening)
    evening.done("/suivi/vote", vote="2:")
    with evening.evening.house.database.reading() as db:
        activity = db.query(Activity).one()
    vote(evening, activity, ["consent", "objection"])
    assert "Le groupe n’a pas consenti." in evening.refused("/suivi/approuver")
    assert "Le groupe n’a pas consenti. 1 consentement, 1 objection." in said(evening.get("/suivi"))
    assert "Le groupe a consenti" not in evening.get("")
    assert evening.document().phase == "in_review"


def test_a_consent_is_put_in_a_seance_that_runs(evening: MinutesEvening) -> None:
    evening.send("consent")
    next_session(evening)
    desk = evening.evening.house.parts["live"].desk
    snapshot = {"meeting": {"reference": "CHA2", "title": "Deuxième soirée"}, "sequences": []}
    answer = desk.perform(Act(2, NADIA, "desk-open-02", OpenSession(snapshot=snapshot)))
    assert answer["ok"], answer
    evening.done("/suivi/vote", vote="2:")
    (activity,) = desk.state(2).activities.values()
    assert activity.question == "Approuvez-vous le compte rendu du mardi 13 octobre 2026\u00a0?"
    assert "Le résultat du consentement n’est pas encore révélé." in said(evening.get("/suivi"))


def vote(evening: MinutesEvening, activity: Activity, answers: list[str]) -> None:
    """Open the next séance on that activity, let people answer, reveal."""
    desk = evening.evening.house.parts["live"].desk
    plain = {
        "key": activity.key, "kind": "consent", "question": activity.question, "settings": dict(activity.settings),
        "anonymity": "named", "to_minutes": "all", "moderation": "shown",
    }  # fmt: skip
    snapshot = {
        "meeting": {"reference": "CHA2", "title": "Deuxième soirée", "moderation": "shown"},
        "sequences": [{"key": "s1", "title": "Accueil", "minutes": 5, "activities": [plain]}],
    }
    acts: list[Any] = [OpenSession(snapshot=snapshot), GoTo("s1", activity.key), OpenActivity(activity.key)]
    for number, command in enumerate(acts):
        answer = desk.perform(Act(2, NADIA, f"desk-next-{number:02d}", command))
        assert answer["ok"], answer
    for given in answers:
        phone = evening.browser()
        assert phone.post("/j/482138", data={"name": ""}).status_code == 303
        page = phone.get("/s/482138").text
        form = re.search(r'name="id"[^>]* value="([0-9a-f]{32})"', page)
        data = {
            "act": "cast_ballot", "id": form[1] if form else "", "activity": activity.key, "ballot[answer]": given,
            "text": "Il manque le débat." if given != "consent" else "",
        }  # fmt: skip
        assert phone.post("/s/482138/act", data=data).status_code == 303
    for number, command in enumerate([CloseActivity(activity.key), RevealResult(activity.key)]):
        answer = desk.perform(Act(2, NADIA, f"desk-last-{number:02d}", command))
        assert answer["ok"], answer


# ---------------------------------------------------------------- names


def test_names_are_listed_with_their_consent_and_replaced_by_the_college(evening: MinutesEvening) -> None:
    evening.write("plus", "Selon Samira Zykowska, « On parle avant les élus » [C-1]. Nadia le note.\n")
    page = said(evening.get("/noms"))
    assert "2 noms attendent une décision avant la publication." in page
    assert "participe à la séance · Élus et agents" in page
    assert "Indiquez le rôle public" in evening.refused("/noms", name="Nadia", status="public_role", note="")
    evening.done("/noms", name="Nadia", status="public_role", note="animatrice")
    page = evening.done("/noms/remplacer", name="Samira Zykowska", words="une personne (élus et agents)")
    assert "Aucun nom n’empêche la publication." in page
    assert evening.room.content().section("plus").body == (
        "Selon une personne (élus et agents), « On parle avant les élus » [C-1]. Nadia le note.\n"
    )
    evening.done("/noms", name="Nadia", status="")
    assert "1 nom attend une décision" in said(evening.get("/noms"))


# ---------------------------------------------------------------- versions


def test_versions_are_named_compared_and_restored_without_losing_anything(evening: MinutesEvening) -> None:
    assert "Donnez un nom à cette version." in evening.refused("/versions", name=" ")
    evening.done("/versions", name="Premier jet")
    evening.write("case", "L'assemblée est née en 2010, par le haut.\n")
    compared = evening.get("/versions/comparer?de=1&a=texte")
    assert re.search(r"<del>.*2009.*</del>", compared, re.S)
    assert "4 mots ajoutés, 1 mot retiré" in said(compared)
    later = evening.room.content()
    assert "La version est restaurée." in evening.done("/versions/1/restaurer")
    assert evening.room.content() == evening.content
    page = evening.get("/versions")
    assert re.findall(r'id="version-(\d+)"', page) == ["3", "2", "1"]
    evening.done("/versions/2/restaurer")
    assert evening.room.content() == later
    assert "L'assemblée est née en 2010" in said(evening.get("/versions/2"))
    assert evening.desk.get(f"{evening.at}/versions/99").status_code == 404


def test_versions_are_kept_while_people_write_and_no_more_once_published(evening: MinutesEvening) -> None:
    deadlines = evening.evening.house.parts["deadlines"]
    evening.wait(minutes=20)
    evening.write("case", "L'assemblée est née en 2010.\n")
    deadlines.beat()
    with evening.evening.house.database.reading() as db:
        assert [(one.kind, one.people) for one in queries.versions(db, evening.id)] == [("auto", ["Nadia"])]
    evening.to_published()
    refused = evening.desk.post(f"{evening.at}/versions/2/restaurer")
    assert refused.status_code == 422
    assert "publié" in said(refused.text)


# ---------------------------------------------------------------- letters


def test_without_mail_the_letters_are_given_to_copy(evening: MinutesEvening) -> None:
    page = evening.post("/suivi/envoyer", approval="tacit").text
    letters = [said(text) for text in re.findall(r"<textarea[^>]*readonly>(.*?)</textarea>", page, re.S)]
    assert len(letters) == 2
    assert re.search(rf"{PUBLIC_URL}/relire/\S{{20,}}", letters[0])
    assert "jusqu’au lundi 2 novembre 2026" in letters[0]
    assert f"{PUBLIC_URL}{evening.at}/relecture" in letters[1]
    assert "/relire/" not in letters[1]
    assert "/relire/" not in evening.get("/suivi")  # shown once


def test_with_mail_each_address_gets_its_own_link_and_is_marked(evening: MinutesEvening) -> None:
    house = evening.evening.house
    with Postbox() as box:
        threading.Thread(target=box.serve_forever, daemon=True).start()
        house.settings = replace(house.settings, smtp_url=box.url, mail_from="atelier@exemple.fr")
        page = said(evening.post("/suivi/envoyer", approval="tacit").text)
        message = message_from_string(box.mails.get(timeout=10), policy=default)
        box.shutdown()
    assert "1 message part." in page
    assert message["To"] == "odile@exemple.fr"
    (link,) = re.findall(rf"{PUBLIC_URL}(/relire/[\w-]+)", message.get_content())
    assert "On parle avant" in evening.get("/relecture", evening.reader(link))
    assert eventually(lambda: sent_at(evening) == [evening.evening.now])


def sent_at(evening: MinutesEvening) -> list[Any]:
    with evening.evening.house.database.reading() as db:
        return [one.sent_at for one in queries.review_links(db, evening.id) if one.channel == "email"]


def eventually(true: Callable[[], bool]) -> bool:
    """Wait for what another thread does."""
    until = time.monotonic() + 10
    while not true() and time.monotonic() < until:
        time.sleep(0.02)
    return true()


# ---------------------------------------------------------------- what is erased in time


def test_contacts_addresses_and_writers_go_three_months_after_the_publication(
    evening: MinutesEvening,
) -> None:
    house = evening.evening.house
    with house.database.writing() as db:
        db.add(
            DocumentWriter(
                document_id=evening.id, name="Solène", token_hash="0" * 64, created_at=evening.evening.now
            )
        )
    evening.to_published()

    def counts() -> tuple[int, list[str], int]:
        with house.database.reading() as db:
            contacts = db.connection().exec_driver_sql("SELECT count(*) FROM contact").scalar()
            emails = [one.email for one in queries.review_links(db, evening.id)]
            return int(contacts or 0), emails, len(queries.writer_names(db, evening.id))

    evening.wait(days=80)
    purge_lines(house, dry_run=False)
    assert counts() == (1, ["odile@exemple.fr"], 1)
    evening.wait(days=20)
    assert any("review_link" in line for line in purge_lines(house, dry_run=True))
    assert counts() == (1, ["odile@exemple.fr"], 1)
    purge_lines(house, dry_run=False)
    assert counts() == (0, [""], 0)
    assert "On parle avant" in evening.get("/v1", evening.browser())  # an archive is never purged
