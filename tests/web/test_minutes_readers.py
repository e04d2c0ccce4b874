"""Readers: who is let in, what they see, what they may say, and what becomes of it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from atelier.minutes import queries
from atelier.people.models import Device
from atelier.people.tokens import keep_code, spaced
from tests.web.live_ground import PUBLIC_URL, Phone
from tests.web.minutes_evening import MinutesEvening, said

TEXT = "On parle avant les élus"
REQUEST = {
    "section": "plus",
    "before": "le confirme",
    "after": "ne dit pas autre chose",
    "motive": "Trop affirmatif.",
}


@pytest.fixture
def evening(tmp_path: Path) -> MinutesEvening:
    return MinutesEvening(tmp_path)


def token_of(phone: Phone) -> str:
    return str(phone.client.get_cookie("atelier_s1").value)


def forget_devices(evening: MinutesEvening) -> None:
    """What the daily purge does, a day after the close."""
    with evening.evening.house.database.writing() as db:
        db.execute(delete(Device))


def links(evening: MinutesEvening) -> list[tuple[str, str]]:
    with evening.evening.house.database.reading() as db:
        return [(link.channel, link.college) for link in queries.review_links(db, evening.id)]


# ---------------------------------------------------------------- who is let in


def test_nobody_reads_before_the_review_and_strangers_not_even_then(evening: MinutesEvening) -> None:
    stranger = evening.browser()
    for path in ("", "/relecture", "/v1", "/suivi", "/noms", "/versions", "/suivi/fiche", "/v1/texte.md"):
        assert TEXT not in stranger.get(f"{evening.at}{path}").text
    evening.send()
    assert TEXT in evening.get("/relecture")
    for path in ("", "/relecture", "/relecture/demande?partie=plus", "/v1", "/suivi", "/noms", "/versions"):
        assert TEXT not in stranger.get(f"{evening.at}{path}").text
    for path in ("/relecture/avis", "/relecture/demande", "/suivi/approuver", "/suivi/publier", "/noms"):
        assert stranger.post(f"{evening.at}{path}", data={"verdict": "read", **REQUEST}).status_code == 404


def test_a_confidential_text_stays_in_the_group_until_it_is_published(tmp_path: Path) -> None:
    evening = MinutesEvening(tmp_path, confidential=True)
    (link,) = evening.send()
    reader, stranger = evening.reader(link), evening.browser()
    page = said(evening.get("/relecture", reader))
    assert TEXT in page
    assert "Ce texte reste entre les personnes du groupe jusqu’à son approbation." in page
    evening.fill()
    evening.wait(days=22)
    evening.done("/suivi/approuver")
    assert TEXT not in stranger.get(evening.at).text
    evening.done("/suivi/publier")
    assert TEXT in stranger.get(evening.at).text


def test_a_personal_link_opens_the_text_and_a_revoked_one_says_why_not(evening: MinutesEvening) -> None:
    (link,) = evening.send()
    assert TEXT in evening.get("/relecture", evening.reader(link))
    assert links(evening) == [("email", "")]
    assert "Le lien est retiré" in evening.done("/suivi/liens/1/retirer")
    gone = evening.browser().get(link)
    assert gone.status_code == 410
    assert "Il a été retiré ou remplacé" in said(gone.text)


def test_a_link_sent_back_to_writing_waits_without_the_text(evening: MinutesEvening) -> None:
    (link,) = evening.send()
    reader = evening.reader(link)
    evening.done("/suivi/reprendre")
    page = evening.get("/relecture", reader)
    assert TEXT not in page
    assert "Le texte est en cours d’écriture." in said(page)


def test_a_phone_of_the_seance_comes_in_by_itself_and_stays_the_same_reader(evening: MinutesEvening) -> None:
    evening.send()
    phone = evening.phones[0].client
    assert "Vous avez lu ce texte." in evening.done(
        "/relecture/avis", _entered(evening, phone), verdict="read"
    )
    forget_devices(evening)
    assert "Vous avez lu ce texte." in said(evening.get("/relecture", phone))
    phone.delete_cookie("atelier_r1")
    assert "Vous avez lu ce texte." in said(evening.get("/relecture", _entered(evening, phone)))
    assert links(evening).count(("phone", "E")) == 1


def _entered(evening: MinutesEvening, client: object) -> object:
    answer = client.get(f"{evening.at}/relecture")  # type: ignore[attr-defined]
    assert answer.status_code == 303
    return client


def test_the_code_of_garder_mon_lien_opens_on_another_device_as_the_same_reader(
    evening: MinutesEvening,
) -> None:
    evening.send()
    phone = _entered(evening, evening.phones[1].client)
    evening.done("/relecture/demande", phone, **REQUEST)  # type: ignore[arg-type]
    forget_devices(evening)
    computer = evening.browser()
    code = spaced(keep_code(token_of(evening.phones[1])))
    page = evening.done("/relecture/code", computer, code=code.lower())
    assert "Trop affirmatif." in page


def test_a_wrong_code_is_refused_in_place(evening: MinutesEvening) -> None:
    evening.send()
    page = evening.refused("/relecture/code", evening.browser(), code="ABCD-EFGH-JKMN")
    assert "Ce code n’ouvre rien ici." in page


def test_a_cookie_that_proves_nothing_opens_nothing(evening: MinutesEvening) -> None:
    evening.send()
    other = evening.browser()
    other.set_cookie("atelier_s1", "a token that is nobody's", domain="localhost")
    page = other.get(f"{evening.at}/relecture")
    assert page.status_code == 200
    assert TEXT not in page.text
    assert "Montrez que vous y étiez" in said(page.text)


# ---------------------------------------------------------------- what they say


def test_a_request_travels_to_the_text_and_back(evening: MinutesEvening) -> None:
    (link,) = evening.send()
    reader = evening.reader(link)
    form = said(evening.get("/relecture/demande?partie=plus", reader))
    assert "Le vote le confirme V-1." in form
    assert "Votre demande est reçue." in evening.done("/relecture/demande", reader, **REQUEST)
    page = said(evening.get("/suivi"))
    assert "Une demande de modification attend une réponse." in page
    assert "ne dit pas autre chose" in page
    evening.done("/suivi/demandes/1", state="accepted", answer="")
    assert evening.room.content().section("plus").body.endswith("Le vote ne dit pas autre chose [V-1].\n")
    assert "Acceptée" in said(evening.get("/relecture", reader))
    evening.fill()
    evening.wait(days=22)
    evening.done("/suivi/approuver")
    evening.done("/suivi/publier")
    assert "1 demande acceptée" in said(evening.get("/v1", evening.browser()))


def test_a_chosen_sentence_is_the_passage_when_nothing_is_typed(evening: MinutesEvening) -> None:
    (link,) = evening.send()
    wanted = {**REQUEST, "before": "", "passage": "Le vote le confirme V-1."}
    evening.done("/relecture/demande", evening.reader(link), **wanted)
    evening.done("/suivi/demandes/1", state="accepted")
    assert "Le vote le confirme" not in evening.room.content().section("plus").body


def test_only_the_words_that_a_request_changes_are_marked(evening: MinutesEvening) -> None:
    (link,) = evening.send()
    reader = evening.reader(link)
    evening.done("/relecture/demande", reader, **{**REQUEST, "after": "le dément"})
    for page in (evening.get("/suivi"), evening.get("/relecture", reader)):
        assert "le <del>confirme</del></dd>" in page
        assert "le <ins>dément</ins></dd>" in page


def test_words_that_moved_are_left_to_the_writers_hands(evening: MinutesEvening) -> None:
    (link,) = evening.send()
    evening.done("/relecture/demande", evening.reader(link), **REQUEST)
    evening.write("plus", "Tout autre chose.\n")
    page = evening.refused("/suivi/demandes/1", state="accepted", answer="Merci.")
    assert "Ce passage n’est plus dans le texte tel quel." in page
    assert "Merci." in page
    assert "C’est fait à la main dans le texte" in page
    evening.done("/suivi/demandes/1", state="accepted", answer="Merci.", by_hand="1")
    assert evening.room.content().section("plus").body == "Tout autre chose.\n"


def test_a_refusal_needs_its_motive_and_keeps_what_was_typed(evening: MinutesEvening) -> None:
    (link,) = evening.send()
    reader = evening.reader(link)
    evening.done("/relecture/demande", reader, **REQUEST, wants_annex="1")
    assert "Un refus a toujours un motif" in evening.refused("/suivi/demandes/1", state="refused", answer=" ")
    evening.done("/suivi/demandes/1", state="refused", answer="Le vote est net.")
    page = said(evening.get("/relecture", reader))
    assert "Refusée" in page
    assert "Réponse : Le vote est net." in page
    assert "Elle sera annexée au texte" in page
    evening.fill()
    evening.wait(days=22)
    evening.done("/suivi/approuver")
    evening.done("/suivi/publier")
    published = said(evening.get("/v1", evening.browser()))
    assert "Demandes de modification non retenues" in published
    assert "Trop affirmatif." in published


def test_a_divergence_joins_the_divergent_points_of_view(evening: MinutesEvening) -> None:
    (link,) = evening.send()
    evening.done("/relecture/demande", evening.reader(link), **REQUEST)
    words = "Côté associatifs, le vote ne dit pas cela."
    evening.done("/suivi/demandes/1", state="divergence", divergence=words, answer="Noté.")
    body = evening.room.content().section("plus").body
    assert body.endswith(f"### Points de vue divergents\n\n{words}\n")
    evening.done("/suivi/demandes/1/rouvrir")
    evening.done("/suivi/demandes/1", state="divergence", divergence=words)
    assert evening.room.content().section("plus").body == body  # not twice


def test_one_withdraws_ones_own_request(evening: MinutesEvening) -> None:
    (link,) = evening.send()
    reader, other = evening.reader(link), _entered(evening, evening.phones[0].client)
    evening.done("/relecture/demande", reader, **REQUEST)
    assert other.post(f"{evening.at}/relecture/demandes/1/retirer").status_code == 404  # type: ignore[attr-defined]
    assert "Votre demande est retirée." in evening.done("/relecture/demandes/1/retirer", reader)
    assert "1 demande retirée par la personne qui l’avait faite" in said(evening.get("/suivi"))


def test_somebody_absent_comments_and_is_told_so(evening: MinutesEvening) -> None:
    evening.send()
    page = evening.post("/suivi/liens", label="Élu de permanence", present="").text
    (link,) = re.findall(rf"{PUBLIC_URL}(/relire/[\w-]+)", page)[:1]
    reader = evening.reader(link)
    shown = said(evening.get("/relecture", reader))
    assert "Les faits sont corrigés par les personnes présentes." in shown
    assert "Laisser une remarque" in shown
    evening.done("/relecture/demande", reader, **REQUEST)
    assert "Remarque n° 1" in said(evening.get("/suivi"))
    evening.wait(days=22)
    evening.done("/suivi/approuver")  # a remark stops nothing


def test_a_refused_request_gives_back_what_was_typed(evening: MinutesEvening) -> None:
    (link,) = evening.send()
    page = evening.refused("/relecture/demande", evening.reader(link), **{**REQUEST, "motive": " "})
    assert "Dites pourquoi, en une phrase." in page
    assert "ne dit pas autre chose" in page


def test_requests_close_on_the_announced_day_and_words_do_not(evening: MinutesEvening) -> None:
    (link,) = evening.send()
    reader = evening.reader(link)
    evening.evening.now += timedelta(days=21)
    page = said(evening.get("/relecture", reader))
    assert "Les demandes de modification étaient reçues jusqu’au lundi 2 novembre 2026." in page
    assert "Demander une modification" not in page
    assert "reçues jusqu’au lundi 2 novembre 2026" in evening.refused("/relecture/demande", reader, **REQUEST)
    assert "Vous trouvez ce texte fidèle" in evening.done("/relecture/avis", reader, verdict="faithful")


def test_a_reserve_is_joined_to_the_published_text_without_any_name(evening: MinutesEvening) -> None:
    evening.send()
    phone = _entered(evening, evening.phones[1].client)
    evening.done("/relecture/avis", phone, verdict="reserve", reserve="Le débat manque.")  # type: ignore[arg-type]
    evening.fill()
    evening.wait(days=22)
    evening.done("/suivi/approuver")
    evening.done("/suivi/publier")
    page = said(evening.get("/v1", evening.browser()))
    assert "Le débat manque. (Associatifs et citoyens)" in page
    assert "Abadie" not in page


def test_a_word_may_be_taken_back(evening: MinutesEvening) -> None:
    (link,) = evening.send()
    reader = evening.reader(link)
    evening.done("/relecture/avis", reader, verdict="faithful")
    page = evening.done("/relecture/avis", reader, verdict="none")
    assert "Votre avis est retiré." in page
    assert "Vous avez lu ce texte." in page
