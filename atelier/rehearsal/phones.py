"""`atelier rehearse CODE --phones 40`: simulated phones join a copy of a séance, write in each activity, vote.

Where the copy comes from:

- on the machine of the installation, CODE is the join code of any séance, opened or not: the command copies it in the
  database it shares with the server, opens the copy, marked RÉPÉTITION, and gives itself a link of co-facilitation to
  play the déroulé. The séance itself is not touched. This is what the desk's button does;
- from elsewhere, the command has no database to write in: CODE must be the code of a rehearsal already open (its join
  page says RÉPÉTITION). Simulated phones never enter a real séance. They join and act, but cannot open activities:
  cards and votes are not tried, and the verdict says so.

Everything measured goes through the public protocol, as phones do. Times are those of this program: on the machine of
the server, both share its processor, so that they are rather too long than too short.
"""

from __future__ import annotations

import random
import secrets
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from time import sleep
from typing import Any

from atelier.house import House
from atelier.i18n import DEFAULT, LOCALES, translations
from atelier.later import N_
from atelier.live.operations.rehearsals import tell as tell_desk
from atelier.rehearsal.copies import CannotCopy, Copy, make_copy, revoke
from atelier.rehearsal.gestures import OPTIONS, Step, gesture
from atelier.rehearsal.verdict import Measures, faults_of, verdict
from atelier.rehearsal.wire import Answer, Seat, Unreachable, join, join_page
from atelier.rehearsal.wording import Sentence, said

SPREAD_S = 2.0  # a room does not press at the same instant
MARK = "RÉPÉTITION"
ROUNDS_WITHOUT_COPY = 3
NO_SERVER = N_("Aucun serveur ne répond à l'adresse %(url)s. Lancez-le, puis recommencez.")
OTHER_SERVER = N_("le serveur à l'adresse %(url)s n'est pas celui de cette base.")
NOT_A_REHEARSAL = N_(
    "Ce code n'ouvre pas une répétition. Lancez-la depuis le pupitre : les téléphones simulés n'entrent"
    " jamais dans une vraie séance."
)
STOPPED = N_("La répétition s'est arrêtée : %(reason)s")
NOT_OPENED = N_("le serveur n'ouvre pas la copie (%(fault)s).")
NO_ANSWER = N_("le serveur n'a pas répondu au pupitre.")
TRY_NAME = N_("Téléphone d'essai %(number)s")


@dataclass(slots=True)
class Run:
    """What is being measured. Phones write here from several threads."""

    asked: int
    seats: list[Seat] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    unanswered: int = 0
    refused: int = 0
    doubled: int = 0
    numbers: list[int] = field(default_factory=list)
    turn: threading.Lock = field(default_factory=threading.Lock)

    def measures(self, tried: bool) -> Measures:
        twice = len(self.numbers) - len(set(self.numbers))
        return Measures(
            self.asked,
            len(self.seats),
            tuple(self.waits),
            self.unanswered,
            self.refused,
            self.doubled + twice,
            tried,
        )

    def heard(self, answer: Answer | None, seconds: float) -> None:
        with self.turn:
            if answer is None:
                self.unanswered += 1
                return
            self.waits.append(seconds)
            if not answer["ok"]:
                self.refused += 1
            elif "number" in answer:
                self.numbers.append(answer["number"])


class Stopped(Exception):
    """The déroulé of the copy cannot go on: `reason` is ours to translate, or the server's own sentence."""

    def __init__(self, reason: Sentence | str) -> None:
        super().__init__(str(reason))
        self.reason = reason


def rehearse(code: str, phones: int, url: str, spread_s: float = SPREAD_S) -> str:
    """Play a rehearsal with so many phones against the server at `url`; return its verdict, in French."""
    from atelier.starting import prepared_house  # noqa: PLC0415 - the whole house, made for this command

    url, figures = url.rstrip("/"), "".join(sign for sign in code if sign.isdigit())
    try:
        page = join_page(url, figures)
    except Unreachable:
        return said(NO_SERVER, url=url)
    house = prepared_house()
    try:
        copy = make_copy(house, figures)
        if copy is None:
            return _from_elsewhere(figures, phones, url, spread_s, page)
        return _on_copy(house, copy, phones, url, spread_s)
    except CannotCopy as refused:
        return str(refused)
    finally:
        house.database.dispose()


def _from_elsewhere(code: str, phones: int, url: str, spread_s: float, page: str) -> str:
    """Join a rehearsal that somebody opened, and act without a déroulé."""
    if MARK not in page:
        return said(NOT_A_REHEARSAL)
    run = Run(phones)
    _all_join(run, code, url, (), 0, spread_s)
    for number in range(ROUNDS_WITHOUT_COPY):
        _each(run.seats, lambda place, seat, on=number % 2 == 0: _help(run, seat, on), spread_s)  # type: ignore[misc]
    _all_leave(run)
    return verdict(run.measures(tried=False), translations(DEFAULT))


def _help(run: Run, seat: Seat, on: bool) -> None:
    run.heard(*seat.act("ask_help", {"on": on}))


