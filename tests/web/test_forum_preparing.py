"""Preparing a contribution au forum by its pages: from approved comptes rendus to « Rien ne manque »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from atelier import tables
from atelier.app import create_app
from atelier.demonstration.loading import load
from atelier.house import House
from atelier.live.state import LiveState
from atelier.minutes.blocks import blocks_of
from atelier.minutes.citations import citations_of
from atelier.minutes.content import Content
from atelier.minutes.models import Document
from atelier.people.access import ACCOUNT
from atelier.people.models import Account
from atelier.settings import from_environment
from atelier.workshops.models import WorkshopSession
from tests.conftest import FakeClock

FORM = {"Origin": "http://localhost"}
NBSP = "\u00a0"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The closed evening of the demonstration, its compte rendu approved."""
    var = tmp_path_factory.mktemp("forum")
    settings = replace(
        from_environment({"ATELIER_VAR": str(var)}), testing=True, public_url="http://localhost"
    )
    made = create_app(settings, clock=FakeClock(datetime(2015, 11, 20, 9, 0, tzinfo=UTC)), background=False)
    house: House = made.extensions["atelier"]
    tables.metadata.create_all(house.database.writer)
    load(house)
    with house.database.writing() as db:
        session = db.scalars(select(WorkshopSession).where(WorkshopSession.reference == "QV1")).one()
        known = db.scalars(select(Document).where(Document.session_id == session.id)).one_or_none()
        if known is None:
            db.add(
                Document(
                    kind="minutes", template="t2", reference="QV1", owner_id=session.owner_id, session_id=session.id,
                    title=session.title, phase="approved", created_at=house.clock(), settings={},
                )
            )  # fmt: skip
        else:
            known.phase = "approved"
    yield made
    house.database.dispose()


@pytest.fixture
def facilitator(app: Flask) -> FlaskClient:
    house: House = app.extensions["atelier"]
    with house.database.reading() as db:
        owner = db.scalars(select(WorkshopSession.owner_id).where(WorkshopSession.reference == "QV1")).one()
        assert db.get(Account, owner) is not None
    client = app.test_client()
    with client.session_transaction() as session:
        session[ACCOUNT] = owner
    return client


@pytest.fixture
def address(app: Flask, facilitator: FlaskClient) -> str:
    """A new contribution, made by the form."""
    with app.extensions["atelier"].database.reading() as db:
        document = db.scalars(select(Document.id).where(Document.reference == "QV1")).one()
    data = {
        "document": str(document),
        "title": "Quels moyens pour la participation de tous ?",
        "group": "Les Quatre-Vents",
    }
    answer = facilitator.post("/contributions-au-forum/", data=data, headers=FORM)
    assert answer.status_code == 303
    return str(answer.location).removesuffix("/preparer")


def document_at(app: Flask, address: str) -> Document:
    with app.extensions["atelier"].database.reading() as db:
        return db.scalars(select(Document).where(Document.reference == address.rpartition("/")[2])).one()


def content_at(app: Flask, address: str) -> Content:
    found: Content = (
        app.extensions["atelier"].parts["minutes"].rooms.open(document_at(app, address).id).content()
    )
    return found


def state_of(app: Flask) -> LiveState:
    house: House = app.extensions["atelier"]
    with house.database.reading() as db:
        session_id = db.scalars(select(WorkshopSession.id).where(WorkshopSession.reference == "QV1")).one()
    state: LiveState = house.parts["live"].desk.state(session_id)
    return state


def waiting(page: str) -> list[str]:
    return re.findall(r'<article class="slip" id="(QV1-[CH]-\d+)"', page)


def act(client: FlaskClient, address: str, name: str, **data: str) -> str:
    answer = client.post(f"{address}/preparer/{name}", data=data, headers=FORM, follow_redirects=True)
    assert answer.status_code == 200, answer.text
    return answer.text


