"""The graph as FollowTheMoney entities, one a line, for Aleph and the tools around it.

Entities become a Person, Company, Organization or, for a product, an Asset; articles an Article
without its text. A relationship becomes one entity with the quotes, the addresses and the outlets
of all of its articles:

- WORKED_AT and HIRED_BY an Employment, LEADS of a company or organization a Directorship;
- INVESTED_IN, ACQUIRED and PART_OF of a company an Ownership, PART_OF of an organization a
  Membership;
- the rest, and whatever is only planned, an UnknownLink whose role names it.

What the press denies is left out: no schema says that something is not so. `status` keeps how
surely all else is said.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any, Final, NamedTuple

from graph.errors import MissingLibraryError
from graph.export_rows import Row, Table, article_pages, pages
from graph.model import Kind, Purpose, RelationType, Status
from graph.store import Store

MEDIA_TYPE: Final = "application/json+ftm"

_KINDS: Final = {
    Kind.PERSON: "Person",
    Kind.COMPANY: "Company",
    Kind.ORGANIZATION: "Organization",
    Kind.PRODUCT: "Asset",
}
_PAID: Final = {Purpose.INVESTMENT, Purpose.PRICE}


class _Link(NamedTuple):
    """A schema, and which of its properties hold the subject and the object."""

    schema: str
    subject: str
    object: str


_EMPLOYMENT: Final = _Link("Employment", "employee", "employer")
_DIRECTORSHIP: Final = _Link("Directorship", "director", "organization")
_OWNERSHIP: Final = _Link("Ownership", "owner", "asset")
_OWNED: Final = _Link("Ownership", "asset", "owner")
_MEMBERSHIP: Final = _Link("Membership", "member", "organization")
_UNKNOWN: Final = _Link("UnknownLink", "subject", "object")


def follow_the_money(store: Store) -> Iterator[str]:
    """The graph as lines of JSON, in pieces; each line is an entity that its schema allows.

    Raises
    ------
    MissingLibraryError
        At once, where the library that writes the entities is not installed.
    """
    try:
        from followthemoney import model  # noqa: PLC0415
    except ImportError as error:
        raise MissingLibraryError("FollowTheMoney", "followthemoney", extra="ftm") from error
    return _lines(store, model)


def _lines(store: Store, model: Any) -> Iterator[str]:
    for rows in pages(store, Table.ENTITIES):
        yield from _written(model, (_entity(row) for row in rows))
    for rows in article_pages(store):
        yield from _written(model, (_article(row) for row in rows))
    for facts in pages(store, Table.FACTS):
        told = [fact for fact in facts if fact["status"] != Status.DENIED]
        said: dict[str, list[Row]] = {fact["id"]: [] for fact in told}
        for row in store.read("lookup/claims_of_facts", ids=sorted(said), known_at=None):
            said[row["claim"]["fact_id"]].append(row)
        yield from _written(model, (_link(fact, said[fact["id"]]) for fact in told))


def _written(model: Any, entities: Iterator[tuple[str, str, Mapping[str, Any]]]) -> Iterator[str]:
    lines = []
    for schema, id_, properties in entities:
        proxy = model.make_entity(schema)
        proxy.id = _id(id_)
        for name, values in properties.items():
            # What FollowTheMoney holds to be no address or no language is left out.
            proxy.add(name, values)
        lines.append(json.dumps(proxy.to_dict(), ensure_ascii=False) + "\n")
    if lines:
        yield "".join(lines)


def _entity(row: Row) -> tuple[str, str, Mapping[str, Any]]:
    schema = _KINDS[Kind(row["kind"])]
    return schema, row["id"], {"name": row["name"], "alias": row["aliases"]}


def _article(row: Row) -> tuple[str, str, Mapping[str, Any]]:
    properties = {
        "title": row["title"] or row["id"],
        "author": row["author"],
        "language": row["language"],
        "publishedAt": _iso(row["published"]),
        "sourceUrl": row["url"],
        "publisher": row["outlet"],
    }
    return "Article", f"article-{row['id']}", properties


def _link(fact: Row, said: list[Row]) -> tuple[str, str, Mapping[str, Any]]:
    relation, status = RelationType(fact["type"]), Status(fact["status"])
    link = _schema(relation, status, fact["subject"], fact["object"])
    words = relation.value.lower().replace("_", " ")
    if link is not _UNKNOWN:
        role = fact["role"]
    else:
        role = f"{words}, planned" if status is Status.PLANNED else words
        role = f"{role}: {fact['role']}" if fact["role"] else role
    shares = link.schema == "Ownership" and fact["amount_purpose"] in _PAID
    amount = fact["amount_value"]
    return (
        link.schema,
        fact["id"],
        {
            link.subject: _id(fact["subject"]),
            link.object: _id(fact["object"]),
            "role": role,
            "status": status.value,
            "startDate": _vague(fact["start_earliest"], fact["start_latest"]),
            "endDate": _vague(fact["end_earliest"], fact["end_latest"]),
            "summary": [row["claim"]["quote"] for row in said],
            "description": _description(fact),
            "recordId": fact["id"],
            "sourceUrl": [row["article"]["url"] for row in said],
            "publisher": [row["article"]["outlet"] for row in said],
        }
        | (
            {"sharesValue": f"{amount:.0f}", "sharesCurrency": fact["amount_currency"]}
            if shares and amount is not None
            else {}
        ),
    )


def _schema(relation: RelationType, status: Status, subject: str, object_: str) -> _Link:
    """The ids of entities begin with their kinds."""
    if status is Status.PLANNED:
        return _UNKNOWN
    match relation:
        case RelationType.WORKED_AT | RelationType.HIRED_BY:
            return _EMPLOYMENT
        case RelationType.LEADS if not object_.startswith("product-"):
            return _DIRECTORSHIP
        case RelationType.INVESTED_IN | RelationType.ACQUIRED:
            return _OWNERSHIP
        case RelationType.PART_OF:
            return _OWNED if subject.startswith("company-") else _MEMBERSHIP
        case _:
            return _UNKNOWN


def _description(fact: Row) -> list[str]:
    told = [f"{fact['sources']} independent sources"]
    if fact["first_reported"]:
        told.append(f"first reported {fact['first_reported']}, last {fact['last_reported']}")
    if fact["contested"]:
        told.append("contested: the articles disagree")
    if fact["amount_value"] is not None:
        bound = str(fact["amount_bound"]).replace("_", " ")
        told.append(
            f"{fact['amount_purpose'] or 'amount'}: {bound} "
            f"{fact['amount_value']:.0f} {fact['amount_currency']}"
        )
    return told


def _vague(earliest: dt.date | None, latest: dt.date | None) -> str | None:
    """A day, a month or a year, as precise as is known; None where not even the year is."""
    if earliest is None or latest is None:
        return None
    if earliest == latest:
        return earliest.isoformat()
    if (earliest.year, earliest.month) == (latest.year, latest.month):
        return f"{earliest:%Y-%m}"
    return f"{earliest.year:04}" if earliest.year == latest.year else None


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _id(id_: str) -> str:
    """An id that FollowTheMoney allows: letters, digits, dots and hyphens, none at the ends."""
    from followthemoney.types import registry  # noqa: PLC0415
    from followthemoney.util import make_entity_id  # noqa: PLC0415

    # Two hyphens stand in no id of ours, so that no two become one.
    plain = id_.replace("~", "--")
    return plain if registry.entity.validate(plain) else str(make_entity_id(id_))
