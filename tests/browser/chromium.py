"""Chromium without a window, and pages that tell of every request and every error.

Each page has a profile of its own that is gone afterwards. Nothing but the loopback address is let
through to the network, whatever a page asks for.
"""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from playwright.sync_api import Browser, ConsoleMessage, Page, Route, expect, sync_playwright

OPTIONS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # WebGL without a graphics card; and no name is looked up but that of this machine.
    "--enable-unsafe-swiftshader",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
_PATIENCE_MS: Final = 30_000
_LOOPBACK: Final = re.compile(r"(https?|wss?)://(127\.0\.0\.1|localhost)(:\d+)?/|(blob|data):")


@dataclass
class Watched:
    """A page, with what it asked of other hosts and what went wrong in it."""

    page: Page
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


@contextlib.contextmanager
def chromium() -> Iterator[Browser]:
    """A browser for as long as the block lasts: Debian's where there is one."""
    # How long a machine that is busy may take; what is there already is not waited for.
    expect.set_options(timeout=_PATIENCE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=list(OPTIONS)
        )
        try:
            yield browser
        finally:
            browser.close()


@contextlib.contextmanager
def watched(browser: Browser, **options: Any) -> Iterator[Watched]:
    """A page in a fresh profile. The options are those of Playwright's `new_context`."""
    context = browser.new_context(**options)
    page = context.new_page()
    found = Watched(page)

    def pass_on(route: Route) -> None:
        if _LOOPBACK.match(route.request.url):
            route.fallback()
        else:
            found.foreign.append(route.request.url)
            route.abort()

    def heard(message: ConsoleMessage) -> None:
        if message.type == "error":
            found.errors.append(message.text)

    page.route("**/*", pass_on)
    page.on("console", heard)
    page.on("pageerror", lambda error: found.errors.append(str(error)))
    page.set_default_timeout(_PATIENCE_MS)
    try:
        yield found
    finally:
        context.close()
