"""Which addresses may be read: those of the public internet, and what the user adds.

A name is resolved when a connection is opened, every address that it has is judged, and the
connection goes to the one that was judged. A name whose answer changes gains nothing by it.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable
from typing import Final

from loaders.errors import RefusedAddressError, UnreachableError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolve = Callable[[str], list[str]]
"""Gives the addresses of a host's name."""

_SPECIAL: Final = tuple(
    map(
        ipaddress.ip_network,
        ("192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "100::/64", "2001::/23", "5f00::/16"),
    )
)
"""For protocols and not for hosts, which not every version of Python knows."""

_NAT64: Final = ipaddress.IPv6Network("64:ff9b::/96")


def system_resolve(host: str) -> list[str]:
    """What the system says the addresses of a name are.

    Raises
    ------
    UnreachableError
        If it knows none.
    """
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"the name {host!r} has no address: {error}") from error
    return list(dict.fromkeys(str(each[4][0]) for each in found))


class Guard:
    """Judges where connections may go.

    Parameters
    ----------
    allowed
        Networks that may be read although they are not public, such as an intranet.
    resolve
        Gives the addresses of a name.
    """

    def __init__(self, allowed: Iterable[Network] = (), resolve: Resolve = system_resolve) -> None:
        self._allowed = tuple(allowed)
        self._resolve = resolve

    def addresses(self, host: str) -> list[str]:
        """The addresses to which a connection to `host` may go.

        Raises
        ------
        RefusedAddressError
            If one of its addresses may not be read: a name that leads inside and outside is
            refused altogether.
        UnreachableError
            If it has no address.
        """
        bare = host.strip("[]")
        try:
            found = [str(ipaddress.ip_address(bare))]
        except ValueError:
            found = self._resolve(bare)
        if not found:
            raise UnreachableError(f"the name {host!r} has no address")
        for each in found:
            if not self.allows(each):
                raise RefusedAddressError(
                    f"{host} is {each}, which is not an address of the public internet; "
                    "if it is one that you trust, add it to the setting MERCATO_WEB_ALLOW"
                )
        return found

    def allows(self, address: str) -> bool:
        """Whether this one address may be read."""
        try:
            given: Address = ipaddress.ip_address(address.partition("%")[0])
        except ValueError:
            return False
        if "%" in address:  # an address of a link, whatever it says
            return False
        if any(given in network for network in self._allowed):
            return True
        return all(_is_public(each) for each in _carried(given) or (given,))


def _is_public(address: Address) -> bool:
    if any(address in network for network in _SPECIAL):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def _carried(address: Address) -> list[Address]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    carried: list[Address | None] = [address.ipv4_mapped, address.sixtofour]
    carried += list(address.teredo or ())
    if address in _NAT64:
        carried.append(ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF))
    if int(address) >> 32 == 0:  # ::a.b.c.d, long out of use
        carried.append(ipaddress.IPv4Address(int(address)))
    return [each for each in carried if each is not None]
