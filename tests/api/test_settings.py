"""Settings: what is read from the environment, what is refused, and that the table is complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pydantic_core import PydanticUndefined

from api.settings import (
    PREFIX,
    Settings,
    SettingsError,
    default_data_dir,
    is_loopback,
    load_settings,
    unknown_variables,
)

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)


def documented() -> dict[str, tuple[str, str]]:
    """The rows of the table in docs/settings.md: variable to (default, meaning)."""
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(MERCATO_\w+)` \| (.+?) \| (.+?) \|$", text, flags=re.MULTILINE)
    return {name: (default, meaning) for name, default, meaning in rows}


def test_the_table_names_every_setting_and_no_other() -> None:
    assert list(documented()) == [PREFIX + name.upper() for name in Settings.model_fields]


def test_the_table_gives_every_default_and_meaning_as_the_code_has_them() -> None:
    table = documented()
    for name, field in Settings.model_fields.items():
        default, meaning = table[PREFIX + name.upper()]
        assert field.description is not None
        assert meaning.startswith(field.description.rstrip(".")), name
        if field.default in (None, ()):
            assert default.startswith("none"), name
        elif field.default is not PydanticUndefined:
            shown = str(field.default)
            shown = shown.lower() if isinstance(field.default, bool) else shown
            assert default == f"`{shown}`", name


def test_a_variable_of_the_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MERCATO_PORT", "9123")
    assert load_settings().port == 9123


def test_an_option_wins_over_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MERCATO_PORT", "9123")
    assert load_settings(port=9124).port == 9124


def test_an_option_that_was_not_given_leaves_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MERCATO_PORT", "9123")
    assert load_settings(port=None).port == 9123


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MERCATO_URI", "")
    assert load_settings().uri is None


def test_the_data_folder_is_absolute_and_may_begin_at_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load_settings(data_dir="~/press").data_dir == tmp_path / "press"


def test_a_clone_keeps_its_data_beside_the_code() -> None:
    assert default_data_dir() == ROOT / "data"


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.4", "example.org", ""])
def test_keys_are_asked_for_at_an_address_that_others_can_reach(host: str) -> None:
    assert load_settings(host=host).asks_for_keys
    assert load_settings(host=host, require_key=False).asks_for_keys


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "localhost", "LOCALHOST", "::1"])
def test_an_address_of_this_machine_only_is_loopback_and_may_do_without_keys(host: str) -> None:
    assert is_loopback(host)
    assert not load_settings(host=host).asks_for_keys
    assert load_settings(host=host, require_key=True).asks_for_keys


def test_sites_that_may_ask_are_listed_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MERCATO_CORS_ORIGINS", "https://a.example, http://localhost:5173")
    assert load_settings().cors_origins == ("https://a.example", "http://localhost:5173")
    for wrong in ("*", "https://a.example/", "a.example", "null"):
        monkeypatch.setenv("MERCATO_CORS_ORIGINS", wrong)
        with pytest.raises(SettingsError, match="MERCATO_CORS_ORIGINS"):
            load_settings()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("port", "http", "MERCATO_PORT: .*integer"),
        ("port", "70000", "MERCATO_PORT: .*65535"),
        ("rate_limit", "often", "MERCATO_RATE_LIMIT: .*600/minute"),
        ("heap", "12", "MERCATO_HEAP: .*for example, 2g"),
        ("uri", "http://localhost", "MERCATO_URI: .*for example, neo4j"),
        ("database", "a b", "MERCATO_DATABASE: .*for example, neo4j"),
        ("command_timeout_s", "0", "MERCATO_COMMAND_TIMEOUT_S: .*greater than 0"),
        ("max_article_chars", "2000000", "MERCATO_MAX_ARTICLE_CHARS: .*1000000"),
        ("networkx_backend", "warp", "MERCATO_NETWORKX_BACKEND: .*parallel"),
        ("log_level", "loud", "MERCATO_LOG_LEVEL: .*'debug'"),
    ],
)
def test_a_wrong_value_is_told_with_the_name_of_its_variable(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, told: str
) -> None:
    monkeypatch.setenv(PREFIX + name.upper(), value)
    with pytest.raises(SettingsError, match=told):
        load_settings()


def test_all_wrong_values_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(port="x", heap="y")
    assert len(str(caught.value).splitlines()) == 2


@pytest.mark.parametrize("prefix", ["", "READER_"])
def test_a_user_without_password_is_refused(monkeypatch: pytest.MonkeyPatch, prefix: str) -> None:
    monkeypatch.setenv(f"MERCATO_{prefix}USER", "ada")
    with pytest.raises(SettingsError, match=f"MERCATO_{prefix}PASSWORD"):
        load_settings()


def test_a_password_shows_neither_in_the_settings_nor_in_an_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("MERCATO_USER", "ada")
    monkeypatch.setenv("MERCATO_PASSWORD", "correct-horse")
    assert "correct-horse" not in repr(load_settings())
    monkeypatch.delenv("MERCATO_USER")
    with pytest.raises(SettingsError) as caught:
        load_settings()
    assert "correct-horse" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_misspelt_variable_is_reported_with_the_one_that_was_meant() -> None:
    environ = {"MERCATO_PROT": "1", "MERCATO_PORT": "2", "MERCATO_QQQQ": "3", "HOME": "/"}
    assert unknown_variables(environ) == {"MERCATO_PROT": "MERCATO_PORT", "MERCATO_QQQQ": None}


def test_settings_cannot_be_changed_once_read() -> None:
    settings = load_settings()
    with pytest.raises(ValueError, match="frozen"):
        settings.port = 1  # type: ignore[misc]
