"""A Neo4j Community server of this user, on loopback, with its data in one folder.

The folder is what Neo4j calls its home::

    home/
        conf/neo4j.conf   written at each start from what is said here
        password          of the user `neo4j`, mode 0600, made up at the first start
        server.lock       locked for as long as the server is in use
        data/             the graph
        logs/             neo4j.log and others; console.log is what the last start said
        import/ plugins/ run/   Neo4j's own
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from deploy.neo4j.assembly import JAVA_OPTIONS, StartError, assemble, java
from graph.datadir import HOST, Lock
from graph.errors import StoreAuthError, StoreError
from graph.ports import PortTakenError, free_port
from graph.store import Store

USER: Final = "neo4j"
DATABASE: Final = "mercato"
BOLT_PORT: Final = 7687
HTTP_PORT: Final = 7474

_SERVER: Final = "org.neo4j.server.CommunityEntryPoint"
_ADMIN: Final = "org.neo4j.cli.AdminTool"
_START_S: Final = 120.0
_STOP_S: Final = 60.0
_POLL_S: Final = 0.1
_PASSWORD_BYTES: Final = 24

SETTINGS: Final = {
    # The name that mercato looks for unless told otherwise; Community has only one database.
    "initial.dbms.default_database": DATABASE,
    "server.default_listen_address": HOST,
    "server.https.enabled": "false",
    "server.memory.pagecache.size": "128m",
    "db.logs.query.enabled": "OFF",
    # Statements of readers reach neither the files of this machine nor other hosts.
    "dbms.security.allow_csv_import_from_file_urls": "false",
    "internal.dbms.cypher_ip_blocklist": "0.0.0.0/0,::/0",
    # Nothing is sent to the maker, neither by the server nor by Browser.
    "dbms.usage_report.enabled": "false",
    "client.allow_telemetry": "false",
    "browser.remote_content_hostname_whitelist": f"localhost,{HOST}",
}


class Neo4jServer:
    """A server that runs within a `with` block, or between `start` and `stop`.

    Parameters
    ----------
    home
        Its folder, made when there is none.
    bolt_port, http_port
        Where it listens, on the loopback address only; 0 for any free port. Without them, the
        usual ones or the next free ones. It keeps them when it is started again.
    heap
        Memory of its Java machine, as Java writes it.
    settings
        More lines for its ``neo4j.conf``.
    say
        Told when there is something to wait for.
    """

    def __init__(
        self,
        home: Path,
        *,
        bolt_port: int | None = None,
        http_port: int | None = None,
        heap: str = "1g",
        settings: Mapping[str, str] | None = None,
        say: Callable[[str], None] = lambda message: None,
    ) -> None:
        self.home: Final = home.expanduser().absolute()
        self.bolt_port = 0
        self.http_port = 0
        self._bolt_wanted = bolt_port
        self._http_wanted = http_port
        self._heap = heap
        self._settings = dict(settings or {})
        self._say = say
        self._process: subprocess.Popen[bytes] | None = None
        self._lock: Lock | None = None

    @property
    def uri(self) -> str:
        """Its Bolt address."""
        return f"bolt://{HOST}:{self.bolt_port}"

    @property
    def http_url(self) -> str:
        """Its HTTP address; Neo4j Browser is at ``/browser/``."""
        return f"http://{HOST}:{self.http_port}"

    @property
    def user(self) -> str:
        """The only user, who may do everything."""
        return USER

    @property
    def database(self) -> str:
        """The only database, but for Neo4j's own `system`."""
        return DATABASE

    @property
    def password_file(self) -> Path:
        """The file that holds the password of `user`, and nothing else."""
        return self.home / "password"

    @property
    def password(self) -> str:
        """The password of `user`."""
        return self.password_file.read_text("utf-8").strip()

    @property
    def running(self) -> bool:
        """Whether the process lives."""
        return self._process is not None and self._process.poll() is None

    def start(self, cancelled: Callable[[], bool] = lambda: False) -> Self:
        """Start it and wait until it answers.

        Call it from a thread that lives as long as the server is to live: where the system can do
        so, the server is ended with the thread that started it, so that it outlives nobody.

        Parameters
        ----------
        cancelled
            Asked while waiting; when it says so, the server is stopped again.

        Raises
        ------
        Neo4jError
            If Neo4j cannot be assembled, or does not start; nothing is left running.
        """
        lib = assemble(self._say)
        self._make_folders()
        self._lock = Lock.take(self.home / "server.lock")
        if self._lock is None:
            raise StartError(
                f"another process runs a Neo4j server in {self.home} already; use that one, "
                "stop it, or choose another folder"
            )
        try:
            self.bolt_port = self._bolt_wanted = _port(self._bolt_wanted, BOLT_PORT)
            self.http_port = self._http_wanted = _port(self._http_wanted, HTTP_PORT)
            self._configure()
            self._ensure_password(lib)
            self._say(f"Starting Neo4j in {self.home}…")
            self._run(lib)
            self._wait(cancelled)
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        """Stop it in order, and wait for its end. Stopping twice does nothing."""
        process, self._process = self._process, None
        if process is not None and process.poll() is None:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_STOP_S)
            process.kill()
            process.wait()
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release()

    def kill(self) -> None:
        """End the process as a crash would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self.stop()

    def wait(self) -> int:
        """Wait until the process ends by itself; its exit status."""
        return 0 if self._process is None else self._process.wait()

    def admin(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `neo4j-admin` on the stopped server; the result has its status and what it said."""
        self._make_folders()
        if not (self.home / "conf" / "neo4j.conf").exists():
            self._configure()
        return _admin(self.home, assemble(self._say), *arguments)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _make_folders(self) -> None:
        try:
            self.home.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name in ("conf", "logs", "import", "plugins"):
                (self.home / name).mkdir(exist_ok=True)
        except OSError as error:
            raise StartError(
                f"the folder {self.home} cannot be made: {error.strerror}; choose another one"
            ) from error

    def _configure(self) -> None:
        bolt, http = f"{HOST}:{self.bolt_port}", f"{HOST}:{self.http_port}"
        settings = SETTINGS | {
            "server.bolt.listen_address": bolt,
            "server.bolt.advertised_address": bolt,
            "server.http.listen_address": http,
            "server.http.advertised_address": http,
        }
        lines = [f"{key}={value}" for key, value in (settings | self._settings).items()]
        (self.home / "conf" / "neo4j.conf").write_text("\n".join([*lines, ""]), "utf-8")

    def _ensure_password(self, lib: Path) -> None:
        known = (self.home / "data" / "dbms").exists()
        if not self.password_file.exists():
            if known:
                raise StartError(
                    f"{self.password_file} is gone; write the password of the user {USER} into it "
                    "again, or choose another folder"
                )
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            with os.fdopen(os.open(self.password_file, flags, 0o600), "w") as file:
                file.write(secrets.token_hex(_PASSWORD_BYTES) + "\n")
        if not known:
            # From the file: an argument could be read by everybody on this machine.
            done = _admin(self.home, lib, "dbms", "set-initial-password", f"@{self.password_file}")
            if done.returncode:
                said = _last_lines(done.stdout + done.stderr)
                raise StartError(f"Neo4j could not be set up; it said:\n{said}")

    def _run(self, lib: Path) -> None:
        # Where util-linux is there, the system ends the server when this process ends, even killed.
        tie = ["setpriv", "--pdeathsig", "TERM"] if shutil.which("setpriv") else []
        command = [java(), f"@{JAVA_OPTIONS}", f"-Xmx{self._heap}", "-cp", f"{lib}/*", _SERVER]
        command += [f"--home-dir={self.home}", f"--config-dir={self.home / 'conf'}"]
        with self._console.open("wb") as console:
            self._process = subprocess.Popen(
                [*tie, *command, "--console-mode"],
                cwd=self.home,
                stdin=subprocess.DEVNULL,
                stdout=console,
                stderr=subprocess.STDOUT,
                # Ctrl-C is for this process, which then stops the server in order.
                start_new_session=True,
            )

    def _wait(self, cancelled: Callable[[], bool]) -> None:
        give_up = time.monotonic() + _START_S
        while not self._answers():
            if cancelled():
                raise StartError("stopped before Neo4j was up")
            if self._ended_within(_POLL_S):
                raise StartError(f"Neo4j did not start; it said:\n{self._said()}")
            if time.monotonic() > give_up:
                raise StartError(
                    f"Neo4j was not up after {_START_S:.0f} s; it said:\n{self._said()}"
                )

    def _ended_within(self, seconds: float) -> bool:
        if self._process is None:
            return True
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _answers(self) -> bool:
        """Whether both doors are open: HTTP is the last thing that a starting server opens."""
        if "Started." not in self._console.read_text("utf-8", "replace"):
            return False
        try:
            Store.connect(self.uri, USER, self.password, database=DATABASE).close()
        except StoreAuthError as error:
            raise StartError(
                f"the password in {self.password_file} is not the one that the user {USER} has; "
                "write the right one into it, or choose another folder"
            ) from error
        except StoreError:
            return False
        return True

    @property
    def _console(self) -> Path:
        return self.home / "logs" / "console.log"

    def _said(self) -> str:
        return _last_lines(self._console.read_text("utf-8", "replace"))


def _port(wanted: int | None, usual: int) -> int:
    try:
        return free_port(usual if wanted is None else wanted, look_further=wanted is None)
    except PortTakenError as error:
        raise StartError(
            f"Neo4j cannot listen on port {wanted or usual}: {error}; "
            "stop the program that uses it, or choose another port"
        ) from error


def _admin(home: Path, lib: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    places: dict[str, Any] = {"NEO4J_HOME": str(home), "NEO4J_CONF": str(home / "conf")}
    return subprocess.run(
        [java(), f"@{JAVA_OPTIONS}", "-cp", f"{lib}/*", _ADMIN, *arguments],
        cwd=home,
        env=os.environ | places,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def _last_lines(text: str, number: int = 12) -> str:
    """The end of what Neo4j said, without the places in its own code."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("\tat ")]
    return "\n".join(lines[-number:])
