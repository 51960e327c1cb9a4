"""py2neo graphs: made of a selection, and read as claims whose source is the notebook.

py2neo is no longer maintained (2021.2.4 is its last version, archived by its author), so that it is
imported here only, and only when somebody asks for it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from graph.errors import ModelError
from graph.model import (
    Amount,
    Article,
    Bound,
    Claim,
    Entity,
    EntityRef,
    Kind,
    Reading,
    RelationType,
    Span,
    Status,
    VagueDate,
)

if TYPE_CHECKING:
    import py2neo

    from graph.interop import Selection

EXTRACTOR: Final = "notebook-1"
_KINDS: Final = ", ".join(Kind)
_RELATIONS: Final = ", ".join(RelationType)


def subgraph(selection: Selection) -> py2neo.Subgraph:
    """A selection as nodes and relationships of py2neo, bound to no database."""
    from py2neo import Node, Relationship, Subgraph  # noqa: PLC0415

    nodes = {
        id_: Node("Entity", properties["kind"], id=id_, **properties)
        for id_, properties in selection.entities.items()
    }
    relationships = []
    for id_, properties in selection.relationships.items():
        subject, object_ = (nodes[end] for end in selection.ends[id_])
        of_fact = {name: value for name, value in properties.items() if name != "type"}
        relationships.append(Relationship(subject, properties["type"], object_, id=id_, **of_fact))
    return Subgraph(nodes.values(), relationships)


def claims_of(
    graph: py2neo.Subgraph, notebook: str, *, published: dt.date | None = None
) -> tuple[Article, Reading]:
    """What a notebook's graph states, as an article and its reading for `graph.ingest.ingest`.

    A node needs one of the kinds among its labels and a `name`; a relationship the type of a
    relation. Of its properties, those of a claim are taken (`status`, `role`, `amount_value` and
    `amount_currency`, `start_earliest` and the like); others are passed over. Its sentence is its
    property `quote`, else one made of the names. Taken in again, the notebook's claims replace
    those that it made before.

    Parameters
    ----------
    notebook
        Its name or path: what the claims have as their outlet, hence as their source.
    published
        The day that its claims are of.

    Raises
    ------
    ModelError
        If a node or a relationship is not of this form; the message names it.
    """
    text = ""
    claims = []
    refs = {node: _ref(node) for node in sorted(graph.nodes, key=_order)}
    for relationship in sorted(graph.relationships, key=_order):
        subject, object_ = (refs[node] for node in relationship.nodes)
        relation = type(relationship).__name__
        said = relationship.get("quote") or f"{subject.name} {relation} {object_.name}."
        start = len(text) + (1 if text else 0)
        text += f"\n{said}" if text else said
        quote = Span(start=start, end=start + len(said), text=said)
        claims.append(_claim(relation, subject, object_, quote, relationship))
    listed = dict.fromkeys(refs.values())
    if not claims:
        text = "\n".join(ref.name for ref in listed) or notebook
    article = Article(
        id="notebook-" + re.sub(r"\W+", "-", notebook).strip("-")[:200],
        text=text,
        title=notebook,
        outlet=notebook,
        origin=notebook,
        published=published,
    )
    entities = tuple(
        Entity(name=ref.name, kind=ref.kind, mentions=_places(text, ref.name)) for ref in listed
    )
    reading = Reading(
        article_id=article.id, extractor=EXTRACTOR, entities=entities, claims=tuple(claims)
    )
    return article, reading


def _ref(node: py2neo.Node) -> EntityRef:
    kinds = [kind for kind in Kind if kind.value in node.labels]
    if len(kinds) != 1 or not isinstance(node.get("name"), str):
        raise ModelError(f"{node} is no entity: it needs a name, and one label of {_KINDS}")
    return EntityRef(name=node["name"], kind=kinds[0])


def _claim(
    relation: str,
    subject: EntityRef,
    object_: EntityRef,
    quote: Span,
    properties: Mapping[str, Any],
) -> Claim:
    where = f"({subject.name})-[:{relation}]->({object_.name})"
    if relation not in [*RelationType]:
        raise ModelError(f"{where} is no relation of the graph; these are: {_RELATIONS}")
    amount = None
    if properties.get("amount_value") is not None:
        amount = {
            "value": properties["amount_value"],
            "currency": properties.get("amount_currency"),
            "bound": properties.get("amount_bound") or Bound.EXACT,
            "purpose": properties.get("amount_purpose"),
        }
    try:
        return Claim(
            subject=subject,
            relation=RelationType(relation),
            object=object_,
            quote=quote,
            status=Status(properties.get("status") or Status.ASSERTED),
            role=properties.get("role"),
            amount=amount and Amount.model_validate(amount),
            start=_dates(properties, "start"),
            end=_dates(properties, "end"),
            extractor=EXTRACTOR,
        )
    except ValidationError as error:
        problem = error.errors()[0]
        field = ".".join(str(part) for part in problem["loc"])
        raise ModelError(f"{where}: {field + ': ' if field else ''}{problem['msg']}") from error
    except ValueError as error:
        raise ModelError(f"{where}: {error}") from error


def _dates(properties: Mapping[str, Any], end: str) -> VagueDate | None:
    earliest, latest = (properties.get(f"{end}_{which}") for which in ("earliest", "latest"))
    if earliest is None and latest is None:
        return None
    return VagueDate(earliest=earliest, latest=latest)


def _order(part: py2neo.Node | py2neo.Relationship) -> str:
    """The same for equal graphs, whatever order py2neo keeps their parts in."""
    nodes = [f"{sorted(node.labels)} {node.get('name')}" for node in part.nodes]
    return f"{nodes} {type(part).__name__} {sorted(dict(part).items(), key=str)}"


def _places(text: str, name: str) -> tuple[Span, ...]:
    return tuple(
        Span(start=found.start(), end=found.end(), text=found[0])
        for found in re.finditer(re.escape(name), text)
    )
