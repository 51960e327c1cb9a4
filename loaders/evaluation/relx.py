"""RELX (Köksal and Özgür 2020): sentences with two marked entities and the relation between them.

Each has four lines: a number and the sentence in quotes, the label, and two that are empty::

    17743	"<e1> Sun Cellular </e1> est une filiale d'<e2> Digital Telecommunications </e2>."
    org:subsidiaries(e2,e1)

The entities are given: the reader is told where they stand, not what they are. Of the labels three
have relations of ours; for them all other labels are sentences without a relation. RELX does not
tell posts apart as our guide does, so that whoever works somewhere in any of our ways is right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from graph.model import Article, Claim, Reading, RelationType
from loaders.errors import DataFileError
from loaders.evaluation.counts import Tally
from loaders.evaluation.mistakes import Mistake, MistakeKind
from loaders.reading.extractor import FrameReader
from loaders.reading.name_candidates import TaggedName

_HEAD: Final = re.compile(r"(\d+)\t\"?(.*?)\"?\s*")
_LABEL: Final = re.compile(r"(no_relation|[\w:/]+)(?:\((e[12]),(e[12])\))?")
_MARK: Final = re.compile(r"<(?P<opening>e[12])> ?| ?</(?P<closing>e[12])>")
_UNKNOWN: Final = "MISC"

_EMPLOYMENT: Final = (RelationType.WORKED_AT, RelationType.HIRED_BY, RelationType.LEADS)

LABELS: Final[dict[str, tuple[str, bool]]] = {
    "per:employee_of": ("employment", False),
    "org:top_members/employees": ("employment", True),
    "org:founded_by": ("foundation", True),
    "org:subsidiaries": ("subsidiary", True),
}
"""What a label states, and whether its first entity is the object of our relation."""

RELATIONS: Final[dict[str, tuple[RelationType, ...]]] = {
    "employment": _EMPLOYMENT,
    "foundation": (RelationType.FOUNDED,),
    "subsidiary": (RelationType.PART_OF,),
}
"""Our relations that state it, from subject to object."""

NEITHER: Final = {"org:members": "subsidiary"}
"""Labels that are near enough to a relation of ours for it to be neither right nor wrong."""

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A sentence, where its two entities stand, and what is stated of them.

    `stated` is a key of `RELATIONS`, or None; `subject` and `object` are the ends in our order,
    those of the text's order where nothing is stated.
    """

    article: Article
    subject: Span
    object: Span
    stated: str | None
    ignored: str | None = None


def is_relx(text: str) -> bool:
    """Whether a text file looks like this set."""
    return "<e1>" in text[:2000] and "</e2>" in text[:4000]


