"""The graph as JSON-LD: schema.org terms for what there is, PROV-O for where it is from.

A claim is a ``schema:Claim`` that was derived from its article (``prov:wasDerivedFrom``) and, where
the article names a source, attributed to it (``prov:wasAttributedTo``). What schema.org has no word
for, such as relation and status, is in the vocabulary ``urn:mercato:``. Every node carries its own
id, so that the order does not matter.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

from graph.export_rows import Table, article_pages, pages
from graph.model import Kind
from graph.store import Store

MEDIA_TYPE: Final = "application/ld+json"

_CONTEXT: Final = {
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "mercato": "urn:mercato:",
}
_KINDS: Final = {
    Kind.PERSON: "schema:Person",
    Kind.COMPANY: "schema:Corporation",
    Kind.ORGANIZATION: "schema:Organization",
    Kind.PRODUCT: "schema:Product",
}


def json_ld(store: Store) -> Iterator[str]:
    """The graph as one JSON-LD document, in pieces."""
    yield f'{{"@context": {json.dumps(_CONTEXT)}, "@graph": ['
    between = ""
    for nodes in _nodes(store):
        if nodes:
            written = [json.dumps(_known(node), ensure_ascii=False) for node in nodes]
            yield between + ",\n".join(written)
            between = ",\n"
    yield "]}\n"


def _nodes(store: Store) -> Iterator[list[dict[str, Any]]]:
    for rows in pages(store, Table.ENTITIES):
        yield [
            {
                "@id": _id("entity", row["id"]),
                "@type": [_KINDS[Kind(row["kind"])], "prov:Agent"],
                "schema:name": row["name"],
                "schema:alternateName": row["aliases"] or None,
            }
            for row in rows
        ]
    for rows in article_pages(store):
        yield [
            {
                "@id": _id("article", row["id"]),
                "@type": ["schema:NewsArticle", "prov:Entity"],
                "schema:headline": row["title"],
                "schema:url": row["url"] and {"@id": quote(row["url"], safe=_URL)},
                "schema:inLanguage": row["language"],
                "schema:datePublished": _day(row["published"]),
                "schema:publisher": row["outlet"]
                and {"@type": "schema:Organization", "schema:name": row["outlet"]},
                "schema:author": row["author"],
            }
            for row in rows
        ]
    for rows in pages(store, Table.CLAIMS):
        yield [_claim(row) for row in rows]


def _claim(row: dict[str, Any]) -> dict[str, Any]:
    attributed = row["attributed_id"] and {"@id": _id("entity", row["attributed_id"])}
    amount = row["amount_value"] and {
        "@type": "schema:MonetaryAmount",
        "schema:value": row["amount_value"],
        "schema:currency": row["amount_currency"],
    }
    return {
        "@id": _id("claim", row["id"]),
        "@type": ["schema:Claim", "prov:Entity"],
        "schema:text": row["quote"],
        "mercato:relation": {"@id": f"urn:mercato:relation:{row['type']}"},
        "mercato:subject": {"@id": _id("entity", row["subject_id"])},
        "mercato:object": {"@id": _id("entity", row["object_id"])},
        "mercato:status": row["status"],
        "mercato:confidence": row["confidence"],
        "mercato:startEarliest": _day(row["start_earliest"]),
        "mercato:startLatest": _day(row["start_latest"]),
        "mercato:endEarliest": _day(row["end_earliest"]),
        "mercato:endLatest": _day(row["end_latest"]),
        "schema:roleName": row["role"],
        "schema:amount": amount,
        "schema:datePublished": _day(row["published"]),
        "schema:appearance": {"@id": _id("article", row["article_id"])},
        "prov:wasDerivedFrom": {"@id": _id("article", row["article_id"])},
        "prov:wasAttributedTo": attributed,
        "prov:wasGeneratedBy": {
            "@type": ["prov:Activity"],
            "prov:wasAssociatedWith": {"@id": _id("extractor", row["extractor"])},
        },
    }


_URL: Final = ":/?#[]@!$&'()*+,;=%-._~"


def _id(kind: str, id_: str) -> str:
    return f"urn:mercato:{kind}:{quote(id_, safe='-._')}"


def _day(day: Any) -> dict[str, str] | None:
    return {"@type": "xsd:date", "@value": day.isoformat()} if day else None


def _known(node: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in node.items() if value is not None}
