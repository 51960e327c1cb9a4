"""What a site's robots.txt allows, asked once for each site."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

from protego import Protego

from loaders.errors import ForbiddenByRobotsError, ResponseError, WebError

MAX_BYTES: Final = 512_000
"""Of a robots.txt; what is beyond does not count (RFC 9309)."""

_NOTHING: Final = Protego.parse("User-agent: *\nDisallow: /")
_EVERYTHING: Final = Protego.parse("")


class Robots:
    """The rules of each site that is read.

    Parameters
    ----------
    fetch
        Gives the text of a robots.txt; raises WebError where there is none.
    agent
        The name that rules are looked up for.
    """

    def __init__(self, fetch: Callable[[str], str], agent: str) -> None:
        self._fetch = fetch
        self._agent = agent
        self._rules: dict[str, tuple[Protego, str]] = {}

    def check(self, url: str) -> None:
        """Raises ForbiddenByRobotsError if the site does not want this address to be read."""
        rules, why = self._of(url)
        if not rules.can_fetch(url, self._agent):
            raise ForbiddenByRobotsError(why)

    def delay(self, url: str) -> float:
        """Seconds that the site wants between two requests, 0 if it does not say."""
        return float(self._of(url)[0].crawl_delay(self._agent) or 0)

    def _of(self, url: str) -> tuple[Protego, str]:
        parts = urlsplit(url)
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._rules:
            self._rules[site] = self._ask(f"{site}/robots.txt")
        return self._rules[site]

    def _ask(self, address: str) -> tuple[Protego, str]:
        try:
            text = self._fetch(address)
        except ResponseError as error:
            if 400 <= error.status < 500 and error.status != 429:
                return _EVERYTHING, ""  # there is no such file: nothing is forbidden
            reason: WebError = error
        except WebError as error:
            reason = error
        else:
            return Protego.parse(text), f"{address} asks that this address is not read"
        return _NOTHING, f"{address} could not be read ({reason}), so nothing there is; try later"
