"""A group's contribution from its approved compte rendu to its permanent address, and back from a card to where it went."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from atelier.errors import StorageUnavailable
from atelier.live.rules.moderation import HideContribution
from atelier.minutes import store
from atelier.minutes.models import Document
from tests.web.exported import desk_of
from tests.web.minutes_evening import MinutesEvening, said

PROPOSITION = """### Constat d'origine

On parle avant les élus [CHA1-C-1].

### Contenu

Le bureau donne d'abord la parole à la salle.

### À qui elle s'adresse

Aux collectivités et aux réseaux.

### Points de vue divergents ou minoritaires

Aucun n'a été exprimé.
"""


class Contribution(MinutesEvening):
    """The contribution of the group whose compte rendu is published."""

    def begin(self) -> None:
        self.to_published()
        answer = self.desk.post(
            "/contributions-au-forum/",
            data={"document": str(self.id), "title": "Qui parle d'abord ?", "group": "Le chantier"},
        )
        assert answer.status_code == 303, said(answer.text)[:500]
        self.minutes_at, self.at = self.at, answer.headers["Location"].removesuffix("/preparer")
        with self.evening.house.database.reading() as db:
            self.id = db.query(Document.id).filter_by(reference=self.at.rpartition("/")[2]).scalar()

    def left(self) -> list[str]:
        return re.findall(r'<article class="slip" id="(CHA1-[CH]-\d+)"', self.get("/preparer?tout=1"))

    def complete(self) -> None:
        for key in ("finding", "lessons", "divergent", "debate"):
            self.write(key, "La salle parle d'abord.\n")
        self.room.write("u1", lambda text: text.describe("proposition-1", heading="La salle parle d'abord"))
        self.write("proposition-1", PROPOSITION)
        for ref in self.left():
            self.done("/preparer/ecarter", ref=ref, motive="other", note="Traitée dans le compte rendu.")
        self.done("/preparer/ecran", message1="La salle", message2="Le bureau", message3="Les réseaux")


@pytest.fixture
def group(tmp_path: Path) -> Contribution:
    made = Contribution(tmp_path)
    made.begin()
    return made


def test_what_is_missing_is_asked_before_the_group_receives_it(group: Contribution) -> None:
    page = group.refused("/suivi/envoyer", approval="tacit")
    assert "à traiter" in page
    assert "Écrire les trois messages" in page
    assert "Soumettre au groupe" in said(group.get("/preparer"))
    assert re.search(r"<button[^>]*disabled[^>]*>Soumettre", group.get("/preparer"))


def test_a_contribution_goes_to_its_permanent_address_by_the_same_way(group: Contribution) -> None:
    group.complete()
    assert "Rien ne manque" in said(group.get("/preparer"))
    answer = group.post("/suivi/envoyer", approval="tacit")
    assert answer.status_code == 200, said(answer.text)[:600]
    group.wait(days=30)
    group.done("/suivi/approuver")
    group.done("/suivi/publier")
    public = group.browser()
    page = said(group.get("/v1", public))
    assert (
        "Le bureau donne d’abord la parole à la salle." in page or "Le bureau donne d'abord la parole" in page
    )
    assert "Ce que sont devenues les contributions" in page
    assert "Traitée dans le compte rendu." in page
    screen = group.get("/ecran", public)
    assert re.findall(r"<li>([^<]+)</li>", screen) == ["La salle", "Le bureau", "Les réseaux"]
    assert public.get(
        f"{group.at}/v1/fichiers/{group.at.rpartition('/')[2]}-contribution-au-forum-v1.pdf"
    ).data.startswith(b"%PDF")


def test_a_card_tells_each_published_text_that_takes_it_up(group: Contribution) -> None:
    before = said(group.browser().get(f"{group.minutes_at}/sources/C-1").text)
    assert "On parle avant les élus" in before
    assert "Et publiée dans" not in before
    group.complete()
    group.post("/suivi/envoyer", approval="tacit")
    group.wait(days=30)
    group.done("/suivi/approuver")
    group.done("/suivi/publier")
    after = group.browser().get(f"{group.minutes_at}/sources/C-1").text
    assert f'href="{group.at}"' in after
    assert "Et publiée dans" in said(after)
    # and from the sentence of the contribution to the words of the card
    there = said(group.browser().get(f"{group.at}/sources/CHA1-C-1").text)
    assert "On parle avant les élus" in there


def test_the_text_is_no_longer_prepared_once_it_is_approved(group: Contribution) -> None:
    group.complete()
    group.post("/suivi/envoyer", approval="tacit")
    group.wait(days=30)
    group.done("/suivi/approuver")
    assert group.post("/preparer/proposition", title="Trop tard").status_code == 403
    assert "n’est plus modifiable" in said(group.get("/preparer"))


def test_a_proposition_that_could_not_be_stored_is_not_said_to_be_there(
    group: Contribution, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        full.setattr(store, "append", lambda *_: (_ for _ in ()).throw(StorageUnavailable("disk full")))
        page = group.post("/preparer/proposition", title="Tenir parole")
    assert page.status_code == 422
    assert "Le serveur ne peut rien enregistrer en ce moment." in said(page.text)
    assert 'value="Tenir parole"' in page.text
    assert "Tenir parole" not in str(group.room.content())


def body_of(group: Contribution, key: str) -> str:
    section = group.room.content().section(key)
    assert section is not None
    return str(section.body)


def coverage_told(group: Contribution) -> str:
    return body_of(group, "annex_coverage").replace("\u00a0", " ")


def test_the_annex_counts_what_was_cited_in_the_editor_before_the_text_leaves(group: Contribution) -> None:
    group.complete()
    before = re.search(
        r"(\d+) contributions : (\d+) reprises?, 0 fusionnée, (\d+) écartées?", coverage_told(group)
    )
    assert before is not None
    whole, taken, aside = map(int, before.groups())
    assert taken + aside == whole
    ref = re.findall(r"\[(CHA1-[CH]-\d+)\] : Traitée", coverage_told(group))[0]
    group.write("finding", f"La salle parle d'abord [{ref}].\n")
    assert group.post("/suivi/envoyer", approval="tacit").status_code == 200
    assert f"{whole} contributions : {taken + 1} reprises, 0 fusionnée, {aside - 1} écarté" in coverage_told(
        group
    )


def test_a_label_written_over_the_block_of_the_vote_is_put_right_and_keeps_the_text_back(
    group: Contribution,
) -> None:
    group.complete()
    body = body_of(group, "proposition-1")
    group.write(
        "proposition-1", f"{body}\n\n::: auto accord 00000000\n**Consensus** : toute la salle.\n:::\n"
    )
    page = group.refused("/suivi/envoyer", approval="tacit")
    assert "le degré d’accord vient du vote et ne se relève pas" in page
    assert "::: auto accord" not in body_of(group, "proposition-1")
    assert "**Consensus** : toute la salle." in body_of(group, "proposition-1")
    group.write("proposition-1", body)
    assert group.post("/suivi/envoyer", approval="tacit").status_code == 200


def test_a_card_hidden_after_it_was_taken_up_leaves_the_count_and_gives_back_what_was_merged(
    group: Contribution,
) -> None:
    first, second = group.left()[:2]
    group.done("/preparer/reprendre", ref=first, proposition="proposition-1")
    group.done("/preparer/fusionner", ref=second, target=first)
    waiting = len(group.left())
    assert second not in group.left()
    group.evening.act(HideContribution(int(first.rpartition("-")[2]), "attack"))
    assert second in group.left()
    assert len(group.left()) == waiting + 1


def test_a_restored_version_says_what_is_counted_and_voted_now(group: Contribution) -> None:
    group.done("/versions", name="Au début")
    first = group.left()[0]
    group.done("/preparer/ecarter", ref=first, motive="off_topic")
    assert "1 écartée avec motif" in coverage_told(group)
    number = re.findall(r"/versions/(\d+)/restaurer", group.get("/versions"))[-1]
    group.done(f"/versions/{number}/restaurer")
    assert "1 écartée avec motif" in coverage_told(group)


def test_two_people_who_treat_at_once_lose_nothing_of_each_other(group: Contribution) -> None:
    cards = group.left()[:2]
    with ThreadPoolExecutor(2) as hands:
        sent = [
            hands.submit(group.post, "/preparer/ecarter", desk_of(group.evening), ref=ref, motive="off_topic")
            for ref in cards
        ]
        assert [one.result().status_code for one in sent] == [303, 303]
    assert set(cards) & set(group.left()) == set()
    assert "2 écartées avec motif" in coverage_told(group)


def test_the_page_of_preparation_and_the_text_lead_to_each_other(group: Contribution) -> None:
    for page in ("", "/ecrire"):
        assert f'href="{group.at}/preparer"' in group.get(page)
    assert f'href="{group.at}/ecrire"' in group.get("/preparer")


def test_an_approved_compte_rendu_offers_to_prepare_the_contribution(tmp_path: Path) -> None:
    evening = MinutesEvening(tmp_path)
    assert "/contributions-au-forum/?document=" not in evening.get("/suivi")
    evening.to_approved()
    assert f"/contributions-au-forum/?document={evening.id}" in evening.get("/suivi")
