"""Decisions on identity: merge two entities, list the decisions, undo one."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from api.commands.common import AsJson, DataDir, opened_store, the_entity, user_settings


def merge(
    name: Annotated[str, typer.Argument(metavar="ENTITY", help="Name or id of the one that goes.")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="Name or id of the one that stays.")],
    *,
    reason: Annotated[
        str | None, typer.Option("--reason", help="Why, for the log.", show_default=False)
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Decide that two names denote one entity; their relationships become those of one.

    Articles that come later go by it too. Claims keep the names that their articles use, and
    `mercato unmerge` undoes the decision. Entities of different kinds, or whose names differ by
    a number, are never merged.

    Examples:

        mercato merge "Facebook" "Meta" --reason "nouveau nom depuis 2021"

        mercato merge company-meta-platforms company-meta
    """
    from api.asking import OpenedGraph
    from api.console import say, working
    from graph.decisions import merge_entities

    with opened_store(user_settings(data_dir)) as store:
        graph = OpenedGraph(store)
        merged, kept = the_entity(graph, name), the_entity(graph, into)
        with working(f"Merging {merged.name} into {kept.name}…"):
            decision = merge_entities(
                store, merged.id, kept.id, reason=reason, decided_by=getpass.getuser()
            )
    say(f"{merged.name} is {kept.name} from now on. To undo it: mercato unmerge {decision.id}")


def decisions(*, as_json: AsJson = False, data_dir: DataDir = None) -> None:
    """List the decisions on who is who, the newest first, and what became of them.

    Examples:

        mercato decisions

        mercato decisions --json
    """
    from api.console import print_json, print_table, say
    from graph.decisions import list_decisions

    with opened_store(user_settings(data_dir)) as store:
        found = list_decisions(store)
    if as_json:
        print_json([decision.model_dump(mode="json") for decision in found])
        return
    if not found:
        say("Nothing has been decided; `mercato merge` makes two entities one.")
        return
    print_table(
        ("decision", "entity", "is", "decided", "by", "reason", "undone"),
        (
            (
                decision.id,
                decision.merged_name,
                decision.into_name,
                f"{decision.decided_at:%Y-%m-%d %H:%M}",
                decision.decided_by or "",
                decision.reason or "",
                f"{decision.undone_at:%Y-%m-%d %H:%M}" if decision.undone_at else "",
            )
            for decision in found
        ),
    )


def unmerge(
    decision_id: Annotated[
        str, typer.Argument(metavar="DECISION", help="Its id; `mercato decisions` lists them.")
    ],
    *,
    data_dir: DataDir = None,
) -> None:
    """Undo a decision that two names denote one entity; the graph is as if it had never been.

    Examples:

        mercato unmerge decision-0123456789abcdef
    """
    from api.console import say, working
    from graph.decisions import undo_decision

    with (
        opened_store(user_settings(data_dir)) as store,
        working("Undoing the decision…"),
    ):
        decision = undo_decision(store, decision_id, undone_by=getpass.getuser())
    say(f"{decision.merged_name} and {decision.into_name} are two entities again.")
