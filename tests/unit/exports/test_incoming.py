"""What becomes of a text from outside: its lines, where its parts go, what is added to the document. Pure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atelier.exports.incoming.kinds import NotReadable, kind_of
from atelier.exports.incoming.plan import (
    MOST_PARTS,
    NEW,
    NOTHING,
    Arrival,
    addition,
    arrival,
    carry_out,
    plain,
    proposed,
)
from atelier.exports.incoming.texts import is_markdown, with_lines, without_needless_marks, without_pictures
from atelier.markdown import render
from atelier.minutes.content import Content, Section
from atelier.minutes.document import SharedText, loaded, make

DOCUMENT = Content(
    "Soirée",
    (
        Section("case", 1, "Description analytique", "Né en 2009.", required=True),
        Section("diagnosis", 1, "Diagnostic"),
        Section("plus", 2, "Forces", "On parle.\n"),
        Section("minus", 2, "Faiblesses", "On attend[^1].\n\n[^1]: Six mois.", hint="Ce qui pèse"),
        Section("hypotheses", 1, "Hypothèses", "", required=True),
        Section("cards", 1, "Contributions", "C-1", annex=True),
    ),
)


def after(parts: list[Section], targets: list[str], content: Content = DOCUMENT) -> Content:
    text = loaded([make(content)])
    text.editing(lambda shared: carry_out(shared, parts, targets, "i0123456789ab"))
    return text.content()


def headings(content: Content) -> list[tuple[int, str]]:
    return [(section.level, section.heading) for section in content.sections]


# ---------------------------------------------------------------- where parts go


@pytest.mark.parametrize(
    ("heading", "same"),
    [
        ("2.1. Faiblesses", "faiblesses"), ("II – FAIBLESSES :", "Faiblesses"), ("b) Forces", "Forces"),
        ("Hypothèses", "HYPOTHESES"), ("Partie 3 : Diagnostic", "3 : diagnostic"), ("3 Diagnostic", "Diagnostic"),
        ("Cœur du sujet", "Coeur du sujet"),
    ],
)  # fmt: skip
def test_two_headings_are_the_same_whatever_their_number_accents_and_capitals(
    heading: str, same: str
) -> None:
    assert plain(heading) == plain(same)


def test_a_heading_keeps_what_only_looks_like_a_number() -> None:
    found = [plain(heading) for heading in ("Civilités", "L’accueil", "2009 et après", "Vie du lieu")]
    assert found == ["civilites", "l accueil", "2009 et apres", "vie du lieu"]


def test_a_part_is_proposed_for_the_section_of_its_heading_and_others_are_new() -> None:
    found = arrival("Chapeau.\n\n## 1. Diagnostic\n\n### FAIBLESSES\n\nx\n\n### Autre", "", "Texte importé")
    assert [part.heading for part in found.parts] == ["Texte importé", "Diagnostic", "FAIBLESSES", "Autre"]
    assert proposed(found.parts, DOCUMENT) == [NEW, "diagnosis", "minus", NEW]


def test_a_text_without_a_heading_takes_the_name_of_its_file_s_title() -> None:
    assert arrival("Mots.", "Réunion d’avril", "Texte importé") == Arrival(
        "Réunion d’avril", (Section("s0", 1, "Réunion d’avril", "Mots."),)
    )


def test_a_number_typed_before_a_heading_goes_and_one_that_counts_something_stays() -> None:
    text = (
        "## 2.1.\u00a0Forces\n\n## 3) Suites\n\n## 4\u00a0Hypothèses\n\n## 3 retours principaux\n\n## 12.\n"
    )
    assert [part.heading for part in arrival(text, "", "").parts] == [
        "Forces", "Suites", "Hypothèses", "3 retours principaux", "12.",
    ]  # fmt: skip


def test_a_text_of_too_many_parts_is_one() -> None:
    text = "\n\n".join(f"## Partie {n}\n\nmot {n}" for n in range(MOST_PARTS + 1))
    (part,) = arrival(text, "", "Texte importé").parts
    assert f"Partie {MOST_PARTS}" in part.body
    assert "mot 0" in part.body


# ---------------------------------------------------------------- what is added


def test_words_come_after_those_that_are_there_and_the_same_heading_is_not_said_twice() -> None:
    content = after([Section("s0", 1, "2. Forces", "Une autre.")], ["plus"])
    found = content.section("plus")
    assert found is not None
    assert found.body == "On parle.\n\nUne autre."
    assert headings(content) == headings(DOCUMENT)


def test_an_empty_section_takes_the_words_alone_and_another_heading_goes_with_them() -> None:
    assert addition("", Section("s0", 1, "Diagnostic", "\n\nMots."), "Diagnostic") == "Mots."
    assert addition("", Section("s0", 1, "Un *autre*", "Mots."), "Diagnostic") == "## Un \\*autre\\*\n\nMots."


def test_notes_of_both_texts_keep_their_own_words() -> None:
    content = after([Section("s0", 1, "Faiblesses", "Le micro[^1].\n\n[^1]: Trop fort.")], ["minus"])
    found = content.section("minus")
    assert found is not None
    drawn = render(found.body)
    assert "Six mois." in drawn
    assert "Trop fort." in drawn
    assert found.body.endswith("Le micro[^1-2].\n\n[^1-2]: Trop fort.")


def test_addresses_of_both_texts_lead_where_they_led() -> None:
    before = Content(
        "t",
        (Section("a", 1, "A", "[Site] et [ici][b]\n\n[site]: https://un.example\n[b]: https://b.example"),),
    )
    part = Section(
        "s0", 1, "A", "Le [site], [là][SITE], [b][] !\n\n[Site]: https://deux.example\n[b]: https://c.example"
    )
    found = after([part], ["a"], before).section("a")
    assert found is not None
    drawn = render(found.body)
    assert [drawn.count(f'href="https://{name}.example"') for name in ("un", "b", "deux", "c")] == [
        1,
        1,
        2,
        1,
    ]


def test_new_parts_stand_after_the_one_before_them_and_take_nothing_from_it() -> None:
    parts = [
        Section("s0", 1, "Diagnostic", "a"),
        Section("s1", 2, "Regards", "b"),
        Section("s2", 1, "Annexe du groupe", "c"),
        Section("s3", 2, "Dessous", "d"),
    ]
    assert headings(after(parts, ["diagnosis", NEW, NEW, NEW])) == [
        (1, "Description analytique"),
        (1, "Diagnostic"), (2, "Forces"), (2, "Faiblesses"), (2, "Regards"),
        (1, "Annexe du groupe"), (2, "Dessous"),
        (1, "Hypothèses"),
        (1, "Contributions"),
    ]  # fmt: skip


def test_a_new_part_alone_is_the_last_before_the_annexes() -> None:
    found = after([Section("s0", 2, "Divers", "x")], [NEW])
    assert headings(found)[-2:] == [(1, "Divers"), (1, "Contributions")]
    assert headings(after([Section("s0", 2, "Divers", "x")], [NEW], Content("Vide"))) == [(1, "Divers")]


def test_a_text_that_is_imported_twice_by_one_form_is_there_once() -> None:
    text = loaded([make(DOCUMENT)])
    parts = [Section("s0", 1, "Forces", "Une autre.")]
    once = text.editing(lambda shared: carry_out(shared, parts, ["plus"], "i000000000001"))
    before = text.content()
    text.editing(lambda shared: carry_out(shared, parts, ["plus"], "i000000000001"))
    assert once
    assert text.content() == before
    text.editing(lambda shared: carry_out(shared, parts, ["plus"], "i000000000002"))
    assert text.content() != before


@given(
    st.lists(st.tuples(st.sampled_from(["Forces", "Divers", "Autre"]), st.text("aé😀\n*[]^1:`", max_size=20)), max_size=6),
    st.lists(st.sampled_from([*(section.key for section in DOCUMENT.sections), NEW, NOTHING, "partie"]), min_size=6, max_size=6),
)  # fmt: skip
def test_whatever_is_imported_what_was_there_stands_first_in_its_place(
    said: list[tuple[str, str]], targets: list[str]
) -> None:
    parts = [Section(f"s{n}", 1 + n % 2, heading, body) for n, (heading, body) in enumerate(said)]
    content = after(parts, targets[: len(parts)])
    kept = [section for section in content.sections if DOCUMENT.section(section.key)]
    assert [section.key for section in kept] == [section.key for section in DOCUMENT.sections]
    for section in kept:
        before = DOCUMENT.section(section.key)
        assert before is not None
        assert section.body.startswith(before.body)
    made = sum(1 for target in targets[: len(parts)] if target in {NEW, "partie"})
    assert len(content.sections) == len(DOCUMENT.sections) + made


def test_two_people_who_write_during_an_import_keep_their_words() -> None:
    server = loaded([make(DOCUMENT)])
    page = SharedText(client=9)
    page.trust(server.snapshot())
    typed = page.editing(lambda text: text.splice("plus", 0, 0, "Ici, "))
    server.editing(lambda text: carry_out(text, [Section("s0", 1, "Forces", "Et là.")], ["plus"], "i00"))
    server.apply(typed)
    assert server.markdown("plus") == "Ici, On parle.\n\nEt là."


# ---------------------------------------------------------------- lines, pictures


def test_lines_that_were_ended_on_purpose_stay_lines_and_folded_ones_are_one() -> None:
    typed = "Présents : Odile\nExcusés : Paul\n\nUn paragraphe qui fut replié au bord de la page par un logiciel de\ncourrier."
    assert with_lines(typed) == (
        "Présents : Odile\\\nExcusés : Paul\n\nUn paragraphe qui fut replié au bord de la page par un logiciel de\ncourrier."
    )


def test_typed_bullets_are_lists_and_text_set_back_is_no_code() -> None:
    assert with_lines("À faire\n  • appeler\n  • écrire\n\n      Signé : Odile") == (
        "À faire\n  - appeler\n  - écrire\n\nSigné : Odile"
    )


@pytest.mark.parametrize(
    "text",
    ["# Titre\nmots", "un **mot**", "| a | b |\n|---|---|", "[x](https://a.example)", "x[^1]\n\n[^1]: y"],
)
def test_markdown_is_known_by_its_marks(text: str) -> None:
    assert is_markdown(text)


@pytest.mark.parametrize("text", ["Présents : 3 * 4", "un - deux", "- un\n- deux", "[C-12] dit oui"])
def test_plain_words_are_not_taken_for_markdown(text: str) -> None:
    assert not is_markdown(text)


def test_pictures_leave_their_words_and_code_and_our_own_figures_stay() -> None:
    text = (
        '![Un plan](http://a.example/x_(1).png "t") ![v](figure:V-2) `![a](b)`\n\n```\n![c](d)\n```\n![e][f]'
    )
    assert without_pictures(text) == (
        "Un plan ![v](figure:V-2) `![a](b)`\n\n```\n![c](d)\n```\ne",
        2,
    )


def test_a_wall_of_marks_is_read_in_one_go() -> None:
    for wall in ("`" * 300_000, "~" * 300_000, "![" * 100_000, "``` " * 70_000):
        assert without_pictures(wall) == (wall, 0)


def test_an_arrow_is_written_as_people_write_it_and_a_quote_is_not_made() -> None:
    assert (
        without_needless_marks("a -\\> b\n\n\\> c\n\n- \\> d `-\\>`") == "a -> b\n\n\\> c\n\n- \\> d `-\\>`"
    )


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        ("a.md", b"# x", "md"), ("a.txt", b"x", "txt"), ("a", b"x", "txt"), ("a.docx", b"simple texte", "txt"),
        ("a.txt", b"\n<!-- x --><!DOCTYPE html><p>x", "html"), ("a.htm", b"<p>x", "html"), ("a.odt", b"<html>x", "html"),
    ],
)  # fmt: skip
def test_a_file_is_read_as_what_it_is(name: str, body: bytes, kind: str) -> None:
    assert kind_of(name, body) == kind


def test_many_comments_before_a_page_are_looked_at_once() -> None:
    assert kind_of("a.txt", b"<!-- --> " * 400 + b"<b>") == "txt"
    with pytest.raises(NotReadable):
        kind_of("a.txt", b"   ")
