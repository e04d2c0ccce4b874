"""One's séances: listed, created, duplicated, deleted, restored; somebody else's are not found."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from flask import Flask

from atelier.house import House
from atelier.live.desk import Act
from atelier.live.rules.activities import OpenActivity
from atelier.live.rules.agenda import GoTo
from atelier.live.rules.closing import CloseSession
from atelier.live.rules.contributions import SubmitContribution
from atelier.live.rules.people import Join
from atelier.live.state import Actor
from atelier.workshops import operations
from atelier.workshops.models import WorkshopSession
from atelier.workshops.templates import TEMPLATES
from tests.conftest import FakeClock
from tests.web.workshops_ground import Facilitator, Preparation, error_at


@pytest.fixture
def ground(app: Flask, house: House) -> Preparation:
    return Preparation(app, house)


@pytest.fixture
def nadia(ground: Preparation) -> Facilitator:
    return ground.sign_in()


def test_a_visitor_is_sent_to_sign_in(app: Flask, ground: Preparation, nadia: Facilitator) -> None:
    number = ground.prepare(nadia)
    for path in ("/seances", "/seances/nouvelle", f"/seances/{number}", f"/seances/{number}/reglages"):
        answer = app.test_client().get(path)
        assert (answer.status_code, answer.location) == (303, "/connexion")


def test_an_empty_list_says_what_to_do(nadia: Facilitator) -> None:
    page = nadia.get("/seances")
    assert page.status_code == 200
    assert "Aucune séance en préparation" in page.text
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("template", TEMPLATES)
def test_create_session_from_each_template_gives_its_whole_agenda(
    ground: Preparation, nadia: Facilitator, template: str
) -> None:
    answer = nadia.post(
        "/seances", {"template": template, "day": "2015-10-13", "hour": "", "title": "", "place": ""}
    )
    assert answer.status_code == 303
    number = int(answer.location.rpartition("/")[2])
    assert ground.titles(number) == [plan.title for plan in TEMPLATES[template].sequences]
    starts = ground.read(number, lambda session: session.starts_at)
    hour = TEMPLATES[template].starts or "18:00"
    assert starts == datetime(2015, 10, 13, int(hour[:2]) - 2, int(hour[3:]), tzinfo=UTC)
    assert nadia.get(f"/seances/{number}").status_code == 200


def test_create_session_keeps_title_place_and_hour_that_were_given(
    ground: Preparation, nadia: Facilitator
) -> None:
    data = {"template": "blank", "day": "2015-11-05", "hour": "20h15", "title": "Fives", "place": "Lille"}
    number = int(nadia.post("/seances", data).location.rpartition("/")[2])
    found = ground.read(number, lambda one: (one.title, one.place, one.starts_at))
    assert found == ("Fives", "Lille", datetime(2015, 11, 5, 19, 15, tzinfo=UTC))


def test_create_session_with_a_bad_hour_says_so_and_keeps_what_was_typed(nadia: Facilitator) -> None:
    answer = nadia.post("/seances", {"template": "blank", "hour": "25:00", "title": "Une soirée à Fives"})
    assert answer.status_code == 422
    assert error_at(answer.text, "hour").startswith("Écrivez l’heure ainsi")
    assert 'value="Une soirée à Fives"' in answer.text
    assert 'value="25:00"' in answer.text


def test_create_session_without_the_token_of_the_page_creates_nothing(
    ground: Preparation, nadia: Facilitator
) -> None:
    assert nadia.post("/seances", {"template": "blank", "csrf_token": "x"}).status_code == 422
    assert "Aucune séance en préparation" in nadia.get("/seances").text


def test_codes_and_references_are_all_different(ground: Preparation, nadia: Facilitator) -> None:
    numbers = [ground.prepare(nadia, "blank") for _ in range(30)]
    codes = {ground.read(number, lambda one: one.code) for number in numbers}
    references = {ground.read(number, lambda one: one.reference) for number in numbers}
    assert len(codes) == len(references) == 30
    assert references == {f"SE{number}" for number in range(1, 31)}


def test_a_code_already_taken_is_drawn_again(
    ground: Preparation, nadia: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ground.prepare(nadia, "blank")
    taken = ground.read(first, lambda one: one.code)
    drawn = iter([taken, taken, "482137"])
    monkeypatch.setattr("atelier.codes.join_code", lambda: next(drawn))
    second = ground.prepare(nadia, "chantier")
    assert ground.read(second, lambda one: (one.code, one.reference)) == ("482137", "CH1")
    assert len(ground.titles(second)) == 10


def run_and_close(ground: Preparation, nadia: Facilitator, number: int) -> None:
    """Open a séance, let somebody write in it, close it."""
    ground.open(nadia, number)
    desk = ground.house.parts["live"].desk
    facilitator = Actor("facilitator", f"u{nadia.id}", "Nadia")
    key = desk.perform(Act(number, Actor("phone", "join:1"), "join-0001", Join(name="Samira")))["key"]
    for act, command in enumerate((GoTo("s2", "a3"), OpenActivity("a3"))):
        assert desk.perform(Act(number, facilitator, f"run-{act:05d}", command))["ok"]
    card = SubmitContribution("a3", "Qui décide ?")
    assert desk.perform(Act(number, Actor("phone", key, "Samira", key), "card-0001", card))["ok"]
    assert desk.perform(Act(number, facilitator, "close-0001", CloseSession()))["ok"]


def settings(session: WorkshopSession) -> list[tuple[object, ...]]:
    return [(a.key, a.kind, a.settings, a.options) for row in session.sequences for a in row.activities]


def test_duplicate_session_copies_agenda_and_settings_never_people_cards_or_dates(
    ground: Preparation, nadia: Facilitator
) -> None:
    number = ground.prepare(nadia, reference="DK1", place="Dunkerque")
    run_and_close(ground, nadia, number)
    desk = ground.house.parts["live"].desk
    assert len(desk.state(number).contributions) == len(desk.state(number).people) == 1
    answer = nadia.post(f"/seances/{number}/dupliquer")
    copy = int(answer.location.split("/")[2])
    assert copy != number
    assert ground.titles(copy) == ground.titles(number)
    columns = ("phase", "reference", "place", "tables", "starts_at", "opened_at", "closed_at")
    found = ground.read(copy, lambda one: tuple(getattr(one, name) for name in columns))
    assert found == ("draft", "DK2", "Dunkerque", 7, None, None, None)
    assert ground.read(copy, settings) == ground.read(number, settings)
    state = desk.state(copy)
    assert (state.phase, len(state.people), len(state.contributions)) == ("draft", 0, 0)
    assert ground.read(copy, lambda one: one.code) != ground.read(number, lambda one: one.code)


def test_a_copy_and_its_source_share_nothing(ground: Preparation, nadia: Facilitator) -> None:
    number = ground.prepare(nadia)
    copy = int(nadia.post(f"/seances/{number}/dupliquer").location.split("/")[2])
    nadia.script(f"/seances/{copy}/sequences/s1", {"title": "Autre", "minutes": "10", "revision": "0"})
    assert ground.titles(copy)[0] == "Autre"
    assert ground.titles(number)[0] == "Ouverture, règles du jeu"


def test_delete_session_erases_a_draft_at_once(ground: Preparation, nadia: Facilitator) -> None:
    number = ground.prepare(nadia)
    assert "effacé tout de suite" in nadia.get(f"/seances/{number}/supprimer").text
    assert nadia.post(f"/seances/{number}/supprimer").status_code == 303
    assert not ground.exists(number)
    assert nadia.get(f"/seances/{number}").status_code == 404


def test_delete_session_asks_why_once_it_has_opened(ground: Preparation, nadia: Facilitator) -> None:
    number = ground.prepare(nadia)
    ground.open(nadia, number)
    answer = nadia.post(f"/seances/{number}/supprimer", {"motive": "  "})
    assert answer.status_code == 422
    assert "le motif est gardé" in answer.text
    assert ground.read(number, lambda one: one.deleted_at) is None


def test_an_opened_session_waits_in_the_bin_and_comes_back_whole(
    ground: Preparation, nadia: Facilitator, clock: FakeClock
) -> None:
    number = ground.prepare(nadia)
    run_and_close(ground, nadia, number)
    nadia.post(f"/seances/{number}/supprimer", {"motive": "Saisie par erreur"})
    page = nadia.get("/seances").text
    assert "Motif\u00a0: Saisie par erreur" in page
    assert "jeudi 12 novembre 2015" in page
    assert nadia.get(f"/seances/{number}").status_code == 404
    assert nadia.post(f"/seances/{number}/restaurer").status_code == 303
    assert ground.read(number, lambda one: (one.deleted_at, one.deletion_motive)) == (None, "")
    assert len(ground.house.parts["live"].desk.state(number).contributions) == 1


def test_the_list_tells_what_is_prepared_what_runs_and_what_is_over(
    ground: Preparation, nadia: Facilitator
) -> None:
    ground.prepare(nadia, title="La préparée")
    running, over = ground.prepare(nadia, title="La courante"), ground.prepare(nadia, title="La passée")
    ground.open(nadia, running)
    run_and_close(ground, nadia, over)
    page = nadia.get("/seances").text
    places = [
        page.index(text)
        for text in ("En cours", "La courante", "En préparation", "La préparée", "Passées", "La passée")
    ]
    assert places == sorted(places)


def test_a_rehearsal_is_in_no_list(ground: Preparation, nadia: Facilitator) -> None:
    number = ground.prepare(nadia, title="La vraie")

    def rehearse(db):  # type: ignore[no-untyped-def]
        source = db.get(WorkshopSession, number)
        copy = operations.duplicate_session(
            db, source, ground.house.clock(), title="Sa copie", rehearsal_of=number
        )
        return copy.id

    copy = ground.in_database(rehearse)
    page = nadia.get("/seances").text
    assert "La vraie" in page
    assert "Sa copie" not in page
    nadia.post(f"/seances/{number}/supprimer")
    assert not ground.exists(copy)


MINE = (
    ("get", ""), ("get", "/reglages"), ("get", "/supprimer"), ("get", "/activites/a1"), ("get", "/ouvrir"),
    ("get", "/liens"), ("get", "/apercu/a1"), ("get", "/apercu/a1/screen"), ("get", "/apercu/a1/phone"),
    ("post", "/reglages"), ("post", "/dupliquer"), ("post", "/supprimer"), ("post", "/restaurer"),
    ("post", "/annuler"), ("post", "/sequences"), ("post", "/sequences/s1"), ("post", "/sequences/s1/deplacer"),
    ("post", "/sequences/s1/supprimer"), ("post", "/sequences/s1/activites"), ("post", "/activites/a1"),
    ("post", "/activites/a1/deplacer"), ("post", "/activites/a1/supprimer"), ("post", "/ouvrir"),
    ("post", "/liens"), ("post", "/liens/l1/retirer"),
)  # fmt: skip


@pytest.mark.parametrize(("method", "path"), MINE)
def test_what_is_not_mine_is_not_found(
    ground: Preparation, nadia: Facilitator, method: str, path: str
) -> None:
    number = ground.prepare(nadia)
    before = ground.read(number, lambda one: (one.phase, one.revision, [row.title for row in one.sequences]))
    bruno = ground.sign_in("bruno@exemple.fr", "Bruno")
    answer = getattr(bruno, method)(f"/seances/{number}{path}")
    assert answer.status_code == 404
    assert (
        ground.read(number, lambda one: (one.phase, one.revision, [row.title for row in one.sequences]))
        == before
    )


def test_every_door_of_preparation_is_in_the_table_of_what_is_mine(app: Flask) -> None:
    rules = {
        (
            method.lower(),
            rule.rule.replace("<int:session_id>", "1").replace("<key>", "a1").replace("<surface>", "screen"),
        )
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/seances/<int:session_id>") and rule.endpoint.startswith("workshops.")
        for method in rule.methods or ()
        if method in {"GET", "POST"}
    }
    tried = {(method, f"/seances/1{path}".replace("/s1", "/a1")) for method, path in MINE}
    assert rules
    assert rules - tried == set()


def test_a_number_that_does_not_exist_is_not_found(nadia: Facilitator) -> None:
    assert [nadia.get(f"/seances/{number}").status_code for number in (0, 99, 2**62)] == [404, 404, 404]
