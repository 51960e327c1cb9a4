"""Ports of this machine to listen on."""

from __future__ import annotations

import socket
from typing import Final

from graph.datadir import HOST

_PORTS_TRIED: Final = 100


class PortTakenError(OSError):
    """Nothing can listen on the port; the message says why."""


def free_port(wanted: int, *, look_further: bool = False) -> int:
    """A port of the loopback address that is free now.

    Parameters
    ----------
    wanted
        The port, or 0 for any.
    look_further
        Whether one of the next hundred ports will do when `wanted` is taken.

    Raises
    ------
    PortTakenError
        If none of them is free.
    """
    last = min(wanted + _PORTS_TRIED, 65535) if wanted and look_further else wanted
    reason = ""
    for port in range(wanted, last + 1):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError as error:
                reason = reason or str(error.strerror)
            else:
                return int(probe.getsockname()[1])
    raise PortTakenError(reason)
