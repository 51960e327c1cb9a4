"""Addresses of articles: one form for each, whatever a link to it carried along."""

from __future__ import annotations

import hashlib
from typing import Final
from urllib.parse import urldefrag

from loaders.article import MAX_ID_LENGTH

_DIGEST: Final = 16


def canonical_url(url: str) -> str:
    """The address without what only tells who followed which link to it.

    Parameters for tracking (``utm_source``, ``fbclid``, ``xtor``, …) and the fragment go, the
    host is in small letters, a default port is left out, the other parameters are sorted.

    >>> canonical_url("https://WWW.example.org:443/a?utm_source=x&b=2&a=1#top")
    'https://www.example.org/a?a=1&b=2'
    """
    from courlan import normalize_url

    bare = urldefrag(url.strip()).url
    try:
        return str(normalize_url(bare)) or bare
    except ValueError:
        return bare


def id_of_url(url: str) -> str:
    """The id of an article that is known by its address alone."""
    whole = canonical_url(url)
    if len(whole) <= MAX_ID_LENGTH:
        return whole
    digest = hashlib.sha256(whole.encode()).hexdigest()[:_DIGEST]
    return f"{whole[: MAX_ID_LENGTH - _DIGEST - 1]}-{digest}"
