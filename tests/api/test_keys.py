"""Keys to the service: what is kept of them, and the commands that make, list and revoke them."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from api.keys import KeyFormError, Keys
from api.scopes import Scope
from api.state import State, StateError


@pytest.fixture
def state(tmp_path: Path) -> State:
    return State(tmp_path / "made" / "when-needed")


@pytest.fixture
def keys(state: State) -> Keys:
    return Keys(state)


def test_a_key_is_known_by_its_secret_alone(keys: Keys) -> None:
    made, shown = keys.add("newsroom", {Scope.READ, Scope.LOAD}, "5/minute")
    assert keys.known(shown) is None  # not looked at yet
    assert keys.check(shown) == keys.known(shown) == made
    assert made.scopes == {"read", "load"}
    for wrong in ("", shown[:-1], shown[:-1] + "!", shown + "x", shown.swapcase(), f" {shown}"):
        assert keys.check(wrong) is None
        assert keys.known(wrong) is None


def test_nothing_that_is_kept_lets_anybody_in(keys: Keys, state: State) -> None:
    _, shown = keys.add("newsroom", {Scope.READ})
    state.close()
    secret = shown.rpartition("_")[2]
    assert secret.encode() not in state.path.read_bytes()
    assert stat.S_IMODE(state.path.stat().st_mode) == 0o600


def test_a_revoked_key_is_refused_at_once_and_by_a_service_that_runs(
    keys: Keys, state: State
) -> None:
    made, shown = keys.add("newsroom", {Scope.READ})
    other = Keys(State(state.path.parent))
    assert other.check(shown) == made
    assert keys.revoke(made.id)
    assert other.known(shown) is None
    assert other.check(shown) is None
    assert not keys.revoke(made.id)
    assert not keys.any_valid()
    assert [each.revoked is None for each in keys.all()] == [False]


def test_asking_makes_no_file(keys: Keys, state: State) -> None:
    assert keys.all() == []
    assert not keys.any_valid()
    assert not keys.revoke("0123456789ab")
    assert not state.path.parent.exists()


@pytest.mark.parametrize(
    ("name", "scopes", "rate"),
    [
        ("", {Scope.READ}, None),
        ("x" * 101, {Scope.READ}, None),
        ("a\x1bb", {Scope.READ}, None),
        ("x", set(), None),
        ("x", {Scope.READ}, "0/minute"),
        ("x", {Scope.READ}, "many"),
        ("x", {Scope.READ}, "5/fortnight"),
    ],
)
def test_a_key_that_could_not_be_used_is_not_made(
    keys: Keys, name: str, scopes: set[Scope], rate: str | None
) -> None:
    with pytest.raises(KeyFormError):
        keys.add(name, scopes, rate)
    assert keys.all() == []


def test_a_file_that_is_something_else_is_told(state: State, keys: Keys) -> None:
    state.path.parent.mkdir(parents=True)
    state.path.write_text("something else entirely, and long enough to be looked at " * 20)
    with pytest.raises(StateError, match="cannot be used"):
        keys.all()


def test_keys_are_made_listed_and_revoked_from_the_command_line(
    offline_cli, tmp_path: Path
) -> None:
    assert offline_cli("keys", "list", "--json").data == []
    made = offline_cli("keys", "add", "crawler", "--scope", "load", "--rate", "10/second")
    shown = made.out.strip()
    assert "not shown again" in made.err
    listed = offline_cli("keys", "list")
    assert "crawler" in listed.out
    assert shown not in listed.out
    (key,) = offline_cli("keys", "list", "--json").data
    assert (key["scopes"], key["rate"], key["revoked"]) == (["load"], "10/second", None)
    assert Keys(State(tmp_path / "no-data")).check(shown) is not None
    assert offline_cli("keys", "revoke", key["id"]).code == 0
    assert offline_cli("keys", "revoke", key["id"]).code == 3
    assert Keys(State(tmp_path / "no-data")).check(shown) is None
    assert offline_cli("keys", "add", "x", "--rate", "often").code == 2
