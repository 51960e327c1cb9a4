"""Neo4j Browser's own page, out of the jar that a Neo4j server serves it from.

The jar does not come with mercato: `make neo4j` gets one from Maven Central, and every Neo4j server
has one in its ``lib`` folder.
"""

from __future__ import annotations

import mimetypes
import zipfile
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

from api.settings import Settings, is_loopback
from graph.arcadedb import READER

START: Final = "index.html"
HOW_TO_GET_IT: Final = (
    "Neo4j Browser is not here; `make neo4j` in a clone of mercato gets it, and the setting "
    "MERCATO_BROWSER_JAR names the neo4j-browser-….jar of any Neo4j server"
)

_CLONE: Final = Path(__file__).resolve().parent.parent
_LIB: Final = _CLONE / "deploy" / "neo4j" / "target" / "lib"
_IN_JAR: Final = "browser/"
_LOOPBACK: Final = ("localhost:*", "127.0.0.1:*")


class BrowserPageError(OSError):
    """The jar that the settings name is none of Neo4j Browser."""


def find_jar(settings: Settings) -> Path | None:
    """The jar that the settings name, else the one that ``make neo4j`` got; None without either.

    Raises
    ------
    BrowserPageError
        If the one that the settings name is not there, or is no jar of Neo4j Browser.
    """
    named = settings.browser_jar
    if named is None:
        return max(_LIB.glob("neo4j-browser-*.jar"), default=None)
    if not zipfile.is_zipfile(named) or _read(named, START) is None:
        raise BrowserPageError(
            f"{named} is no jar of Neo4j Browser; name the file neo4j-browser-….jar that lies in "
            "the folder `lib` of a Neo4j server"
        )
    return named


def read(jar: Path, name: str) -> tuple[bytes, str] | None:
    """A file of the page and its media type; None when the jar has no such file."""
    content = _read(jar, name)
    if content is None:
        return None
    return content, mimetypes.guess_type(name)[0] or "application/octet-stream"


def address(service: str) -> str:
    """The address to open, of a service at this one.

    Browser loads guides from ``localhost`` only, unless its server says otherwise.
    """
    return f"{public_base(service)}/browser"


def public_base(service: str) -> str:
    """The address of a service as Browser may load from it: by the name `localhost`, if it can."""
    parts = urlsplit(service)
    if parts.hostname is None or not is_loopback(parts.hostname):
        return service.rstrip("/")
    return f"{parts.scheme}://localhost" + (f":{parts.port}" if parts.port else "")


def reading_user(settings: Settings) -> str | None:
    """Whom to connect as: who may only read, where there is such a user."""
    return READER if settings.uri is None else settings.reader_user or settings.user


def opening_query(
    *, store_uri: str, user: str | None, database: str, guide: str, query: str | None = None
) -> str:
    """What follows the ``?`` when the page opens: what to connect to, and what to begin with.

    That is the guide, or a query in the editor, which runs when the user says so.
    """
    scheme, _, host = store_uri.partition("://")
    place = f"{scheme}://{user}@{host}" if user else store_uri
    command, argument = ("edit", query) if query else ("play", guide)
    return urlencode({"dbms": place, "db": database, "cmd": command, "arg": argument})


def policy(store_uri: str) -> str:
    """The content security policy of the page: what it may load and connect to.

    Nothing but itself, this machine and the store. By itself Browser 5.24 would load fonts and
    scripts for statistics and feedback from other hosts.
    """
    hosts = [*_LOOPBACK, urlsplit(store_uri).netloc.rpartition("@")[2]]
    connect = " ".join(
        f"{scheme}://{host}" for scheme in ("http", "https", "ws", "wss") for host in hosts
    )
    return (
        "default-src 'none'; script-src 'self'; worker-src 'self' blob:; "
        "style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data: blob:; "
        f"media-src 'self'; manifest-src 'self'; connect-src 'self' {connect}; "
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )


def _read(jar: Path, name: str) -> bytes | None:
    with zipfile.ZipFile(jar) as archive:
        try:
            return archive.read(_IN_JAR + name)
        except KeyError:
            return None
