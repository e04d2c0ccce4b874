"""Database handles. SQLite: one writer at a time in the process, commits in a native thread. PostgreSQL: plain transactions."""

from __future__ import annotations

import fcntl
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, DateTime, Engine, MetaData, create_engine, event, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.types import TypeDecorator

from atelier import realtime
from atelier.errors import StorageUnavailable

BUSY_TIMEOUT_S = 0.05
BUSY_GIVE_UP_S = 15.0
TURN_OF_SCHEMA = "hashtext('atelier ' || current_schema())"  # two installations may share a database
POOL = {"pool_size": 10, "max_overflow": 20, "pool_pre_ping": True}

Done = TypeVar("Done")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class Moment(TypeDecorator[datetime]):
    """An aware datetime, in UTC on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Database:
    """`reading()` and `writing()` give ORM sessions, `transaction()` a bare connection; one commit, at the end."""

    def __init__(self, url: str) -> None:
        self.sqlite = url.startswith("sqlite")
        self._writer_turn = threading.Semaphore(1)
        self._here = threading.local()
        if self.sqlite:
            self.writer = _sqlite_engine(url, "BEGIN IMMEDIATE", pool_size=1, max_overflow=0)
            self.reader = _sqlite_engine(url, "BEGIN", pool_size=8, max_overflow=24)
        else:
            self.writer = self.reader = create_engine(url, **POOL)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one consistent image and writes nothing."""
        with Session(self.reader, expire_on_commit=False) as db:
            yield db

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose work is committed at the exit, or undone by an exception."""
        with self.transaction() as connection, Session(connection, expire_on_commit=False) as db:
            yield db
            db.flush()

    def write(self, act: Callable[[Session], Done]) -> Done:
        """Commit what `act` does; done once more when somebody made the same row at that very moment: a finger taps twice."""
        try:
            with self.writing() as db:
                return act(db)
        except IntegrityError:
            with self.writing() as db:
                return act(db)

    @property
    def is_writing_here(self) -> bool:
        """Tell whether this very thread is inside a write transaction: waiting for another would be for ever."""
        return getattr(self._here, "writing", False)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Give a connection inside a write transaction, committed at the exit, or undone by an exception."""
        if self.is_writing_here:
            raise RuntimeError("a write transaction inside another would wait for itself")
        self._here.writing = True
        try:
            with self._transaction() as connection:
                yield connection
        finally:
            self._here.writing = False

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        if not self.sqlite:
            with self.writer.begin() as connection:
                yield connection
            return
        with self._writer_turn, self.writer.connect() as connection:
            _begin_patiently(connection)
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            _commit_aside(connection)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Let one process at a time prepare this database, over as many transactions as it takes; the others wait.

        A process that dies lets go: the system closes its file, PostgreSQL its connection.
        """
        if self.sqlite:
            with open(f"{self.writer.url.database}.turn", "w") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                yield
            return
        with self.writer.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text(f"SELECT pg_advisory_lock({TURN_OF_SCHEMA})"))
            try:
                yield
            finally:
                connection.execute(text(f"SELECT pg_advisory_unlock({TURN_OF_SCHEMA})"))

    def checkpoint(self) -> bool:
        """Empty SQLite's write-ahead log, so that no page of a destroyed seal is left in it. True when done."""
        if not self.sqlite:
            return True
        with self._writer_turn, self.writer.connect() as connection:
            raw = _raw(connection)
            row = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            return bool(row[0] == 0)

    def dispose(self) -> None:
        self.writer.dispose()
        self.reader.dispose()


def _sqlite_engine(url: str, begin: str, **pool: int) -> Engine:
    engine = create_engine(
        url, connect_args={"check_same_thread": False, "timeout": BUSY_TIMEOUT_S}, pool_timeout=30, **pool
    )

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    if begin == "BEGIN":

        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql(begin)

    return engine


def _begin_patiently(connection: Connection) -> None:
    """Wait for another process's write without holding our only thread."""
    waited = 0.0
    while True:
        try:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return
        except OperationalError as error:
            if "locked" not in str(error) or waited >= BUSY_GIVE_UP_S:
                raise StorageUnavailable(type(error.orig).__name__) from error
            realtime.pause(BUSY_TIMEOUT_S)
            waited += 2 * BUSY_TIMEOUT_S


def _raw(connection: Connection) -> sqlite3.Connection:
    raw: Any = connection.connection.dbapi_connection
    found: sqlite3.Connection = raw
    return found


def _commit_aside(connection: Connection) -> None:
    """Commit in a native thread: the only wait allowed inside a write transaction."""
    try:
        realtime.offload(_raw(connection).commit)
    except sqlite3.Error as error:
        connection.rollback()
        raise StorageUnavailable(type(error).__name__) from error
    connection.commit()
