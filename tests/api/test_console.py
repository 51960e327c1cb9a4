"""What is printed: where, in which form, and that no text can act on a terminal."""

from __future__ import annotations

import datetime as dt
import io
import sys

import pytest
from rich.text import Text

from api.console import err, fail, out, plain, print_json, print_table, say, warn
from api.render import amount_words, counted, date_words, time_words
from graph.model import Amount, Bound, Purpose, VagueDate


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def colours_possible(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


@pytest.mark.usefixtures("colours_possible")
def test_a_terminal_gets_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    out().print(Text("asserted", "green"))
    assert "\x1b[" in sys.stdout.getvalue()


@pytest.mark.usefixtures("colours_possible")
def test_no_color_turns_colours_off_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys, "stdout", Terminal())
    out().print(Text("asserted", "green"))
    assert "\x1b[32m" not in sys.stdout.getvalue()


@pytest.mark.usefixtures("colours_possible")
def test_a_pipe_gets_no_colours(capsys: pytest.CaptureFixture[str]) -> None:
    out().print(Text("asserted", "green"))
    err().print(Text("denied", "red"))
    assert capsys.readouterr() == ("asserted\n", "denied\n")


def test_messages_go_to_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    say("working")
    warn("look out")
    fail("it broke")
    assert capsys.readouterr() == ("", "working\nWarning: look out\nError: it broke\n")


def test_a_long_message_is_not_broken_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    fail("word " * 100)
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_table_is_not_cut_off_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(("A", "B"), [("x" * 300, "y" * 300)])
    printed = capsys.readouterr().out
    assert "x" * 300 in printed
    assert "y" * 300 in printed


def test_a_name_that_looks_like_markup_is_shown_as_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    print_table(("Name",), [("[bold red]Meta[/] :smile:",)])
    assert "[bold red]Meta[/] :smile:" in capsys.readouterr().out


@pytest.mark.parametrize("code", [0x00, 0x07, 0x08, 0x0D, 0x1B, 0x7F, 0x9B, 0x202E, 0x2066])
def test_characters_that_act_on_a_terminal_are_replaced(code: int) -> None:
    assert plain(f"Me{chr(code)}ta") == "Me\ufffdta"


def test_letters_of_any_script_and_line_ends_stay() -> None:
    text = "L’Étudiant\t字节跳动\nيونيكورن 👩‍💻"
    assert plain(text) == text


def test_json_keeps_letters_as_they_are(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"name": "Société Générale"})
    assert '"name": "Société Générale"' in capsys.readouterr().out


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (Amount(value=200e6, currency="USD"), "200,000,000 USD"),
        (Amount(value=1.5, currency="EUR", bound=Bound.AT_MOST), "at most 1.50 EUR"),
        (
            Amount(value=14e9, currency="USD", bound=Bound.ABOUT, purpose=Purpose.INVESTMENT),
            "about 14,000,000,000 USD (investment)",
        ),
    ],
)
def test_an_amount_is_written_in_words(amount: Amount, words: str) -> None:
    assert amount_words(amount) == words


FIRST, LAST = dt.date(2025, 1, 1), dt.date(2025, 2, 4)


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (VagueDate(latest=LAST), "by 2025-02-04"),
        (VagueDate(earliest=FIRST), "from 2025-01-01 on"),
        (VagueDate(earliest=LAST, latest=LAST), "2025-02-04"),
        (VagueDate(earliest=FIRST, latest=LAST), "2025-01-01 to 2025-02-04"),
    ],
)
def test_a_vague_date_is_written_in_words(date: VagueDate, words: str) -> None:
    assert date_words(date) == words


def test_beginning_and_end_are_written_in_words() -> None:
    day = VagueDate(earliest=FIRST, latest=FIRST)
    assert time_words(None, None) == ""
    assert time_words(day, None) == "2025-01-01"
    assert time_words(None, day) == "ended 2025-01-01"
    assert time_words(day, day) == "began 2025-01-01, ended 2025-01-01"


@pytest.mark.parametrize(
    ("number", "noun", "words"),
    [(1, "entity", "1 entity"), (2, "entity", "2 entities"), (12345, "claim", "12,345 claims")],
)
def test_a_number_comes_with_its_noun(number: int, noun: str, words: str) -> None:
    assert counted(number, noun) == words
