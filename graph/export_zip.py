"""The files for ``neo4j-admin database import full`` as one archive, in pieces."""

from __future__ import annotations

import shlex
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from graph.export_neo4j import export_for_import, import_arguments
from graph.store import Store

ARGUMENTS: Final = "neo4j-admin.txt"
"""The file of the archive that holds the command line to import the others with."""

_PIECE: Final = 256 * 1024


def zipped_for_import(store: Store) -> Iterator[bytes]:
    """The archive as it grows. The files lie in a temporary folder meanwhile.

    Raises
    ------
    ExportError, StoreError, OSError
        As `graph.export_neo4j.export_for_import` does, before the first piece.
    """
    with tempfile.TemporaryDirectory(prefix="mercato-") as name:
        folder = Path(name)
        export_for_import(store, folder)
        command = ["neo4j-admin", *import_arguments(Path()), "neo4j"]
        (folder / ARGUMENTS).write_text(shlex.join(command) + "\n", encoding="utf-8")
        grown = _Grown()
        with ZipFile(grown, "w") as archive:
            for path in sorted(folder.iterdir()):
                entry = ZipInfo(path.name)
                entry.compress_type = ZIP_DEFLATED
                with path.open("rb") as source, archive.open(entry, "w", force_zip64=True) as file:
                    while piece := source.read(_PIECE):
                        file.write(piece)
                        yield grown.taken()
        yield grown.taken()


class _Grown:
    """Takes what is written and gives it away; it cannot be rewound."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes) -> int:
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Nothing waits."""

    def close(self) -> None:
        """Nothing is open."""

    def taken(self) -> bytes:
        whole = b"".join(self._pieces)
        self._pieces.clear()
        return whole
