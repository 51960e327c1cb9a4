"""Frames: which words state a relation, and where its two ends stand. Data, one file per theme.

A frame lists verbs ("quitter", "s'associer", "prendre la tête") or nouns ("recrutement"), says in
which position each slot stands, and which claims the filled slots make. See docs/reading.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from functools import cache
from importlib.resources import files
from typing import Any, Final

import yaml

from graph.model import Kind, Purpose, RelationType, Status
from loaders.errors import DataFileError
from loaders.reading.kinds import KindData
from loaders.reading.lexicon import lowered

SUBJECT, OBJECT, ATTRIBUTE, POSSESSIVE = "subject", "object", "attribute", "possessive"
APPOSED, HOLDER, OF_OBJECT, SELF = "apposed", "holder", "of-object", "self"
BRACKETED, PART, ITS, BESIDE, BEHIND = "bracketed", "part", "its", "beside", "behind"
MEMBER, ENCLOSED, INSTANCE, THEME = "member", "enclosed", "instance", "theme"
CALLED: Final = "called"
"""Positions of a verb or noun that are not a preposition."""
NO_PREPOSITIONS: Final = frozenset(
    {
        *(SUBJECT, OBJECT, ATTRIBUTE, POSSESSIVE, APPOSED, HOLDER, OF_OBJECT, SELF, BRACKETED),
        *(PART, ITS, BESIDE, BEHIND, MEMBER, ENCLOSED, INSTANCE, THEME, CALLED),
    }
)
ACTIVE, PASSIVE, BARE = "active", "passive", "bare"
"""Voices of a verb; `BARE` is a participle alone: "passé chez Y"."""
POST: Final = "post"
_FLAGS: Final = ("ended", "fund", "given", "alone", "shared")
"""What `inherit` names instead of a relation: where somebody holds a post."""

_BY_COMPANIES: Final = frozenset(
    {RelationType.INVESTED_IN, RelationType.ACQUIRED, RelationType.DEVELOPS, RelationType.USES}
)
_OF_PRODUCTS: Final = frozenset({RelationType.DEVELOPS, RelationType.WORKED_ON, RelationType.USES})


@dataclass(frozen=True, slots=True)
class VerbPattern:
    """A verb with what must follow it: "prendre la tête"; `reflexive` for "s'associer"."""

    infinitive: str
    reflexive: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimTemplate:
    """``relation`` from the filler of slot `subject` to that of slot `object`.

    `ended` says that the relationship is over by then ("quitter"). With `fund` it is only claimed
    of a subject that is a fund. What is `given` is so anyway: Z is there in "X y retrouvera Z".
    With `alone` it is claimed if the object is one, with `shared` if the subject is one of several:
    who owns something with others has a share of it.
    """

    relation: RelationType
    subject: str
    object: str
    ended: bool = False
    fund: bool = False
    given: bool = False
    alone: bool = False
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Inheritance:
    """Where the filler of `slot` comes from when the sentence does not name it.

    The object of the last `relation` claimed of the filler of slot `of`, or where they hold a
    `post`, or the `topic`; with `spoken`, else the body that the article speaks of there.
    """

    slot: str
    of: str | None = None
    relation: RelationType | None = None
    topic: str | None = None
    post: bool = False
    spoken: bool = False


@dataclass(frozen=True, slots=True)
class Handover:
    """Slots of a frame by which a post passes on: from whom, to whom, and where it is.

    `heads` says that the words themselves tell it to be a head's ("céder les commandes").
    """

    giver: str
    taker: str
    body: str
    heads: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """One way, or several like ways, of stating one or more relations.

    `slots` maps a slot to the positions to look in, the first filled one counts. `amount` is
    what a sum in the clause is for. `needs` are slots without which nothing is claimed.
    `inherit` names a slot to be filled from what the article already said ("le suivre" goes
    where he went): the relation whose object is taken, or the post held, for the filler of
    another slot, or a topic. `handover` passes a post from one person to another.
    `context` are words of which one must stand in the clause, `unless` words of which
    none may. `topic` names what the filler of a slot is known as from there on. `state` tells a
    state from an event: in the past it is over. `durations` calls the frame by a duration or
    adverb of time before its complement ("après douze ans chez Y"). `status` is what the words
    themselves make of the claim ("décliner l'offre de Y"). An `intransitive` frame is not called
    by a verb with a direct object. `heads` calls it by every noun for a thing of that kind ("le
    modèle"), `names` by a name of that kind, a `quoted` one in quotation marks. `only` narrows
    the kinds of a slot; in a slot of `goods`, "les modèles de Y" stands for Y. One of the words of
    `near` must follow soon. `voice` is the only one in which the verb calls it. With a name behind
    a preposition of `apart` another frame says more: "10 % du capital" alone, not "du capital de
    Y". `about`: a theme.
    """

    id: str
    verbs: tuple[VerbPattern, ...]
    nouns: tuple[str, ...]
    slots: dict[str, tuple[str, ...]]
    claims: tuple[ClaimTemplate, ...]
    amount: Purpose | None = None
    confidence: float = 0.85
    needs: tuple[str, ...] = ()
    inherit: Inheritance | None = None
    topic: tuple[str, str] | None = None
    context: frozenset[str] = frozenset()
    unless: frozenset[str] = frozenset()
    state: bool = False
    durations: bool = False
    intransitive: bool = False
    status: Status | None = None
    handover: Handover | None = None
    heads: Kind | None = None
    names: Kind | None = None
    quoted: bool = False
    only: dict[str, frozenset[Kind]] = field(default_factory=dict)
    goods: frozenset[str] = frozenset()
    near: frozenset[str] = frozenset()
    voice: str | None = None
    apart: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()

    def kinds(self, slot: str) -> frozenset[Kind]:
        """Kinds that the claims allow in `slot`."""
        return _kinds(self, slot)

    def _allowed(self, slot: str) -> frozenset[Kind]:
        allowed: set[Kind] = set()
        for claim in self.claims:
            if claim.subject == slot:
                allowed |= claim.relation.domain
            if claim.object == slot:
                allowed |= claim.relation.range
        if self.inherit is not None and self.inherit.of == slot and self.inherit.relation:
            allowed |= self.inherit.relation.domain
        allowed = allowed or set(Kind)
        return frozenset(allowed & self.only.get(slot, allowed))

    @property
    def is_apposition(self) -> bool:
        """Whether it describes what it is apposed to, whatever the sentence's verb says of it."""
        told = (APPOSED, BRACKETED)
        return any(place in positions for positions in self.slots.values() for place in told)

    def preferred_kind(self, slot: str) -> Kind | None:
        """The kind that the first claim about `slot` usually has there."""
        for claim in self.claims:
            if claim.subject == slot:
                return _USUAL[claim.relation][0]
            if claim.object == slot:
                return _USUAL[claim.relation][1]
        return None

    def pronoun_kind(self, slot: str) -> Kind | None:
        """The kind that a pronoun in `slot` is first taken for, if the claims agree on one."""
        return _pronoun_kind(self, slot)

    def things_behind(self, preposition: str) -> bool:
        """Whether what usually stands behind a preposition is a product."""
        return any(
            preposition in positions and self.pronoun_kind(slot) is Kind.PRODUCT
            for slot, positions in self.slots.items()
        )


_FIELDS: Final = frozenset(each.name for each in fields(Frame))


@cache
def _pronoun_kind(frame: Frame, slot: str) -> Kind | None:
    usual = {
        _USUAL[claim.relation][claim.subject != slot]
        for claim in frame.claims
        if slot in (claim.subject, claim.object)
    }
    return usual.pop() if len(usual) == 1 else None


@cache
def _kinds(frame: Frame, slot: str) -> frozenset[Kind]:
    return frame._allowed(slot)


_USUAL: Final[dict[RelationType, tuple[Kind, Kind]]] = {
    relation: (
        Kind.PERSON
        if Kind.PERSON in relation.domain and relation not in _BY_COMPANIES
        else Kind.COMPANY,
        Kind.PRODUCT
        if relation in _OF_PRODUCTS
        else Kind.PERSON
        if relation is RelationType.RECRUITED_BY
        else Kind.COMPANY,
    )
    for relation in RelationType
}
"""The kinds that each relation's ends usually have, of those that it allows."""


@dataclass(frozen=True, slots=True)
class FrameSet:
    """All frames of a language, by the verb or noun that calls them.

    `noun_openings` are the first words of the nouns; `by_word` keeps the patterns of a verb by the
    first word behind it, once asked for.
    """

    by_verb: dict[str, tuple[tuple[VerbPattern, Frame], ...]]
    by_noun: dict[str, tuple[Frame, ...]]
    by_duration: tuple[Frame, ...]
    by_name: dict[Kind, tuple[Frame, ...]]
    noun_openings: frozenset[str]
    by_word: dict[str, dict[str, Sequence[tuple[VerbPattern, Frame]]]] = field(default_factory=dict)

    @property
    def infinitives(self) -> tuple[str, ...]:
        """Every verb that a frame names."""
        return tuple(self.by_verb)

    @staticmethod
    @cache
    def of(language: str) -> FrameSet:
        """Every frame in ``languages/<language>/frames/*.yaml``.

        Raises
        ------
        loaders.errors.DataFileError
            If a frame is not of the documented form; the message names file, frame and field.
        """
        by_verb: dict[str, list[tuple[VerbPattern, Frame]]] = {}
        by_noun: dict[str, list[Frame]] = {}
        by_duration: list[Frame] = []
        by_name: dict[Kind, list[Frame]] = {}
        heads = KindData.of(language).heads
        for frame in _frames(language):
            if frame.durations:
                by_duration.append(frame)
            for pattern in frame.verbs:
                by_verb.setdefault(pattern.infinitive, []).append((pattern, frame))
            for noun in frame.nouns:
                by_noun.setdefault(noun, []).append(frame)
            for noun, kind in heads.items() if frame.heads is not None else ():
                if kind is frame.heads:
                    by_noun.setdefault(noun, []).append(frame)
            if frame.names is not None:
                by_name.setdefault(frame.names, []).append(frame)
        return FrameSet(
            {
                verb: tuple(sorted(found, key=lambda pair: -len(pair[0].words)))
                for verb, found in by_verb.items()
            },
            {noun: tuple(found) for noun, found in by_noun.items()},
            tuple(by_duration),
            {kind: tuple(found) for kind, found in by_name.items()},
            frozenset(noun.split()[0] for noun in by_noun),
        )


def _frames(language: str) -> Iterator[Frame]:
    folder = files("loaders.languages").joinpath(language, "frames")
    seen: set[str] = set()
    for resource in sorted(folder.iterdir(), key=lambda item: item.name):
        if not resource.name.endswith(".yaml"):
            continue
        for raw in yaml.safe_load(resource.read_text(encoding="utf-8")):
            frame = parse_frame(raw, f"{language}/frames/{resource.name}")
            if frame.id in seen:
                raise DataFileError(
                    resource.name, f"the frame {frame.id!r} is there twice", field="id"
                )
            seen.add(frame.id)
            yield frame


def parse_frame(raw: dict[str, Any], where: str) -> Frame:
    """One frame from its YAML form.

    Raises
    ------
    loaders.errors.DataFileError
        If a field is unknown, or a claim names a slot or relation that there is not.
    """
    name = str(raw.get("id", "?"))
    unknown = set(raw) - _FIELDS
    if unknown:
        raise DataFileError(where, f"frame {name!r} has unknown fields", field=", ".join(unknown))
    slots = {slot: _positions(value) for slot, value in raw["slots"].items()}
    inherit = raw.get("inherit")
    topic = raw.get("topic")
    known = set(slots) | ({inherit["slot"]} if inherit else set())
    claims = tuple(_claim(str(text), known, name, where) for text in raw["claims"])
    return Frame(
        id=name,
        verbs=tuple(_verb(text) for text in raw.get("verbs", ())),
        nouns=tuple(lowered(noun) for noun in raw.get("nouns", ())),
        slots=slots,
        claims=claims,
        amount=Purpose(raw["amount"]) if "amount" in raw else None,
        confidence=float(raw.get("confidence", 0.85)),
        needs=tuple(raw.get("needs", ())),
        inherit=_inheritance(inherit) if inherit else None,
        topic=(topic["slot"], topic["name"]) if topic else None,
        apart=frozenset(raw.get("apart", ())),
        about=frozenset(lowered(words) for words in raw.get("about", ())),
        unless=frozenset(lowered(word) for word in raw.get("unless", ())),
        state=bool(raw.get("state", False)),
        durations=bool(raw.get("durations", False)),
        intransitive=bool(raw.get("intransitive", False)),
        status=Status(raw["status"]) if "status" in raw else None,
        handover=Handover(**raw["handover"]) if "handover" in raw else None,
        heads=Kind(raw["heads"]) if "heads" in raw else None,
        names=Kind(raw["names"]) if "names" in raw else None,
        quoted=bool(raw.get("quoted", False)),
        only={slot: frozenset(map(Kind, kinds)) for slot, kinds in raw.get("only", {}).items()},
        goods=frozenset(raw.get("goods", ())),
        near=frozenset(lowered(word) for word in raw.get("near", ())),
        voice=_voice(raw.get("voice"), name, where),
        context=frozenset(lowered(word) for word in raw.get("context", ())),
    )


def _voice(value: str | None, frame: str, where: str) -> str | None:
    if value not in (None, ACTIVE, PASSIVE, BARE):
        raise DataFileError(where, f"frame {frame!r} has an unknown voice {value!r}", field="voice")
    return value


def _inheritance(raw: dict[str, Any]) -> Inheritance:
    post = raw.get("relation") == POST
    relation = RelationType(raw["relation"]) if "relation" in raw and not post else None
    kept = (raw.get("topic"), post, raw.get("spoken", False))
    return Inheritance(raw["slot"], raw.get("of"), relation, *kept)


def _positions(value: str | list[str]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _claim(text: str, slots: set[str], frame: str, where: str) -> ClaimTemplate:
    words = text.split()
    try:
        relation, subject, object_ = RelationType(words[0]), words[1], words[2]
    except (ValueError, IndexError) as error:
        message = f"frame {frame!r}: {text!r} is not «RELATION subject object [{'|'.join(_FLAGS)}]»"
        raise DataFileError(where, message, field="claims") from error
    for slot in (subject, object_):
        if slot not in slots:
            message = f"frame {frame!r}: {text!r} names the slot {slot!r}, which it does not have"
            raise DataFileError(where, message, field="claims")
    return ClaimTemplate(relation, subject, object_, **{f: f in words[3:] for f in _FLAGS})


def _verb(text: str) -> VerbPattern:
    plain = lowered(text)
    reflexive = False
    for prefix in ("s'", "se "):
        if plain.startswith(prefix):
            plain, reflexive = plain.removeprefix(prefix), True
    infinitive, _, rest = plain.partition(" ")
    return VerbPattern(infinitive, reflexive, tuple(rest.replace("'", "' ").split()))


def past_templates(claims: tuple[ClaimTemplate, ...]) -> tuple[ClaimTemplate, ...]:
    """What a state in the past claims: it is over, and a past head worked there."""
    worked, led = RelationType.WORKED_AT, RelationType.LEADS
    return tuple(
        replace(claim, relation=worked if claim.relation is led else claim.relation, ended=True)
        for claim in claims
    )
