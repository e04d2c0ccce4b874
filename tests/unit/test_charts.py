"""Charts say the numbers of the result, in words and in a table, at every size, without a style of their own."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from atelier.live.methods import consent, counting
from tests.unit.chart_reading import (
    TEXTS,
    Page,
    draw,
    drawn,
    every_result,
    from_text,
    make_choice,
    make_consent,
    make_dots,
    make_gradients,
    make_merit,
    make_scale,
)

SIZES = ("screen", "phone", "desk", "print", "doc")
NBSP = "\u00a0"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("method", sorted(every_result()))
def test_charts_carry_no_style_and_name_their_pictures(method: str, size: str) -> None:
    html = drawn(every_result()[method], size)
    page = Page(html)
    assert "style=" not in html
    assert not re.search(r"\son\w+=", html)
    assert page.unnamed == []
    assert [name for name in page.names if not name.strip()] == []
    assert page.rows, "no table of the numbers"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("method", sorted(every_result()))
def test_charts_have_no_repeated_identifier(method: str, size: str) -> None:
    result = every_result()[method]
    page = Page(drawn(result, size) + drawn(result, size))
    assert [values["id"] for _, values in page.elements if "id" in values] == []


def test_draw_dot_vote_states_dots_and_people_in_rank_order() -> None:
    result = make_dots()
    page = draw(result)
    expected = [
        [
            f"{list(TEXTS).index(option['key']) + 1}. {TEXTS[option['key']]}",
            str(option["rank"]),
            str(option["dots"]),
            str(option["people"]),
        ]
        for option in result["options"]
    ]
    assert page.rows[1:] == expected
    assert [option["dots"] for option in result["options"]] == [10, 9, 2]
    assert page.names == [
        f"Défrayer la garde d'enfants{NBSP}: 10 gommettes, 5 personnes.",
        f"Répondre par écrit{NBSP}: 9 gommettes, 7 personnes.",
        f"Tirer au sort{NBSP}: 2 gommettes, 2 personnes.",
    ]
    assert page.foot == ["8 bulletins", "1 blanc", "0 ne se prononce pas", "21 gommettes posées sur 21"]


def test_draw_dot_vote_draws_one_sticker_per_dot_while_they_fit() -> None:
    few, many = make_dots(5), make_dots(41)
    assert [tag for tag, _ in draw(few, "screen").elements].count("circle") == 21
    crowded = draw(many, "screen")
    assert [tag for tag, _ in crowded.elements].count("circle") == 0
    widths = [values["width"] for tag, values in crowded.elements if tag == "rect"]
    assert widths == ["100.0%", f"{round(45 / 82 * 100, 2)}%", f"{round(2 / 82 * 100, 2)}%"]


def test_draw_tie_shares_rank_and_says_ex_aequo() -> None:
    page = draw(make_choice(4, 4, 1), "screen")
    assert page.text("result-row is-first is-tied")[0].startswith("1ex æquo Défrayer")
    assert [row[1] for row in page.rows[1:]] == ["1 ex æquo", "1 ex æquo", "3"]
    assert page.text("result-notes") == ["Égalité à la première place."]


def test_draw_choice_prints_no_percentage_under_twenty_expressed() -> None:
    assert "%" not in "".join(draw(make_choice(10, 6, 3)).text("result-total"))
    enough = draw(make_choice(10, 6, 4))
    assert enough.text("result-total") == [f"1050{NBSP}%", f"630{NBSP}%", f"420{NBSP}%"]


@pytest.mark.parametrize("method", sorted(every_result()))
def test_draw_small_result_prints_no_percentage_anywhere(method: str) -> None:
    result = every_result()[method]
    text = re.sub(r"<[^>]*>", "", drawn(result, "doc"))
    assert ("%" in text) == (method in ("choice", "gradients")), "only the two with 20 expressed ballots"


def test_draw_gradients_puts_each_count_in_its_segment_from_pour_to_contre() -> None:
    page = draw(make_gradients(23, 13, 4, 2, 0), "screen")
    segments = [
        (name, page.text(name)) for name in dict.fromkeys(page._texts) if name.startswith("segment fill")
    ]
    assert segments == [
        ("segment fill-violet", ["23"]),
        ("segment fill-violet-clair", ["13"]),
        ("segment fill-blanc", ["4"]),
        ("segment fill-soleil", ["2"]),
    ]
    widths = [
        float(values["width"].rstrip("%")) for tag, values in page.elements if tag == "rect" and "x" in values
    ]
    assert widths == pytest.approx([2300 / 42, 1300 / 42, 400 / 42, 200 / 42], abs=0.001)
    assert page.text("agreement is-consensus") == ["consensus"]
    assert page.names == [
        f"Défrayer la garde d'enfants{NBSP}: 23 pour, 13 plutôt pour, 4 neutre, 2 plutôt contre."
    ]
    assert page.rows[1] == ["1. Défrayer la garde d'enfants", "23", "13", "4", "2", "0", "consensus", "0"]


def test_draw_gradients_under_eight_says_counts_without_label() -> None:
    page = draw(make_gradients(3, 2, 0, 1, 0), "phone")
    assert [name for name in page.classes() if name == "agreement"] == []
    assert page.text("agreement-word") == ["5 favorables, 1 opposé"]


def test_draw_narrow_segments_print_their_numbers_above_and_apart() -> None:
    page = draw(make_gradients(1, 57, 1, 1, 0), "phone")
    above = [
        float(values["x"].rstrip("%"))
        for tag, values in page.elements
        if "is-outside" in values.get("class", "")
    ]
    assert len(above) == 3
    assert all(later - earlier > 4 for earlier, later in pairwise(above))
    assert above[0] >= 0
    assert above[-1] <= 100
    assert "has-outside" in page.classes()


def test_draw_merit_profile_puts_best_grade_left_and_marks_the_middle() -> None:
    result = make_merit([2, 2, 2, 2, 2], [2, 1, 1, 1, 5])
    page = draw(result, "screen")
    assert [row[:3] for row in page.rows[1:]] == [
        ["2. Répondre par écrit", "1", "Bien"],
        ["1. Défrayer la garde d'enfants", "2", "Passable"],
    ]
    assert page.rows[1][3:] == ["5", "1", "1", "1", "2"]
    assert page.text("legend") == ["Très bienBienPassableInsuffisantÀ rejeter"]
    notches = [values for tag, values in page.elements if values.get("class") == "notch"]
    assert [(notch["x1"], notch["x2"]) for notch in notches] == [("50%", "50%")] * 4
    assert page.text("merit-grade") == ["Bien", "Passable"]


def test_draw_scale_with_split_median_prints_both_values_and_cleavage() -> None:
    page = draw(make_scale(1, 1, 2, 3, 7, 8, 9, 9))
    assert page.text("scale-median") == ["médiane 3 (entre 3 et 7)"]
    assert page.text("hint") == ["la moitié entre 1 et 8 · avis clivés"]
    assert page.rows[1][1:12] == ["0", "2", "1", "1", "0", "0", "0", "1", "1", "2", "0"]
    assert page.rows[1][12:] == ["3 (entre 3 et 7)", "5", "0"]


def test_draw_scale_under_eight_prints_no_mean() -> None:
    assert draw(make_scale(1, 2, 3, 4, 5, 6, 7)).rows[1][13] == "–"


def test_draw_consent_states_the_verdict_and_keeps_the_rounds() -> None:
    first, second = make_consent(consent=8, objection=1), make_consent(consent=9, withdraw=1)
    assert draw(first).text("result-verdict") == [f"Proposition non adoptée{NBSP}: 1 objection."]
    page = draw(consent.with_rounds([first, second]))
    assert page.text("result-verdict") == [f"Proposition adoptée{NBSP}: aucune objection."]
    assert page.rows[1:] == [["1", "8", "0", "0", "1", "non"], ["2", "9", "0", "1", "0", "oui"]]


def test_draw_result_prints_presence_paper_and_shared_ballots() -> None:
    result = counting.with_presence(make_dots(), present=46, electorate=46, shared=2, quorum_percent=50)
    result = {**result, "counts": {**result["counts"], "paper": 3}}
    page = draw(result)
    assert page.foot[:3] == [
        "8 bulletins, dont 3 sur papier, dont 2 au téléphone de table",
        "46 personnes présentes",
        "1 blanc",
    ]
    assert page.text("result-notes") == [f"Quorum non atteint{NBSP}: résultat indicatif."]


def test_draw_page_of_options_draws_those_only_and_keeps_the_table_whole() -> None:
    page = draw(make_dots(), "screen", keys=["o3"])
    assert page.text("result-label") == ["Tirer au sort"]
    assert len(page.rows) == 4


def test_draw_option_text_is_escaped_where_it_is_drawn_and_where_it_is_read() -> None:
    hostile = [{"key": "o1", "text": '"><script>alert(1)</script>'}]
    html = from_text(
        '{% from "charts/result.html" import result_chart %}{{ result_chart(result, options, "screen") }}',
        result=make_gradients(9, 1, 0, 0, 0),
        options=hostile,
    )
    assert "alert(1)" in html
    assert "<script" not in html
    assert Page(html).names == [f'"><script>alert(1)</script>{NBSP}: 9 pour, 1 plutôt pour.']


def test_draw_table_is_silent_on_the_projector_and_unfolds_elsewhere() -> None:
    tags = {size: [tag for tag, _ in draw(make_dots(), size).elements] for size in SIZES}
    assert {size: "details" in found for size, found in tags.items()} == {
        "screen": False,
        "phone": True,
        "desk": True,
        "print": False,
        "doc": True,
    }
    assert {size for size in SIZES if "visually-hidden" in draw(make_dots(), size).classes()} == {"screen"}
    pressed = [tag for tag in tags["screen"] if tag in ("a", "button", "input", "summary")]
    focusable = [values for _, values in draw(make_dots(), "screen").elements if "tabindex" in values]
    assert (pressed, focusable) == ([], [])


@pytest.mark.parametrize(
    ("received", "present", "filled", "free"), [(31, 46, 31, 15), (0, 8, 0, 8), (52, 46, 52, 0)]
)
def test_draw_turnout_draws_a_place_each(received: int, present: int, filled: int, free: int) -> None:
    page = Page(
        from_text(
            '{% from "charts/turnout.html" import turnout %}{{ turnout(r, p, "screen") }}',
            r=received,
            p=present,
        )
    )
    circles = [values for tag, values in page.elements if tag == "circle"]
    assert [len(circles), sum(values.get("class") == "is-free" for values in circles)] == [
        filled + free,
        free,
    ]
    assert page.names[0].startswith(f"{received} bulletin")


def test_draw_turnout_beyond_sixty_is_a_bar() -> None:
    page = Page(from_text('{% from "charts/turnout.html" import turnout %}{{ turnout(50, 200) }}'))
    assert [values["width"] for tag, values in page.elements if tag == "rect"] == ["100%", "25.0%"]


def test_draw_table_plan_reads_every_table_and_counts_beyond_twelve() -> None:
    tables = [
        {"number": 1, "plus": 4, "minus": 2, "other": 0, "state": "working"},
        {"number": 2, "plus": 9, "minus": 5, "other": 0, "state": "help"},
    ]
    call = '{% from "charts/table_plan.html" import table_plan %}{{ table_plan(tables, size) }}'
    screen = Page(from_text(call, tables=tables, size="screen"))
    assert screen.names == ["Table 1, 6 cartes. Table 2, 14 cartes."]
    assert screen.classes().count("plan-card") == 6
    assert screen.text("plan-count") == ["14 cartes"]
    desk = Page(from_text(call, tables=tables, size="desk"))
    assert desk.names == ["Table 1, 6 cartes, au travail. Table 2, 14 cartes, demande de l’aide."]


def test_draw_timeline_states_every_count() -> None:
    points = [{"label": f"20{NBSP}h{NBSP}05", "count": 3}, {"label": f"20{NBSP}h{NBSP}10", "count": 12}]
    page = Page(
        from_text(
            '{% from "charts/timeline.html" import timeline %}{{ timeline(points, "Cartes reçues") }}',
            points=points,
        )
    )
    assert page.rows[1:] == [[f"20{NBSP}h{NBSP}05", "3"], [f"20{NBSP}h{NBSP}10", "12"]]
    heights = [values["height"] for tag, values in page.elements if tag == "rect"]
    assert heights == ["25.0%", "100.0%"]