def legend(page: str) -> str:
    found = re.search(r'class="coverage-bar" role="img" aria-label="([^"]+)"', page)
    assert found is not None
    return found[1].replace(NBSP, " ")


def test_a_contribution_starts_from_an_approved_compte_rendu_and_everything_is_to_be_treated(
    app: Flask, facilitator: FlaskClient, address: str
) -> None:
    page = facilitator.get(f"{address}/preparer?tout=1").text
    total = len(waiting(page))
    assert total > 40
    assert (
        legend(page)
        == f"{total} contributions : 0 reprise, 0 fusionnée, 0 écartée avec motif, {total} à traiter."
    )
    content = content_at(app, address)
    [head] = blocks_of(content.sections[0].body)
    assert head.intact
    assert "1 séance" in head.text
    assert address.endswith("QV1-F1") or "QV1-F" in address


def test_nothing_is_made_without_an_approved_compte_rendu_and_what_was_typed_comes_back(
    facilitator: FlaskClient,
) -> None:
    answer = facilitator.post(
        "/contributions-au-forum/", data={"title": "Mon titre long à retaper"}, headers=FORM
    )
    assert answer.status_code == 422
    assert "Cochez au moins un compte rendu approuvé" in answer.text
    assert "Mon titre long à retaper" in answer.text


def test_each_contribution_is_taken_up_merged_or_set_aside_and_the_text_says_so(
    app: Flask, facilitator: FlaskClient, address: str
) -> None:
    refs = waiting(facilitator.get(f"{address}/preparer?tout=1").text)
    act(facilitator, address, "reprendre", ref=refs[0], proposition="proposition-1")
    act(facilitator, address, "fusionner", ref=refs[1], target=refs[0])
    page = act(facilitator, address, "ecarter", ref=refs[2], motive="off_topic", note="le stationnement")
    left = len(refs) - 3
    assert (
        legend(page)
        == f"{len(refs)} contributions : 1 reprise, 1 fusionnée, 1 écartée avec motif, {left} à traiter."
    )
    content = content_at(app, address)
    proposition = content.section("proposition-1")
    annex = content.section("annex_coverage")
    assert proposition is not None
    assert annex is not None
    assert [cited.ref for cited in citations_of(proposition.body)] == [refs[0]]
    assert "le stationnement" in annex.body
    page = act(facilitator, address, "retablir", ref=refs[2])
    assert f"{left + 1} à traiter" in legend(page)
    assert "le stationnement" not in (content_at(app, address).section("annex_coverage") or annex).body


def test_a_merge_in_a_circle_is_refused_with_what_was_typed(facilitator: FlaskClient, address: str) -> None:
    refs = waiting(facilitator.get(f"{address}/preparer?tout=1").text)
    act(facilitator, address, "fusionner", ref=refs[0], target=refs[1])
    answer = facilitator.post(
        f"{address}/preparer/fusionner", data={"ref": refs[1], "target": refs[0]}, headers=FORM
    )
    assert answer.status_code == 422
    assert "se renverraient" in answer.text
    assert f'value="{refs[0]}"' in answer.text


def test_a_vote_gives_its_label_which_is_lowered_with_a_motive_and_never_raised(
    app: Flask, facilitator: FlaskClient, address: str
) -> None:
    page = facilitator.get(f"{address}/preparer").text
    choices = re.findall(r'<option value="(QV1-V-\d+ \w+)"[^>]*>([^<]*)</option>', page)
    labelled = [choice for choice, words in choices if "(large accord)" in words or "(consensus)" in words]
    assert labelled, choices
    page = act(facilitator, address, "appui", proposition="proposition-1", choice=labelled[0])
    body = (content_at(app, address).section("proposition-1") or content_at(app, address).sections[0]).body
    [block] = [found for found in blocks_of(body) if found.source == "accord"]
    assert block.intact
    refused = facilitator.post(
        f"{address}/preparer/appui",
        data={"proposition": "proposition-1", "choice": labelled[0], "label": "minority", "motive": " "},
        headers=FORM,
    )
    assert refused.status_code == 422
    assert "Écrivez pourquoi" in refused.text
    page = act(
        facilitator,
        address,
        "appui",
        proposition="proposition-1",
        choice=labelled[0],
        label="minority",
        motive="Fin de soirée.",
    )
    assert "Fin de soirée." in page
    again = content_at(app, address).section("proposition-1")
    assert again is not None
    assert "Minoritaire" in again.body
    divided = [choice for choice, words in choices if "(partagé)" in words or "(sans majorité)" in words]
    for choice in divided[:1]:
        raised = facilitator.post(
            f"{address}/preparer/appui",
            data={"proposition": "proposition-1", "choice": choice, "label": "consensus", "motive": "x"},
            headers=FORM,
        )
        assert raised.status_code == 422


