"""The folder that holds an embedded graph: who owns it, and the passwords to it.

One process owns a data folder at a time::

    data_dir/
        databases/mercato/   the graph, with its write-ahead log
        config/              the engine's users (passwords hashed) and groups
        secrets.json         the generated passwords, mode 0600, the same over restarts
        engine.json          mode 0600: who owns the folder now; gone when nobody does
        engine.lock          locked for as long as the owner lives, however it ends
        change.lock          locked while an owner comes or goes, so that others wait for it
        write.lock           locked by the process that writes to the graph at the moment
        log/                 the engine's log, and the report if its Java machine crashes
        backups/             empty; the engine makes it
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Self

from graph.errors import EngineError, EngineInUseError, StoreFullError

HOST: Final = "127.0.0.1"
_PASSWORD_BYTES: Final = 24
_ROOM_BYTES: Final = 16 * 2**20
"""Free space with which a write that fails has failed for want of it: files grow by pages."""


@dataclass(frozen=True)
class Owner:
    """The process that owns a data folder, and the port of its Bolt listener."""

    pid: int
    port: int

    @property
    def uri(self) -> str:
        """Where the owner's engine listens."""
        return f"bolt://{HOST}:{self.port}"


@dataclass(frozen=True, repr=False)
class Secrets:
    """Passwords of the two users of an embedded graph."""

    admin: str
    reader: str


def check_room(folder: Path, error: Exception) -> None:
    """Say so if the disk is full, which the engine does not when a write has failed for it.

    Raises
    ------
    StoreFullError
        If next to nothing is free on the disk that holds the folder.
    """
    free = shutil.disk_usage(folder).free
    if free < _ROOM_BYTES:
        raise StoreFullError(
            f"the disk that holds {folder} is full, {free / 2**20:.1f} MiB are left: what was to "
            "be written is not stored, what was stored before is; make room there and do it again"
        ) from error


class DataDir:
    """A data folder. Making the object touches nothing."""

    def __init__(self, path: Path) -> None:
        self.path = path.expanduser().absolute()

    @property
    def log(self) -> Path:
        """Where the engine writes its log."""
        return self.path / "log"

    @property
    def config(self) -> Path:
        """Where the engine keeps its users and groups."""
        return self.path / "config"

    @property
    def turns(self) -> Path:
        """The file that whoever writes to the graph keeps locked meanwhile."""
        return self.path / "write.lock"

    def create(self) -> None:
        """Make the folder, for this user's eyes only.

        Raises
        ------
        EngineError
            If it cannot be made or written to.
        """
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.log.mkdir(mode=0o700, exist_ok=True)
            self.config.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise EngineError(
                f"the data folder {self.path} cannot be made: {error.strerror}; "
                "name another one that you may write to"
            ) from error

    def secrets(self) -> Secrets:
        """The passwords, made up when there are none yet."""
        file = self.path / "secrets.json"
        if file.exists():
            return Secrets(**_read(file))
        made = Secrets(
            admin=secrets.token_urlsafe(_PASSWORD_BYTES),
            reader=secrets.token_urlsafe(_PASSWORD_BYTES),
        )
        _write(file, asdict(made))
        return made

    def owner(self) -> Owner | None:
        """Who owns the folder now; None when nobody does.

        Waits while an owner is starting or stopping. Makes nothing.
        """
        if not (self.path / "change.lock").exists():
            return None
        with self.changing():
            if (lock := Lock.take(self.path / "engine.lock")) is not None:
                lock.release()
                return None
            return Owner(**_read(self.path / "engine.json"))

    @contextlib.contextmanager
    def changing(self) -> Iterator[None]:
        """Hold back every other process that would start, stop or look for an owner."""
        lock = Lock.wait(self.path / "change.lock")
        try:
            yield
        finally:
            lock.release()

    def take(self) -> Lock:
        """Become the owner; to be called while `changing`.

        Raises
        ------
        EngineInUseError
            If somebody else is.
        """
        lock = Lock.take(self.path / "engine.lock")
        if lock is None:
            raise self._in_use()
        return lock

    def announce(self, port: int) -> None:
        """Tell others where the owner, this process, listens."""
        _write(self.path / "engine.json", asdict(Owner(pid=os.getpid(), port=port)))

    def withdraw(self) -> None:
        """Take back what `announce` told."""
        (self.path / "engine.json").unlink(missing_ok=True)

    def _in_use(self) -> EngineInUseError:
        owner = Owner(**_read(self.path / "engine.json"))
        who = "this process" if owner.pid == os.getpid() else f"process {owner.pid}"
        return EngineInUseError(
            f"the data folder {self.path} is in use by {who}, which answers at {owner.uri}: "
            "connect to it there, stop it, or name another data folder"
        )


class Lock:
    """A lock on a file that the system lets go of when its holder ends, however it ends."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def take(cls, path: Path) -> Self | None:
        """The lock, or None when another holds it, be it in this process."""
        try:
            return cls._lock(path, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return None

    @classmethod
    def wait(cls, path: Path) -> Self:
        """The lock, as soon as nobody else holds it."""
        return cls._lock(path, fcntl.LOCK_EX)

    @classmethod
    def _lock(cls, path: Path, how: int) -> Self:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise EngineError(
                f"{path} cannot be opened: {error.strerror}; run as the user who owns the folder, "
                "or name another data folder"
            ) from error
        try:
            fcntl.flock(descriptor, how)
        except BaseException:
            os.close(descriptor)
            raise
        _held.add(descriptor)
        return cls(descriptor)

    def release(self) -> None:
        """Let go of it."""
        _held.discard(self._descriptor)
        os.close(self._descriptor)


_held: set[int] = set()


def _drop_copies() -> None:
    """Close a forked child's copies of the locks, lest it hold them longer than its parent."""
    while _held:
        os.close(_held.pop())


os.register_at_fork(after_in_child=_drop_copies)


def _read(file: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise EngineError(
            f"{file} cannot be read ({error}); run as the user who owns the folder, "
            "or name another data folder"
        ) from error


def _write(file: Path, content: dict[str, str | int]) -> None:
    """Write the whole file or nothing, readable by nobody else at any moment."""
    draft = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(content, stream)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(file)