def read_relx(path: Path) -> list[MarkedSentence]:
    """The sentences of a file.

    Raises
    ------
    DataFileError
        If a sentence or its label is not of the form; the message names the line.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    found = []
    for number in range(0, len(lines) - 1, 4):
        head, label = _HEAD.fullmatch(lines[number]), _LABEL.fullmatch(lines[number + 1].strip())
        if head is None or label is None:
            line = number + 1 + (head is not None)
            raise DataFileError(str(path), "neither a marked sentence nor its label", line=line)
        text, spans = _unmarked(head[2])
        if set(spans) != {"e1", "e2"}:
            raise DataFileError(str(path), "<e1> and <e2> are not both marked", line=number + 1)
        stated, turned = LABELS.get(label[1], (None, False))
        first, second = (label[2], label[3]) if label[2] else ("e1", "e2")
        if turned:
            first, second = second, first
        found.append(
            MarkedSentence(
                Article(id=f"relx-{head[1]}", text=text, language="fr"),
                spans[first],
                spans[second],
                stated,
                NEITHER.get(label[1]),
            )
        )
    return found


def _unmarked(text: str) -> tuple[str, dict[str, Span]]:
    """The sentence without its marks, and the places of what they marked."""
    parts: list[str] = []
    length = position = 0
    begun: dict[str, int] = {}
    spans: dict[str, Span] = {}
    for mark in _MARK.finditer(text):
        parts.append(text[position : mark.start()])
        length += len(parts[-1])
        if mark["opening"]:
            begun[mark["opening"]] = length
        elif mark["closing"] in begun:
            spans[mark["closing"]] = (begun[mark["closing"]], length)
        position = mark.end()
    return "".join([*parts, text[position:]]), spans


class GivenNamesReader(FrameReader):
    """A reader that is told where names stand; what they are it still has to find out."""

    def __init__(self, given: Mapping[str, tuple[Span, ...]], language: str = "fr") -> None:
        super().__init__(language)
        self._given = given

    def _given_names(self, article: Article, tagged: list[TaggedName]) -> list[TaggedName]:
        spans = self._given.get(article.id, ())
        names = [n for n in tagged if all(n.end <= a or b <= n.start for a, b in spans)]
        for start, end in spans:
            labels = [n.label for n in tagged if n.start < end and start < n.end]
            names.append(TaggedName(start, end, labels[0] if labels else _UNKNOWN))
        return sorted(names, key=lambda name: name.start)


@dataclass(slots=True)
class RelxScores:
    """The figures of the set, by what is stated, and its errors."""

    tallies: dict[str, Tally] = field(
        default_factory=lambda: {stated: Tally() for stated in RELATIONS}
    )
    mistakes: list[Mistake] = field(default_factory=list)


def score_relx(sentences: Iterable[MarkedSentence]) -> RelxScores:
    """Read the sentences with their entities given; right, wrong and missed by what is stated."""
    all_sentences = list(sentences)
    given = {each.article.id: (each.subject, each.object) for each in all_sentences}
    reader = GivenNamesReader(given)
    scores = RelxScores()
    readings = reader.read_many(each.article for each in all_sentences)
    for sentence, reading in zip(all_sentences, readings, strict=True):
        for stated in RELATIONS:
            forward = _states(reading, stated, sentence.subject, sentence.object)
            backward = _states(reading, stated, sentence.object, sentence.subject)
            _count(scores, sentence, stated, forward, backward)
    return scores


def _count(
    scores: RelxScores,
    sentence: MarkedSentence,
    stated: str,
    forward: Claim | None,
    backward: Claim | None,
) -> None:
    tally = scores.tallies[stated]
    if sentence.stated == stated:
        tally.right += forward is not None
        tally.missed += forward is None
        wrong = backward
        if forward is None:
            scores.mistakes.append(_mistake(sentence, MistakeKind.MISSED, stated))
    else:
        wrong = (forward or backward) if sentence.ignored != stated else None
    if wrong is not None:
        tally.wrong += 1
        scores.mistakes.append(_mistake(sentence, MistakeKind.WRONG, stated, wrong))


def _mistake(
    sentence: MarkedSentence, kind: MistakeKind, stated: str, claim: Claim | None = None
) -> Mistake:
    text = sentence.article.text
    ends = [text[start:end].strip() for start, end in (sentence.subject, sentence.object)]
    return Mistake(
        sentence.article.id,
        kind,
        f"{ends[0]} → {stated} → {ends[1]}",
        claim.relation if claim is not None else RELATIONS[stated][0],
        expected=sentence.stated or "",
        found=f"{claim.subject.name} → {claim.object.name}" if claim is not None else "",
        quote=text,
        rule=claim.rule if claim is not None else "",
        confidence=claim.confidence if claim is not None else None,
    )


def _states(reading: Reading, stated: str, subject: Span, object_: Span) -> Claim | None:
    """The claim of the reading that states it of what stands at two places, if there is one."""
    at: dict[Span, set[tuple[str, str]]] = {subject: set(), object_: set()}
    for span, names in at.items():
        for entity in reading.entities:
            if any(m.start < span[1] and span[0] < m.end for m in entity.mentions):
                names.add((entity.name, entity.kind))

    def is_it(claim: Claim) -> bool:
        return (
            claim.relation in RELATIONS[stated]
            and (claim.subject.name, claim.subject.kind) in at[subject]
            and (claim.object.name, claim.object.kind) in at[object_]
        )

    return next((claim for claim in reading.claims if is_it(claim)), None)
