"""Keys to the service: made, listed, revoked on the machine that it runs on."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api.commands.common import AsJson, DataDir, user_settings
from api.scopes import Scope

if TYPE_CHECKING:
    from api.keys import Key, Keys

app = typer.Typer(no_args_is_help=True, help="Keys to the service: make, list, revoke.")


@app.command()
def add(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Whose key it is.")],
    *,
    scope: Annotated[
        list[Scope] | None,
        typer.Option(
            "--scope",
            help="What it is good for: to read, to load articles, or to administer (delete "
            "articles); may be given several times. Without it, to read.",
            show_default=False,
        ),
    ] = None,
    rate: Annotated[
        str | None,
        typer.Option(
            "--rate",
            help="Most requests in a time, as 600/minute or 10/second, instead of the setting "
            "MERCATO_RATE_LIMIT.",
            show_default=False,
        ),
    ] = None,
    as_json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Make a key and print it; it is shown this once, and only its hash is kept.

    A running service takes it at once.

    Examples:

        mercato keys add newsroom

        mercato keys add crawler --scope load --rate 10/second
    """
    from api.console import print_json, print_line, say
    from api.keys import KeyFormError

    with _keys(data_dir) as keys:
        try:
            key, shown = keys.add(name, set(scope or [Scope.READ]), rate)
        except KeyFormError as error:
            raise typer.BadParameter(str(error)) from error
    if as_json:
        print_json(_told(key) | {"key": shown})
        return
    print_line(shown)
    say(f"Keep it: it is not shown again. `mercato keys revoke {key.id}` ends it.")


@app.command("list")
def list_(*, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """List the keys, revoked ones included, without their secrets.

    Examples:

        mercato keys list

        mercato keys list --json
    """
    from api.console import print_json, print_table, say

    with _keys(data_dir) as keys:
        found = keys.all()
    if as_json:
        print_json([_told(key) for key in found])
    elif not found:
        say("There is no key; make one with `mercato keys add NAME`.")
    else:
        print_table(
            ("Id", "Name", "Scopes", "Rate", "Made", "Revoked"),
            (
                (
                    key.id,
                    key.name,
                    ", ".join(sorted(key.scopes)),
                    key.rate or "",
                    f"{key.created:%Y-%m-%d %H:%M}",
                    f"{key.revoked:%Y-%m-%d %H:%M}" if key.revoked else "",
                )
                for key in found
            ),
        )


@app.command()
def revoke(
    key: Annotated[
        str, typer.Argument(metavar="ID", help="Its id; `mercato keys list` lists them.")
    ],
    *,
    data_dir: DataDir = None,
) -> None:
    """End a key; a running service refuses it at once.

    Examples:

        mercato keys revoke 0123456789ab
    """
    from api.console import say
    from graph.errors import NotFoundError

    with _keys(data_dir) as keys:
        if not keys.revoke(key):
            raise NotFoundError(f"no valid key has the id {key!r}; `mercato keys list` lists them")
    say(f"The key {key} is revoked.")


@contextlib.contextmanager
def _keys(data_dir: Path | None) -> Iterator[Keys]:
    from api.keys import Keys
    from api.state import State

    state = State(user_settings(data_dir).data_dir)
    try:
        yield Keys(state)
    finally:
        state.close()


def _told(key: Key) -> dict[str, object]:
    return {
        "id": key.id,
        "name": key.name,
        "scopes": sorted(key.scopes),
        "rate": key.rate,
        "created": key.created.isoformat(),
        "revoked": key.revoked.isoformat() if key.revoked else None,
    }
