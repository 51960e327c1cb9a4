"""Which addresses may be read. No connection is made here, and no name is asked for."""

from __future__ import annotations

import ipaddress
from typing import Any

import httpcore2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.errors import RefusedAddressError, UnreachableError
from loaders.web.connection import Deadline, GuardedBackend
from loaders.web.guard import Guard

INSIDE = [
    *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255"),
    *("192.168.1.1", "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1"),
    *("198.51.100.7", "203.0.113.7", "224.0.0.1", "240.0.0.1", "255.255.255.255"),
    *("::", "::1", "fe80::1", "fe80::1%eth0", "fc00::1", "fd12:3456::1", "ff02::1"),
    *("2001:db8::1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1"),
    *("2002:a00:1::", "2002:7f00:1::1", "::10.0.0.1", "::127.0.0.1"),
]
OUTSIDE = ["8.8.8.8", "93.184.215.14", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"]


@pytest.mark.parametrize("address", INSIDE)
def test_an_address_inside_a_network_is_refused(address: str) -> None:
    guard = Guard(resolve=lambda host: [address])
    with pytest.raises(RefusedAddressError, match="MERCATO_WEB_ALLOW"):
        guard.addresses("le-fil.example")
    assert not guard.allows(address)


@pytest.mark.parametrize("address", OUTSIDE)
def test_a_public_address_is_read(address: str) -> None:
    assert Guard(resolve=lambda host: [address]).addresses("le-fil.example") == [address]


@given(st.ip_addresses(v=4))
def test_what_is_private_stays_so_in_every_dress(address: ipaddress.IPv4Address) -> None:
    guard = Guard()
    number = int(address)
    dresses = [
        ipaddress.IPv6Address((0xFFFF << 32) | number),
        ipaddress.IPv6Address((0x64FF9B << 96) | number),
        ipaddress.IPv6Address((0x2002 << 112) | (number << 80)),
    ]
    if not guard.allows(str(address)):
        assert not any(guard.allows(str(dress)) for dress in dresses)


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "169.254.169.254", "[fe80::1]", "10.0.0.1"])
def test_an_address_in_the_place_of_a_name_is_judged_too(host: str) -> None:
    def never(name: str) -> list[str]:
        raise AssertionError(f"{name} is no name")

    with pytest.raises(RefusedAddressError):
        Guard(resolve=never).addresses(host)


def test_a_name_with_one_address_inside_is_refused_altogether() -> None:
    guard = Guard(resolve=lambda host: ["8.8.8.8", "10.0.0.1"])
    with pytest.raises(RefusedAddressError, match=r"10\.0\.0\.1"):
        guard.addresses("le-fil.example")


def test_a_network_that_the_user_trusts_is_read_and_no_other() -> None:
    guard = Guard([ipaddress.ip_network("10.1.0.0/16")])
    assert guard.allows("10.1.2.3")
    assert not guard.allows("10.2.0.1")
    assert not guard.allows("127.0.0.1")


@pytest.mark.parametrize("answer", ["", "x", "1.2.3", "300.1.1.1"])
def test_an_answer_that_is_no_address_is_refused(answer: str) -> None:
    with pytest.raises(RefusedAddressError):
        Guard(resolve=lambda host: [answer]).addresses("le-fil.example")


def test_a_name_without_an_address_says_so() -> None:
    with pytest.raises(UnreachableError, match="no address"):
        Guard(resolve=lambda host: []).addresses("le-fil.example")


class Recording(httpcore2.MockBackend):
    """Notes where a connection would go, and makes none."""

    def __init__(self) -> None:
        super().__init__([])
        self.asked: list[str] = []

    def connect_tcp(self, host: str, *args: Any, **options: Any) -> httpcore2.NetworkStream:
        self.asked.append(host)
        return super().connect_tcp(host, *args, **options)


def test_a_connection_goes_to_the_address_that_was_judged() -> None:
    answers = iter([["8.8.8.8"], ["169.254.169.254"]])
    inner = Recording()
    deadline = Deadline()
    deadline.begin(10)
    backend = GuardedBackend(Guard(resolve=lambda host: next(answers)), deadline, inner)
    backend.connect_tcp("le-fil.example", 80)
    assert inner.asked == ["8.8.8.8"]  # the address, so that nothing is resolved a second time
    with pytest.raises(RefusedAddressError):
        backend.connect_tcp("le-fil.example", 80)  # the name leads inside by now
    assert inner.asked == ["8.8.8.8"]


def test_the_next_address_is_tried_when_one_is_silent() -> None:
    class Silent(Recording):
        def connect_tcp(self, host: str, *args: Any, **options: Any) -> httpcore2.NetworkStream:
            stream = super().connect_tcp(host, *args, **options)
            if host == "8.8.8.8":
                raise httpcore2.ConnectError("silent")
            return stream

    inner = Silent()
    deadline = Deadline()
    deadline.begin(10)
    guard = Guard(resolve=lambda host: ["8.8.8.8", "9.9.9.9"])
    GuardedBackend(guard, deadline, inner).connect_tcp("le-fil.example", 80)
    assert inner.asked == ["8.8.8.8", "9.9.9.9"]
