"""A document served by two processes: a step taken at one is seen at once by pages, sockets and files of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import requests

from atelier.db import Database
from atelier.minutes.models import Document
from atelier.settings import Settings
from tests.documents.page_socket import PageSocket, reads
from tests.faults.redis_server import own_redis, redis_is_here
from tests.server import free_port
from tests.sockets.test_document_processes import TwoProcesses
from tests.web.live_ground import said

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.redis,
    pytest.mark.timeout(300),  # two processes start on a machine that may be busy
    pytest.mark.skipif(not redis_is_here(), reason="redis-server is not installed"),
]
AT = "/comptes-rendus/CHA1"
NAME = "Thaddée"


class Pages:
    """The facilitator's browser, signed in at both processes: `there` acts at the first, `here` looks at the second."""

    def __init__(self, two: TwoProcesses) -> None:
        self.two = two
        self.urls = [server.url for server in two.servers]
        self.owner = two.owner(0)

    def act(self, path: str, answered: int = 200, **data: str) -> str:
        answer = self.owner.post(f"{self.urls[0]}{AT}{path}", data=data)
        assert answer.status_code == answered, said(answer.text)[:600]
        return answer.text

    def look(self, path: str, status: int = 200, by: requests.Session | None = None) -> str:
        answer = (by or self.owner).get(f"{self.urls[1]}{AT}{path}")
        assert answer.status_code == status, said(answer.text)[:600]
        return said(answer.text) if "html" in answer.headers["Content-Type"] else answer.text

    def state(self) -> list[tuple[str, str]]:
        flags = self.owner.get(f"{self.urls[1]}{AT}/ecrire/etat").json()["flags"]
        return [(flag["kind"], flag["ref"]) for flag in flags]

    def join(self, name: str) -> str:
        answer = requests.post(
            f"{self.urls[0]}/j/{self.two.seeded.code}",
            json={"name": name, "college": "A"},
            headers={"Origin": self.urls[0]},
        )
        assert answer.json()["ok"], answer.text
        return str(answer.json()["token"])

    def say(self, token: str, act: str, door: str = "s", **data: object) -> None:
        answer = requests.post(
            f"{self.urls[0]}/{door}/{self.two.seeded.code}/act",
            json={"id": f"{act}-0001", "name": act, "data": data},
            headers={"Authorization": f"Bearer {token}"},
        )
        assert answer.json()["ok"], answer.text

    def close(self) -> None:
        """The desk closes the séance."""
        for act in ("take_agenda", "close_session"):
            self.say(self.two.seeded.tokens["cofacilitator"], act, "pupitre")

    def day_is_over(self) -> None:
        database = Database(self.two.seeded.settings.database_url)
        with database.writing() as db:
            db.get_one(Document, self.two.made.id).approval_due = date.today() - timedelta(days=2)
        database.dispose()


@pytest.fixture
def pages(postgres_settings: Settings) -> Iterator[Pages]:
    with own_redis(postgres_settings.var, free_port()) as redis:
        two = TwoProcesses(postgres_settings, redis, open_at=("s3", "a3"))
        try:
            two.start()
            yield Pages(two)
            assert [server.errors() for server in two.servers] == [[], []]
        finally:
            for server in two.servers:
                server.stop()


def told(page: PageSocket, event: str, before: int = 0) -> None:
    page.until(lambda page: len(page.events(event)) > before)


