"""Addresses of articles: one form for each, whatever a link to it carried along."""

from __future__ import annotations

import hashlib
import re
from typing import Final
from urllib.parse import urlsplit, urlunsplit

MAX_ID_LENGTH: Final = 300
"""Characters, as `graph.model.Article.id` allows."""

_DIGEST: Final = 16
_PORTS: Final = {"http": ":80", "https": ":443"}
# Campaigns of Google, Piano (AT Internet), Matomo, Mailchimp, HubSpot, Marketo, and the marks that
# networks give a click. What else a parameter is for, nobody knows: it stays.
_TRACKING: Final = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign|creation|variant|format|general_placement|custom\d|link\w*)"
    r"|(?:mtm|pk|piwik)_\w+|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|xtor|xtref|xts"
    r"|[fgm]bclid|[dgw]clid|gclsrc|[gw]braid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid?"
    r"|_ga|_gl|cmpid|ns_(?:campaign|source|mchannel|linkname)|__twitter_impression)=.*",
    re.IGNORECASE | re.DOTALL,
)


def canonical_url(url: str) -> str:
    """The address without what only tells who followed which link to it.

    Parameters for tracking (``utm_source``, ``fbclid``, ``xtor``, …) and the fragment go, scheme
    and host are in small letters, a default port is left out. All else stays as it is.

    >>> canonical_url("https://WWW.example.org:443/a?utm_source=x&id=2#top")
    'https://www.example.org/a?id=2'
    """
    bare = url.strip()
    try:
        parts = urlsplit(bare)
    except ValueError:
        return bare
    scheme = parts.scheme.lower()
    user, at, host = parts.netloc.rpartition("@")
    host = host.lower().removesuffix(_PORTS.get(scheme, ":"))
    kept = [each for each in parts.query.split("&") if not _TRACKING.fullmatch(each)]
    return urlunsplit((scheme, user + at + host, parts.path, "&".join(kept), ""))


def id_of_url(url: str) -> str:
    """The id of an article that is known by its address alone."""
    whole = canonical_url(url)
    if len(whole) <= MAX_ID_LENGTH:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()[:_DIGEST]
    return f"{whole[: MAX_ID_LENGTH - _DIGEST - 1]}-{digest}"
