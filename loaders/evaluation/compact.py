"""The compact form of annotated articles, for writing many by hand quickly.

::

    === ID | 2024-03-12 | topic
    Headline

    Text…
    ---
    P Béatrice Lansac = Lansac; la dirigeante
    C Valcourt = la maison
    > Béatrice Lansac | HIRED_BY | Valcourt | asserted | a nommé Béatrice Lansac
    > Béatrice Lansac | LEADS | Valcourt | asserted | directrice générale | optional

P, C, O and X are Person, Company, Organization and Product, followed by the fullest name and, after
an equals sign, the other words for it. A claim is subject, relation, object, status, words of the
sentence that says it, and then in any order ``optional``, ``amount 12000000 EUR exact investment``,
``source Les Échos`` and ``role directrice générale``. Where one claim of an article has any of the
last three, they are said of all of its claims; else they are not, and dates never are. A file holds
any number of articles, all in French.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, NoReturn

from graph.model import Amount, Article, Bound, Kind, Purpose, RelationType, Status
from loaders.article import prepare
from loaders.errors import ArticleError, DataFileError
from loaders.evaluation.annotations import (
    Annotation,
    GoldArticle,
    StatedClaim,
    StatedEntity,
)
from loaders.reading.sentences import split_sentences

LANGUAGE: Final = "fr"
_HEAD: Final = re.compile(r"^=== +(\S+) *\| *(\d{4}-\d\d-\d\d) *\| *(.*)$")
_FORM: Final = (
    "write > subject | RELATION | object | status | words [| optional]"
    " [| amount VALUE CURRENCY BOUND PURPOSE] [| source NAME] [| role WORDS]"
)
_KINDS: Final = {
    "P": Kind.PERSON,
    "C": Kind.COMPANY,
    "O": Kind.ORGANIZATION,
    "X": Kind.PRODUCT,
}


def is_compact(text: str) -> bool:
    """Whether a text file looks like this form."""
    return any(_HEAD.match(line) for line in text[:4000].splitlines())


def read_compact(path: Path) -> list[GoldArticle]:
    """The annotated articles of one file.

    Raises
    ------
    DataFileError
        If a line is not of the form; the message names it.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = [number for number, line in enumerate(lines) if _HEAD.match(line)]
    ends = [*starts[1:], len(lines)]
    return [_Block(path, lines, a, b).read() for a, b in zip(starts, ends, strict=True)]


class _Block:
    """The lines of one article."""

    def __init__(self, path: Path, lines: list[str], start: int, end: int) -> None:
        self.path, self.lines, self.start, self.end = path, lines, start, end

    def fail(self, number: int, problem: str) -> NoReturn:
        raise DataFileError(str(self.path), problem, line=number + 1)

    def read(self) -> GoldArticle:
        head = _HEAD.match(self.lines[self.start])
        try:
            rule = self.lines.index("---", self.start, self.end)
        except ValueError:
            self.fail(self.start, "no line --- parts this text from its annotation")
        if head is None:
            self.fail(self.start, "a text begins with === ID | DATE | topic")
        try:
            article = prepare(
                Article(
                    id=head[1],
                    text="\n".join(self.lines[self.start + 1 : rule]).strip() + "\n",
                    language=LANGUAGE,
                    published=dt.date.fromisoformat(head[2]),
                )
            )
        except (ArticleError, ValueError) as error:
            self.fail(self.start, str(error))
        entities: list[StatedEntity] = []
        claims: list[StatedClaim] = []
        for number in range(rule + 1, self.end):
            line = self.lines[number].strip()
            if line.startswith("> "):
                claims.append(self._claim(number, line, article.text))
            elif line[:1] in _KINDS and line[1:2] == " ":
                name, _, others = line[2:].partition(" = ")
                aliases = tuple(each.strip() for each in others.split(";") if each.strip())
                entities.append(StatedEntity(name.strip(), _KINDS[line[0]], aliases))
            elif line and not line.startswith("#"):
                self.fail(number, "neither an entity (P, C, O or X and a name) nor a claim (>)")
        if any(claim.detailed for claim in claims):
            claims = [replace(claim, detailed=True) for claim in claims]
        return GoldArticle(article, Annotation(head[1], tuple(entities), tuple(claims)))

    def _claim(self, number: int, line: str, text: str) -> StatedClaim:
        subject, relation, object_, status, words, *further = [
            part.strip() for part in line[2:].split("|") + [""] * (4 - line.count("|"))
        ]
        if not words:
            self.fail(number, _FORM)
        try:
            return StatedClaim(
                subject=subject,
                relation=RelationType(relation),
                object=object_,
                quote=_sentence_of(words, text),
                status=Status(status),
                **_further(further),
            )
        except ValueError as error:
            self.fail(number, str(error))


def _further(parts: list[str]) -> dict[str, Any]:
    """What stands behind the words of a claim, as fields of `StatedClaim`."""
    found: dict[str, Any] = {"detailed": False}
    for part in parts:
        match part.split():
            case ["optional"]:
                found["optional"] = True
                continue
            case ["amount", number, currency, bound, purpose]:
                found["amount"] = Amount(
                    value=float(number),
                    currency=currency,
                    bound=Bound(bound),
                    purpose=Purpose(purpose),
                )
            case ["source", *name] if name:
                found["attributed_to"] = " ".join(name)
            case ["role", *words] if words:
                found["role"] = " ".join(words)
            case _:
                raise ValueError(f"{_FORM}, not {part!r}")
        found["detailed"] = True
    return found


def _sentence_of(words: str, text: str) -> str:
    """The sentence of `text` that holds the words; they themselves if none does."""
    at = text.find(words)
    if at >= 0:
        for span in split_sentences(text, LANGUAGE):
            if span.start <= at < span.end:
                return text[span.start : max(span.end, at + len(words))]
    return words
