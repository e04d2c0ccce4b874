"""The shelf of files: one making for all who ask, nothing half written, a failure told before it is tried again."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from atelier.exports.files import shelf
from atelier.exports.files.cage import ConversionFailed
from atelier.exports.files.queue import Queue
from atelier.exports.files.shelf import failure_of, kept, size_of

SLOW = """
import sys, time
from pathlib import Path
from atelier.exports.files.shelf import kept

def make():
    with open(sys.argv[2], "a") as told:
        told.write("x")
    time.sleep(0.5)
    return b"file"

assert kept(Path(sys.argv[1]), "a.pdf", make) == b"file"
"""


def test_two_processes_that_want_one_file_make_it_once(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SLOW, str(tmp_path / "files"), str(tmp_path / "told")]
    both = [subprocess.Popen(command) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert (tmp_path / "told").read_text() == "x"


def test_a_process_killed_while_it_made_a_file_leaves_it_to_the_next(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-c",
        SLOW.replace("0.5", "60"),
        str(tmp_path / "files"),
        str(tmp_path / "told"),
    ]
    process = subprocess.Popen(command)
    for _ in range(400):
        if (tmp_path / "told").exists():
            break
        time.sleep(0.05)
    process.kill()
    process.wait(60)
    assert size_of(tmp_path / "files", "a.pdf") is None
    assert kept(tmp_path / "files", "a.pdf", lambda: b"made again") == b"made again"


def test_two_people_of_one_process_make_it_once(tmp_path: Path) -> None:
    made: list[int] = []

    def make() -> bytes:
        made.append(1)
        time.sleep(0.2)
        return b"file"

    people = [threading.Thread(target=kept, args=(tmp_path, "a.pdf", make)) for _ in range(5)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert made == [1]


def test_a_failure_is_told_for_a_while_then_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> bytes:
        raise ConversionFailed("memory")

    with pytest.raises(ConversionFailed, match="memory"):
        kept(tmp_path, "a.pdf", refuse)
    assert failure_of(tmp_path, "a.pdf") == "memory"
    with pytest.raises(ConversionFailed, match="memory"):
        kept(tmp_path, "a.pdf", lambda: pytest.fail("tried again at once"))
    monkeypatch.setattr(shelf, "REMEMBERED_S", -1.0)
    assert kept(tmp_path, "a.pdf", lambda: b"file") == b"file"
    assert failure_of(tmp_path, "a.pdf") == ""


def test_a_file_that_breaks_stops_neither_the_others_nor_the_queue(tmp_path: Path) -> None:
    queue = Queue(tmp_path)

    def broken() -> bytes:
        raise RuntimeError("a fault of ours")

    queue.ask("a.pdf", broken)
    queue.ask("b.pdf", lambda: b"file")
    for _ in range(200):
        if queue.is_settled("a.pdf") and queue.is_settled("b.pdf"):
            break
        time.sleep(0.02)
    assert failure_of(tmp_path, "a.pdf") == "refused"
    assert size_of(tmp_path, "b.pdf") == 4


def test_files_that_nobody_takes_leave_the_shelf_and_those_half_written_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "MOST_FILES", 2)
    monkeypatch.setattr(shelf, "PATIENCE_S", -1.0)
    (tmp_path / ".old.pdf.99").write_bytes(b"half")
    for name in ("a", "b", "c"):
        kept(tmp_path, name, name.encode)
        time.sleep(0.02)
    assert sorted(path.name for path in tmp_path.iterdir() if not path.name.startswith(".turn-")) == [
        "b",
        "c",
    ]