def test_the_one_screen_version_shows_the_title_and_the_messages(
    facilitator: FlaskClient, address: str
) -> None:
    page = act(
        facilitator,
        address,
        "ecran",
        message1="Défrayer le temps",
        message2="Répondre par écrit",
        message3="Aller vers",
    )
    assert "Écrire les trois messages" not in page
    screen = facilitator.get(f"{address}/ecran").text
    assert re.findall(r"<li>([^<]+)</li>", screen) == [
        "Défrayer le temps",
        "Répondre par écrit",
        "Aller vers",
    ]
    assert "<button" not in screen


def test_nobody_else_sees_the_work(app: Flask, facilitator: FlaskClient, address: str) -> None:
    assert facilitator.get(f"{address}/preparer").status_code == 200
    stranger = app.test_client()
    for path in ("/preparer", "/ecran", "/ecrire"):
        assert stranger.get(f"{address}{path}").status_code == 404
    assert (
        stranger.post(f"{address}/preparer/proposition", data={"title": "x"}, headers=FORM).status_code == 404
    )


def test_the_eighth_proposition_is_refused_with_what_to_do(facilitator: FlaskClient, address: str) -> None:
    for number in range(2, 8):
        act(facilitator, address, "proposition", title=f"Proposition {number}")
    answer = facilitator.post(f"{address}/preparer/proposition", data={"title": "De trop"}, headers=FORM)
    assert answer.status_code == 422
    assert "Sept propositions au plus" in answer.text
    assert 'value="De trop"' in answer.text


def test_what_is_missing_keeps_the_contribution_from_its_group_and_is_said_on_the_way_too(
    facilitator: FlaskClient, address: str
) -> None:
    page = facilitator.get(f"{address}/suivi").text
    assert "à traiter" in page
    assert "Écrire les trois messages" in page
    answer = facilitator.post(f"{address}/suivi/envoyer", data={"approval": "tacit"}, headers=FORM)
    assert answer.status_code == 422


def test_comptes_rendus_are_offered_group_by_group_and_those_used_already_say_so(
    facilitator: FlaskClient, address: str
) -> None:
    page = facilitator.get("/contributions-au-forum/").text
    groups = re.findall(r"<fieldset.*?</fieldset>", page, re.DOTALL)
    assert [re.findall(r'class="reference">([^<]+)', group) for group in groups] == [["QV1"], ["QV0"]]
    assert " checked" not in "".join(groups)  # two groups: none is chosen for anybody
    assert address.rpartition("/")[2] in groups[0]
    assert "déjà dans QV0-F1" in groups[1]


def test_the_count_says_by_which_channels_contributions_came_and_they_add_up(
    facilitator: FlaskClient, address: str
) -> None:
    page = facilitator.get(f"{address}/preparer").text
    told = re.search(r'class="coverage-channels">([^<]+)<', page)
    assert told is not None
    counts = [int(count) for count in re.findall(r"(\d+)", told[1])]
    whole = re.search(r"<strong>(\d+) contributions</strong>", page)
    assert whole is not None
    assert sum(counts) == int(whole[1])
    assert "sur papier" in told[1]