def test_each_step_taken_at_one_process_is_seen_at_the_other(pages: Pages) -> None:
    phone = pages.join(NAME)
    pages.say(phone, "submit_contribution", activity="a3", text="On parle avant les élus", column="plus")
    with pages.two.page(1, "Odile") as odile:
        assert odile.type("Avant la fin. ")[
            "ok"
        ]  # whatever the draft adds at the close, the text is a person's
        pages.close()
        pages.act("/versions", name="Premier jet")
        assert "Premier jet" in pages.look("/versions")
        assert odile.type("De trop. La parole vient tôt [C-1]. ")["ok"]
        assert pages.state() == []
        pages.say(phone, "withdraw_contribution", number=1)
        assert set(pages.state()) == {("withdrawn", "C-1")}
        told(odile, "flags")
        assert "retirée par la personne qui l’a écrite" in pages.look("/suivi")
        assert "De trop." in pages.look("/brouillon/fichiers/CHA1-compte-rendu-brouillon.md")
        pages.act("/versions/1/restaurer")
        assert "De trop." not in pages.look("/brouillon/fichiers/CHA1-compte-rendu-brouillon.md")
        assert "restaur" in pages.look("/versions")
        odile.until(lambda page: "De trop." not in page.text.markdown("case"))

        link = re.findall(
            r"/relire/[\w-]+", pages.act("/suivi/liens", label="Élu de permanence", present="1")
        )[0]
        pages.act("/suivi/envoyer", approval="tacit")
        told(odile, "phase")
        assert odile.events("phase")[-1]["phase"] == "in_review"
        assert "Envoyé en relecture" in pages.look("/suivi")
        reader = requests.Session()
        reader.headers["Origin"] = pages.urls[1]
        assert "Cœur" in said(reader.get(pages.urls[1] + link).text)
        asked = {"section": "strengths", "before": "Cœur", "after": "Centre", "motive": "Le mot du conseil."}
        sent = reader.post(f"{pages.urls[1]}{AT}/relecture/demande", data=asked)
        assert "Votre demande est reçue." in said(sent.text)
        before = len(odile.events("flags"))
        pages.act("/suivi/demandes/1", state="accepted", answer="")
        told(odile, "flags", before)
        odile.until(lambda page: "« Centre »" in page.text.markdown("strengths"))
        assert "Acceptée" in pages.look("/relecture", by=reader)
        assert "« Centre »" in pages.look("/brouillon/fichiers/CHA1-compte-rendu-brouillon.md")


def test_a_name_taken_back_a_publication_and_a_withdrawal_are_seen_at_the_other(pages: Pages) -> None:
    phone = pages.join(NAME)
    pages.say(phone, "submit_contribution", activity="a3", text="On parle avant les élus", column="plus")
    pages.close()
    with pages.two.page(1, "Odile") as odile:
        assert odile.type(f"{NAME} l’a dit [C-1]. ")["ok"]
        assert ("unknown", "C-1") not in pages.state()
        pages.act("/suivi/envoyer", approval="tacit")
        pages.day_is_over()
        pages.act("/noms", name=NAME, status="given")
        assert f"{NAME} accord donné" in pages.look("/noms")
        before = len(odile.events("flags"))
        pages.act("/noms", name=NAME, status="")
        told(odile, "flags", before)
        assert f"Un nom est dans le texte sans l’accord de la personne : {NAME}." in pages.look("/suivi")
        pages.act("/suivi/publier", 422)
        pages.act("/noms", name=NAME, status="given")
        pages.act("/suivi/publier")
        odile.until(lambda page: page.events("phase") and page.events("phase")[-1]["phase"] == "published")
        with pages.two.page(1, "Marcel") as late:
            assert late.type("Trop tard. ")["code"] == "frozen"
        anybody = requests.Session()
        assert "On parle avant les élus" in pages.look("/v1", by=anybody) or NAME in pages.look(
            "/v1", by=anybody
        )
        assert NAME in pages.look("/v1/fichiers/CHA1-compte-rendu-v1.md", by=anybody)

        pages.act("/suivi/corriger", reason="Une date fausse.")
        odile.until(lambda page: page.events("phase")[-1]["writable"])
        odile.until(reads(NAME))
        assert odile.type("Née en 2010. ")["ok"]
        pages.act("/suivi/publier")
        assert "Née en 2010." in pages.look("/v2", by=anybody)
        pages.act("/v1/retrait", motive="Une personne y est reconnaissable.")
        assert "Une personne y est reconnaissable." in pages.look("/v1", 410, by=anybody)
        pages.look("/v1/fichiers/CHA1-compte-rendu-v1.md", 404, by=anybody)
        assert "Née en 2010." in pages.look("/fichiers/CHA1-compte-rendu-v2.md", by=anybody)
