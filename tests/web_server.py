"""A web server on loopback that behaves as it is told, well or badly; and a net under the tests.

The guard is what is tested. Should it fail, `only_loopback` still lets no connection go elsewhere.
"""

from __future__ import annotations

import ipaddress
import sys
import threading
from collections.abc import Callable, Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

import httpcore2

Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """One request; `server.site` says what becomes of it."""

    protocol_version = "HTTP/1.1"
    server: _Server
    content = b""
    """What was posted."""

    def do_POST(self) -> None:
        self.content = self.rfile.read(int(self.headers["content-length"]))
        self.do_GET()

    def do_GET(self) -> None:
        site = self.server.site
        with site.lock:
            site.requests.append((self.path, dict(self.headers.items())))
            site.open += 1
            site.most_open = max(site.most_open, site.open)
            answer = site.next_answer(self.path)
        try:
            answer(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True  # the reader has had enough, as it should
        finally:
            with site.lock:
                site.open -= 1

    def send(
        self,
        body: bytes | str,
        mime: str = "text/html; charset=utf-8",
        status: int = 200,
        **headers: str,
    ) -> None:
        """An answer as it should be."""
        data = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        for name, value in {"content-type": mime, "content-length": str(len(data))}.items():
            self.send_header(name, value)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)

    def send_raw(self, parts: Iterable[bytes], pause: float = 0) -> None:
        """Bytes as they are, with a pause after each part, for as long as the site is open."""
        self.close_connection = True
        for part in parts:
            self.wfile.write(part)
            self.wfile.flush()
            if pause and self.server.site.closed.wait(pause):
                return

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what was asked is in `requests`."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    site: Site


class Site:
    """The pages of a server, by path; for a list of answers, each request takes the next one."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | list[Answer]] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.lock = threading.Lock()
        self.closed = threading.Event()
        self.open = 0
        self.most_open = 0

    def __enter__(self) -> Self:
        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.site = self
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.closed.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def paths(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [path for path, _ in self.requests if path != "/robots.txt"]

    def next_answer(self, path: str) -> Answer:
        found = self.pages.get(path, _missing)
        if isinstance(found, list):
            return found.pop(0) if len(found) > 1 else found[0]
        return found

    def page(self, path: str, body: bytes | str, **more: Any) -> str:
        """Put a page there, and give its address."""
        self.pages[path] = lambda handler: handler.send(body, **more)
        return self.url + path


def _missing(handler: Handler) -> None:
    handler.send("nothing here", status=404)


class LoopbackBackend(httpcore2.SyncBackend):
    """Opens connections to this machine only, whatever the guard says."""

    def __init__(self) -> None:
        self.connected: list[str] = []

    def connect_tcp(self, host: str, port: int, *args: Any, **options: Any) -> Any:
        assert ipaddress.ip_address(host).is_loopback, f"a connection to {host} was asked for"
        self.connected.append(host)
        return super().connect_tcp(host, port, *args, **options)


def only_loopback() -> None:
    """From now on this process connects to itself and asks for no name: anything else raises."""

    def check(event: str, arguments: tuple[Any, ...]) -> None:
        if event in {"socket.connect", "socket.sendto"} and isinstance(arguments[1], tuple):
            host = str(arguments[1][0])
        elif event == "socket.getaddrinfo":
            host = str(arguments[0] or "127.0.0.1")
        else:
            return
        if host not in {"localhost", "", "::1"} and not host.startswith("127."):
            raise AssertionError(f"{event} for {host}: tests reach this machine only")

    sys.addaudithook(check)
