"""The evening of the golden journals: one act after another, so that every kind of event of this release happens.

Played through the doors of a real house, then written down by `python -m tests.journals.record`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from atelier.live.credentials import Guest
from atelier.live.rules.earlier import EraseEarlier
from atelier.live.state import Actor
from tests.factories import make_activity, make_sequence, make_snapshot
from tests.faults.hall import Hall

COLUMNS = [
    {"key": "plus", "label": "Forces", "sign": "plus"},
    {"key": "minus", "label": "Faiblesses", "sign": "minus"},
]
CARDS = (
    ("Samira", "On parle avant les élus", "plus"),
    ("Samira", "Tout le monde s'assoit en cercle", "plus"),
    ("Odile", "Les mêmes parlent", "minus"),
    ("Odile", "Toujours les mêmes qui parlent", "minus"),
    ("Thierry", "Qui décide après ?", "minus"),
    ("Thierry", "Le bailleur ne vient pas", "minus"),
)


def snapshot() -> dict[str, Any]:
    """A séance that continues another, with an activity of each family."""
    taken = make_activity("a9", "choice", "Lequel d'abord ?", settings={"options_from": "a1:minus"})
    sequences = [
        make_sequence(
            "s1",
            "Ouverture",
            10,
            make_activity("a1", "board", "Forces et faiblesses", minutes=10, settings={"columns": COLUMNS}),
            make_activity("a2", "questions", "Vos questions", moderation="held"),
        ),
        make_sequence(
            "s2",
            "Voter",
            20,
            make_activity(
                "a3",
                "dot_vote",
                "Par quoi commencer ?",
                minutes=5,
                options=["Le lieu", "L'heure", "La langue"],
            ),
            make_activity("a4", "consent", "Une assemblée par mois", settings={"proposal": "Le samedi"}),
            make_activity(
                "a5", "choice", "Garder l'heure ?", options=["Oui", "Non"], settings={"multiple": False}
            ),
        ),
        make_sequence(
            "s3",
            "Parler",
            15,
            make_activity("a6", "speaking", "Réactions", settings={"policy": "first_time", "seconds": 60}),
            make_activity(
                "a7", "contributions", "Ce que nous taisons", anonymity="anonymous", first_colleges=["U"]
            ),
        ),
        make_sequence("s4", "Pause", 10),
        make_sequence("s6", "Voter sur le tableau", 5, taken),
        make_sequence("s5", "Fin", 5, make_activity("a8", "roti", "Cette soirée valait-elle le temps ?")),
    ]
    said = {"title": "Le printemps", "count": 1, "copied_from": ["CHA0/C-4"]}
    made = make_snapshot(sequences, tables=4, previous={"title": "Au printemps", "clusters": [said]})
    cards = [{"text": "Déjà dit au printemps", "column": "plus", "origin": "CHA0/C-4"}]
    clusters = [{"title": "Le printemps", "column": "plus", "cards": ["CHA0/C-4"]}]
    return {**made, "imports": [{"activity": "a1", "cards": cards, "clusters": clusters}]}


class GoldenEvening:
    def __init__(self, hall: Hall, wait: Callable[[float], None], ring: Callable[[], None]) -> None:
        self.hall = hall
        self.wait = wait
        self.ring = ring
        self.people: dict[str, Guest] = {}
        self.numbers: list[int] = []

    def play(self) -> None:
        for part in (
            self._arrive,
            self._write,
            self._group,
            self._vote,
            self._agree,
            self._speak,
            self._manage,
            self._end,
        ):
            part()

    def do(self, who: str, act: str, /, **data: Any) -> dict[str, Any]:
        guest = self.people.get(who) or self.hall.guest(who)
        answer = self.hall.perform(guest, act, data)
        assert answer["ok"], (who, act, data, answer)
        self.wait(7)
        return answer

    def desk(self, act: str, /, **data: Any) -> dict[str, Any]:
        return self.do("facilitator", act, **data)

    def _arrive(self) -> None:
        for name, college in (("Samira", "A"), ("Odile", "U"), ("Thierry", "E"), ("Marcel", "A")):
            self.people[name] = self.hall.phone(name, college, table=1)
        self.people["Table 3"] = self.hall.phone("Table 3", "A", shared=True, people=5, table=3)
        self.do("Thierry", "update_profile", name="Thierry B.", college="E", table=2)
        self.do("Table 3", "set_people", people=6)
        self.desk("move_person", person=self.people["Thierry"].actor.id, table=4)
        self.desk("set_capacity", capacity=60)
        self.desk("set_without_phone", count=3)
        self.desk("show_join_screen", on=True)
        self.desk("show_join_screen", on=False)

    def _write(self) -> None:
        self.desk("take_agenda")
        self.desk("go_to", sequence="s1", activity="a1")
        self.desk("open_activity", activity="a1")
        for who, text, column in CARDS:
            self.numbers.append(
                self.do(who, "submit_contribution", activity="a1", text=text, column=column)["number"]
            )
        one, two, *_ = self.numbers
        self.do("Samira", "edit_contribution", number=two, text="Tout le monde est en cercle")
        self.do("Samira", "validate_contribution", number=two)
        self.do("Samira", "allow_name", number=one)
        self.desk("extend_timer", seconds=60)
        self.desk("pause_timer", on=True)
        self.desk("pause_timer", on=False)
        entered = self.do(
            "helper",
            "enter_contribution",
            activity="a1",
            text="Dit à voix haute",
            column="plus",
            channel="oral",
            sheet="7",
        )["number"]
        self.do("helper", "hide_contribution", number=entered, motive="other", note="Il nomme quelqu'un")
        self.do("helper", "unhide_contribution", number=entered)
        self.desk("set_live_display", activity="a1", on=True)
        self.desk("set_live_display", activity="a1", on=False)
        self.desk("show_cards", activity="a1", on=False)
        self.desk("show_cards", activity="a1", on=True)
        self.desk("project_contribution", number=one)
        self.do("Samira", "ask_time", on=True)
        self.desk("announce_close", activity="a1", seconds=30)
        self.wait(31)
        self.ring()
        self.desk("give_time", person=self.people["Samira"].actor.id, activity="a1", seconds=60)
        self.desk("start_timer", seconds=90)
        self.desk("stop_timer")
        self.desk("start_timer", seconds=20)
        self.wait(21)
        self.ring()
        self._ask()

    def _ask(self) -> None:
        self.desk("next_step")
        self.desk("open_activity", activity="a2")
        asked = self.do("Odile", "submit_contribution", activity="a2", text="Qui invite ?")["number"]
        self.desk("keep_contribution", number=asked)
        self.do("Samira", "support_contribution", number=asked)
        self.desk("mark_answered", number=asked)
        self.desk("close_activity", activity="a2")

    def _group(self) -> None:
        a, b, c, d, e, _ = self.numbers
        self.desk("reword_contribution", number=e, text="Qui décide, après ?")
        self.desk("reword_contribution", number=e, text="Et après, qui décide ?")
        self.desk("undo_rewording", number=e)
        self.desk("merge_contributions", target=c, sources=[d], text="Ce sont les mêmes qui parlent")
        self.desk("unmerge_contribution", number=c)
        self.desk("merge_contributions", target=c, sources=[d])
        first = self.desk("create_cluster", activity="a1", title="La parole", cards=[a, b])["key"]
        second = self.desk("create_cluster", activity="a1", title="Les absents", cards=[c])["key"]
        self.desk("place_card", number=e, cluster=second)
        self.desk("undo_grouping")
        self.desk("place_card", number=e, cluster=second)
        self.desk("rename_cluster", cluster=second, title="Qui n'est pas là")
        self.desk("move_cluster", cluster=second, position=0)
        third = self.desk("split_cluster", cluster=first, cards=[b], title="Le cercle")["key"]
        self.desk("merge_clusters", target=first, source=third)
        self.desk("validate_cluster", cluster=first)
        spare = self.desk("create_cluster", activity="a1", title="À part")["key"]
        self.desk("dissolve_cluster", cluster=spare)
        self.do("Samira", "report_misplaced", number=a)
        self.desk("project_scene", kind="wall", target="a1")
        self.desk("turn_page", page=1)
        self.desk("vote_on_clusters", source="a1", kind="dot_vote", question="Lequel d'abord ?", go=False)

    def _vote(self) -> None:
        self.desk("go_to", sequence="s2", activity="a3")
        self.desk("open_activity", activity="a3")
        self.do("Samira", "cast_ballot", activity="a3", ballot={"dots": {"o1": 2}})
        self.do("Samira", "cast_ballot", activity="a3", ballot={"dots": {"o1": 1, "o2": 1}})
        self.do("Odile", "cast_ballot", activity="a3", ballot={"dots": {"o2": 1, "o1": 1}})
        self.desk("hide_counts", on=True)
        self.desk("close_activity", activity="a3")
        self.desk("undo_close", activity="a3")
        self.desk("close_activity", activity="a3")
        self.desk(
            "enter_paper",
            activity="a3",
            paper={"one_by_one": [{"dots": {"o3": 1}}, {"blank": True}], "void": 0},
        )
        self.desk("reveal_result", activity="a3")
        self.desk("draw_lots", activity="a3", seed="4 2 6")
        self.desk("go_to", sequence="s2", activity="a5")
        self.desk("open_activity", activity="a5")
        self.do("Thierry", "cast_ballot", activity="a5", ballot={"options": ["o1"]})
        self.desk("close_activity", activity="a5")
        self.desk("annul_vote", activity="a5", motive="La question n'était pas claire")
        self.desk("hold_again", activity="a5")

    def _agree(self) -> None:
        self.desk("go_to", sequence="s2", activity="a4")
        self.desk("open_activity", activity="a4")
        self.do("Samira", "cast_ballot", activity="a4", ballot={"answer": "consent"})
        self.do(
            "Odile",
            "cast_ballot",
            activity="a4",
            ballot={"answer": "objection"},
            text="Le samedi, c'est le marché",
        )
        self.desk("close_activity", activity="a4")
        self.desk("reveal_result", activity="a4")
        self.desk("next_round", activity="a4", proposal="Le mercredi")

    def _speak(self) -> None:
        self.desk("go_to", sequence="s3", activity="a6")
        self.desk("open_activity", activity="a6")
        self.do("Samira", "request_turn", activity="a6")
        self.do("Odile", "request_turn", activity="a6")
        self.do("Thierry", "request_turn", activity="a6")
        self.desk("add_speaker", activity="a6", label="Une dame au fond", college="A")
        last = self.hall.state.speaking["a6"].turns[-1].key
        self.desk("move_turn", activity="a6", turn=last, position=0)
        self.desk("give_turn", activity="a6")
        self.do("Odile", "withdraw_turn", activity="a6")
        self.desk("end_turn", activity="a6")
        self.desk("close_list", activity="a6", on=True)
        self.desk("close_activity", activity="a6")
        self.desk("go_to", sequence="s3", activity="a7")
        self.desk("open_activity", activity="a7")
        gone = self.do("Odile", "submit_contribution", activity="a7", text="La peur du propriétaire")[
            "number"
        ]
        self.desk("open_to_everyone", activity="a7")
        self.do("Samira", "submit_contribution", activity="a7", text="La honte de mal parler")
        self.do("Odile", "withdraw_contribution", number=gone)

    def _manage(self) -> None:
        self.desk("freeze_phones", on=True)
        self.desk("freeze_phones", on=False)
        self.desk("hide_phones", on=True)
        self.desk("hide_phones", on=False)
        self.desk("blank_screen", on=True)
        self.desk("blank_screen", on=False)
        self.do("Samira", "ask_help", on=True)
        self.desk("answer_help", person=self.people["Samira"].actor.id)
        self.do("Table 3", "finish_table", on=True)
        options = [{"text": "Oui"}, {"text": "Non"}]
        before = set(self.hall.state.activities)
        self.desk("insert_activity", kind="choice", question="On prolonge ?", options=options, go=False)
        (key,) = set(self.hall.state.activities) - before
        self.desk("edit_activity", activity=key, question="Encore un quart d'heure ?", options=options)
        self.desk("insert_activity", kind="contributions", question="Pour rien", go=False)
        (spare,) = set(self.hall.state.activities) - before - {key}
        self.desk("remove_activity", activity=spare)
        self.desk("extend_sequence", sequence="s5", minutes=5)
        self.desk("skip_sequence", sequence="s4")
        self.desk("move_sequence", sequence="s5", position=3)
        self.desk("previous_step")
        self.desk("revoke_link", link=self.hall.guest("observer").actor.id)

    def _end(self) -> None:
        self.desk("close_entry", on=True)
        late = self.hall.phone("Léa", "A")
        self.desk("go_to", sequence="s6", activity="a9")
        self.desk("go_to", sequence="s2", activity="a5")
        self.desk("open_activity", activity="a5")
        self.desk("admit_person", person=late.actor.id)
        self.desk("close_activity", activity="a5")
        self.do("Marcel", "leave")
        self.desk("mark_left", person=self.people["Marcel"].actor.id, on=False)
        self.desk("correct_attendance", count=14)
        self.hall.do(EraseEarlier("CHA0/C-4"), Actor("import", "import"))
        self.desk("close_session")
        self.desk("reopen_session", motive="Une question avait été oubliée")
        self.desk("close_session")
