"""The body of a response: no more of it than is accepted, compressed or not."""

from __future__ import annotations

import zlib
from collections.abc import Iterable
from typing import Final

from loaders.errors import TooLargeError, UnreachableError

_STEP: Final = 65_536
_WINDOW: Final = {"gzip": 31, "x-gzip": 31, "deflate": 15}
ACCEPTED: Final = "gzip, deflate"
"""The compressions that are asked for: those whose output can be limited as it comes."""


def limited_body(chunks: Iterable[bytes], encoding: str, max_bytes: int) -> bytes:
    """The body, decompressed.

    Raises
    ------
    TooLargeError
        As soon as it is longer than `max_bytes`, compressed or not; a bomb is not unpacked.
    UnreachableError
        If its compression is damaged or not one that was asked for.
    """
    coding = encoding.strip().lower()
    if coding in {"", "identity"}:
        return _joined(chunks, max_bytes)
    if coding not in _WINDOW:
        raise UnreachableError(f"it is compressed as {coding[:40]!r}, which was not asked for")
    return _joined(_unpacked(chunks, zlib.decompressobj(_WINDOW[coding])), max_bytes)


def _joined(chunks: Iterable[bytes], max_bytes: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > max_bytes:
            raise TooLargeError(f"it is longer than {max_bytes:,} bytes")
    return bytes(body)


def _unpacked(chunks: Iterable[bytes], unpack: zlib._Decompress) -> Iterable[bytes]:
    try:
        for chunk in chunks:
            rest = chunk
            while rest and not unpack.eof:
                yield unpack.decompress(rest, _STEP)
                rest = unpack.unconsumed_tail
        yield unpack.flush()
    except zlib.error as error:
        raise UnreachableError(f"its compression is damaged: {error}") from error
    if not unpack.eof:
        raise UnreachableError("it is cut off: its compression has no end")