def _on_copy(house: House, copy: Copy, phones: int, url: str, spread_s: float) -> str:
    """Play the whole copy; tell how far it is; say the verdict, whatever happens."""

    def tell(state: str, done: int, **more: Any) -> None:
        facts = {"state": state, "phones": phones, "copy": copy.code, "done": done, "steps": len(copy.steps)}
        tell_desk(house.settings.var, copy.source, house.clock(), **facts, **more)

    tell("joining", 0)
    follows = False
    try:
        measures = _played(copy, Run(phones), url, spread_s, lambda done: tell("running", done))
        words = {locale: verdict(measures, translations(locale)) for locale in LOCALES}
        follows = not faults_of(measures, translations(DEFAULT))
    except Stopped as stopped:
        words = _stopped(stopped.reason)
    except Unreachable as fault:
        words = _stopped(Sentence(NOT_OPENED, {"fault": fault}))
    finally:
        revoke(house, copy)
    tell("done", len(copy.steps), verdict=words, follows=follows)
    return words[DEFAULT]


def _stopped(reason: Sentence | str) -> dict[str, str]:
    return {locale: Sentence(STOPPED, {"reason": reason}).spoken(locale) for locale in LOCALES}


def _played(copy: Copy, run: Run, url: str, spread_s: float, tell: Callable[[int], None]) -> Measures:
    if MARK not in join_page(url, copy.code):
        raise Stopped(Sentence(OTHER_SERVER, {"url": url}))
    driver = Seat(url, copy.code, "desk", copy.link)
    driver.connect()
    try:
        _drive(driver, "take_agenda", {})
        _all_join(run, copy.code, url, copy.colleges, copy.tables, spread_s)
        for place, step in enumerate(copy.steps):
            tell(place)
            _play_step(driver, run, step, spread_s, last=place == len(copy.steps) - 1)
    finally:
        _all_leave(run)
        driver.close()
    return run.measures(tried=True)


def _play_step(driver: Seat, run: Run, step: Step, spread_s: float, last: bool) -> None:
    """Open an activity, let every phone send its part, close it, reveal it. The last one stays open for real phones."""
    _drive(driver, "go_to", {"sequence": step.sequence, "activity": step.activity})
    if step.lacks_options:
        options = [{"text": said(text)} for text in OPTIONS]
        known = {
            "question": step.question or "Essai",
            "minutes": step.minutes,
            "settings": dict(step.settings),
        }
        _drive(driver, "edit_activity", {"activity": step.activity, **known, "options": options})
    here = {"activity": step.activity}
    _drive(driver, "open_activity", here)
    if step.some_first:
        _drive(driver, "open_to_everyone", here)
    _each(run.seats, lambda number, seat: _send(run, seat, step, number), spread_s)
    if last:
        return
    _drive(driver, "close_activity", here)
    if step.is_vote:
        _drive(driver, "reveal_result", here)


def _send(run: Run, seat: Seat, step: Step, number: int) -> None:
    """Send one's part. Every third phone sends it twice, as after a cut: the server must count it once."""
    part = gesture(step, number)
    if part is None:
        return
    act_id = secrets.token_hex(16)
    answer, seconds = seat.act(*part, act_id)
    run.heard(answer, seconds)
    if answer is None or number % 3:
        return
    again, _ = seat.act(*part, act_id)
    if again is None or _counted(again) != _counted(answer):
        with run.turn:
            run.doubled += 1


def _counted(answer: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(answer.get(name) for name in ("ok", "seq", "number"))


def _drive(driver: Seat, name: str, data: Mapping[str, Any]) -> None:
    answer, _ = driver.act(name, data)
    if answer is None:
        raise Stopped(Sentence(NO_ANSWER))
    if not answer["ok"]:
        raise Stopped(str(answer.get("message") or answer["code"]))


def _all_join(run: Run, code: str, url: str, colleges: tuple[str, ...], tables: int, spread_s: float) -> None:
    """Let everybody in, as people arrive."""

    def enter(number: int, _nobody: None) -> None:
        profile: dict[str, Any] = {"name": said(TRY_NAME, number=number + 1)}
        if colleges:
            profile["college"] = colleges[number % len(colleges)]
        if tables:
            profile["table"] = 1 + number % tables
        try:
            seat = join(url, code, profile)
        except Unreachable:
            return
        with run.turn:
            run.seats.append(seat)

    _each([None] * run.asked, enter, 2 * spread_s)


def _all_leave(run: Run) -> None:
    """Say goodbye, so that only real phones are counted from now on."""

    def go(number: int, seat: Seat) -> None:
        seat.act("leave", {})
        seat.close()

    _each(run.seats, go, 0)


def _each(people: Iterable[Any], act: Callable[[int, Any], None], spread_s: float) -> None:
    """Let everybody act at a moment of their own within `spread_s` seconds, and wait for the last."""

    def later(number: int, person: Any) -> None:
        sleep(random.uniform(0, spread_s))
        act(number, person)

    threads = [threading.Thread(target=later, args=item, daemon=True) for item in enumerate(list(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
