"""Content to read, wherever it is: opened when needed, decompressed, and never read without limit.

>>> from loaders.sources.inputs import Input
>>> [line for _, line in Input.of_bytes(b"a\\nb", "x.txt").lines()]
[b'a\\n', b'b']
"""

from __future__ import annotations

import gzip
import io
import shutil
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

from typing_extensions import Buffer

from loaders.article import DEFAULT_MAX_CHARS, too_long
from loaders.errors import ArticleTooLongError, BinaryContentError
from loaders.sources.decode import decode

HEAD_BYTES: Final = 16_384
"""Bytes at the beginning by which the form of a content is told."""

_GZIP: Final = b"\x1f\x8b"
_UNREADABLE: Final = (gzip.BadGzipFile, EOFError, zlib.error)


@dataclass(frozen=True, slots=True)
class Input:
    """One content: a file, what came from an address, or standard input.

    Parameters
    ----------
    name
        The last part of its path or address, whose ending may help to tell its form.
    shown
        How messages call it.
    head
        Its first bytes, decompressed.
    open
        Opens it from the beginning, decompressed.
    size
        Its bytes as stored, where that is known.
    url
        The address that it came from.
    max_chars
        The longest article that will be accepted, which limits what is read at once.
    """

    name: str
    shown: str
    head: bytes
    open: Callable[[], AbstractContextManager[BinaryIO]]
    size: int | None = None
    url: str | None = None
    max_chars: int = DEFAULT_MAX_CHARS
    open_stored: Callable[[], AbstractContextManager[BinaryIO]] | None = None
    """Opens it as it is stored, where `open` decompresses."""

    @classmethod
    def of_path(cls, path: Path, shown: str, *, max_chars: int = DEFAULT_MAX_CHARS) -> Input:
        """The content of a file, decompressed when it is gzip."""
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
        given = cls(
            path.name, shown, head, lambda: path.open("rb"), path.stat().st_size, None, max_chars
        )
        return given._decompressed()

    @classmethod
    def of_bytes(
        cls, data: bytes, name: str, *, url: str | None = None, max_chars: int = DEFAULT_MAX_CHARS
    ) -> Input:
        """Content that is in memory already."""
        given = cls(
            name,
            url or name,
            data[:HEAD_BYTES],
            lambda: io.BytesIO(data),
            len(data),
            url,
            max_chars,
        )
        return given._decompressed()

    @classmethod
    def of_stream(
        cls, stream: io.BufferedReader, shown: str, *, max_chars: int = DEFAULT_MAX_CHARS
    ) -> Input:
        """What can be read once only, such as standard input, without waiting for all of it."""
        head = stream.peek(HEAD_BYTES)[:HEAD_BYTES]
        return cls("", shown, head, lambda: stream, None, None, max_chars)._decompressed()

    @property
    def max_bytes(self) -> int:
        """Bytes that no acceptable article needs, even escaped and with other fields beside."""
        return 8 * self.max_chars + 1_000_000

    def ends(self, *endings: str) -> bool:
        """Whether the name has one of these endings."""
        return self.name.lower().endswith(endings)

    def read(self) -> bytes:
        """All of it.

        Raises
        ------
        ArticleTooLongError
            If it is more than one article may be.
        """
        if self.size is not None and self.size > self.max_bytes:
            raise ArticleTooLongError(too_long(f"a file of {self.size:,} bytes", self.max_chars))
        with self.open() as file:
            data = file.read(self.max_bytes + 1)
        if len(data) > self.max_bytes:  # it grew since it was found, or it was compressed
            raise ArticleTooLongError(too_long(f"a file of {len(data):,} bytes", self.max_chars))
        return data

    def text(self) -> str:
        """All of it as text; see `loaders.sources.decode.decode` for what is raised."""
        return decode(self.read())

    def lines(self) -> Iterator[tuple[int, bytes]]:
        """Lines with their numbers from 1, each cut after one byte more than `max_bytes`."""
        number = 0
        limit = self.max_bytes
        with self.open() as file:
            while line := file.readline(limit + 1):
                number += 1
                rest = line
                while rest and not rest.endswith(b"\n") and len(rest) > limit:
                    rest = file.readline(limit + 1)
                yield number, line

    def seekable(self, *, stored: bool = False) -> AbstractContextManager[BinaryIO]:
        """It as a file that can be read in any order; copied to a temporary file if need be.

        `stored` leaves it compressed where it is.
        """
        opened = (self.open_stored or self.open)() if stored else self.open()
        if isinstance(opened, io.BytesIO | io.BufferedReader) and opened.seekable():
            return opened
        # Closed by the caller, who has it as a context.
        copy = tempfile.TemporaryFile()  # noqa: SIM115
        with opened as file:
            shutil.copyfileobj(file, copy)
        copy.seek(0)
        return copy

    def _decompressed(self) -> Input:
        """The content inside, when this is gzip that can be read."""
        if not self.head.startswith(_GZIP):
            return self
        try:
            head = zlib.decompressobj(31).decompress(self.head, HEAD_BYTES)
        except zlib.error:  # it only begins like gzip; whoever reads it as text will say so
            return self
        packed = self.open

        def unpack() -> BinaryIO:
            return io.BufferedReader(_Unpacked(packed().__enter__()))

        name = self.name.removesuffix(".gz") if self.ends(".gz") else self.name
        return replace(self, name=name, head=head, open=unpack, size=None, open_stored=packed)


class _Unpacked(io.RawIOBase):
    """What is in a gzip file; damage in it is an error of this package."""

    def __init__(self, packed: BinaryIO) -> None:
        self._packed = packed
        self._file = gzip.GzipFile(fileobj=packed)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Buffer) -> int:
        """Decompress as much as fits."""
        view = memoryview(buffer).cast("B")
        try:
            data = self._file.read1(len(view))
        except _UNREADABLE as error:
            raise BinaryContentError(
                f"its gzip compression is damaged ({error}); fetch or compress it again"
            ) from error
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file that it is in, too."""
        if not self.closed:
            self._file.close()
            self._packed.close()
        super().close()
