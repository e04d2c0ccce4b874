"""A version kept of a document loses the words of a card that is withdrawn or hidden, wherever they stand in it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from atelier.live.record import record, rows_of
from atelier.minutes.blocks import blocks_of
from atelier.minutes.content import Content, Section
from atelier.minutes.redaction import redacted
from tests.unit.minutes.drafted import blocks, closed, drafted, whole, written_evening
from tests.unit.minutes.test_drafting import agreed_evening
from tests.unit.rules.test_card_histories import Evening, quick, steps, unique

NBSP = "\u00a0"


def one(body: str) -> Content:
    return Content("Titre", (Section("s", 1, "Partie", body),))


def cleared(body: str, *refs: str) -> str:
    return redacted(one(body), refs, "(…)").sections[0].body


def test_the_words_of_a_card_go_and_the_others_stay_word_for_word() -> None:
    content = drafted(closed(written_evening()))
    assert "Les mêmes parlent" in whole(content)
    after = redacted(content, ["C-4"])
    assert "Les mêmes parlent" not in whole(after)
    assert "(mots retirés) [C-4]" in whole(after)
    assert "On ne sait pas qui décide" in whole(after)
    assert [section.key for section in after.sections] == [section.key for section in content.sections]
    assert all(block.intact for section in after.sections for block in blocks_of(section.body))
    untouched = [key for key, block in blocks(content).items() if blocks(after)[key].text == block.text]
    assert len(untouched) == len(blocks(content)) - 1


def test_a_hypothesis_goes_with_its_fields_and_the_reserves_of_others_stay() -> None:
    content = drafted(closed(agreed_evening()))
    for ref in ("H-6", "C-6"):
        text = whole(redacted(content, [ref]))
        for gone in ("Une règle suffit", "On l'a vu", "Tout le monde", "Partout"):
            assert gone in whole(content)
            assert gone not in text
        assert "Si elle est affichée" in text
    assert "Si elle est affichée" not in whole(redacted(content, ["C-7"]))
    assert "Une règle suffit" in whole(redacted(content, ["C-7"]))


def test_what_hangs_under_a_card_goes_with_it_and_what_cites_another_stays() -> None:
    body = (
        "- « un » [C-1]\n  - Mots de départ : « deux »\n  - Réunie avec : « trois » [C-2]\n- « quatre » [C-3]"
    )
    assert cleared(body, "C-1") == (
        "- (…) [C-1]\n  - Mots de départ : (…)\n  - Réunie avec : « trois » [C-2]\n- « quatre » [C-3]"
    )
    assert cleared(body, "C-2") == body.replace("« trois »", "(…)")


def test_the_same_words_go_where_people_quoted_them_or_made_a_title_of_them() -> None:
    body = "### Les mêmes\n\nOn dit « Les mêmes » ici.\n\n- « Les mêmes » [C-4]\n\nLes mêmes gens, « tous les mêmes »."
    assert (
        cleared(body, "C-4")
        == "### (…)\n\nOn dit (…) ici.\n\n- (…) [C-4]\n\nLes mêmes gens, « tous les mêmes »."
    )


def test_in_a_sentence_each_quotation_belongs_to_the_citation_that_follows_it() -> None:
    body = "Pour les uns « c'est long » [C-1], pour d'autres « c'est court » [C-2], et [V-1] le montre."
    assert cleared(body, "C-1") == body.replace("« c'est long »", "(…)")
    assert cleared(body, "C-2") == body.replace("« c'est court »", "(…)")
    assert cleared(body, "C-9") == body


def test_words_on_several_lines_and_marks_that_do_not_pair_go_whole() -> None:
    body = "- « un\\\n  deux » [C-1]\n- « il dit » et part » [C-2]\n- « trois » [C-3]"
    assert cleared(body, "C-1", "C-2") == "- (…) [C-1]\n- (…) [C-2]\n- « trois » [C-3]"


def test_a_content_without_these_cards_is_the_same_one() -> None:
    content = drafted(closed(written_evening()))
    assert redacted(content, ["C-99"]) is content


@given(steps, st.sets(st.integers(1, 6), min_size=1))
@quick
def test_any_draft_loses_exactly_the_words_of_the_cards_named(history: Any, numbers: set[int]) -> None:
    evening = Evening()
    for act, by, drawn in history:
        evening.perform(act, by, drawn)
    state = closed(evening.play)
    content = drafted(state)
    out = {ref: card for ref, card in rows_of(record(state), "contribution").items() if card["out"]}
    after = whole(redacted(content, [f"C-{number}" for number in numbers]))
    gone = {ref: card for ref, card in out.items() if card["number"] in numbers}
    said = {words for card in gone.values() for words in (card["text"], card["raw"]) if words}
    for words in said:
        assert f"«{NBSP}{words}{NBSP}»" not in after
    for ref, card in out.items():
        words = card["text"] or card["raw"]
        if ref not in gone and words and words not in said:
            assert f"«{NBSP}{words}{NBSP}» [{ref}]" in after


def test_a_redacted_version_may_be_redacted_again() -> None:
    content = drafted(closed(written_evening()))
    once = redacted(content, ["C-4"])
    assert redacted(once, ["C-4"]) == once
    assert unique(1) not in whole(replace(once, title=""))
