"""Which names denote one entity, and the deterministic ids of everything in the graph.

Two names denote one entity when they are equal after `normalise`: case, accents, apostrophes,
hyphens and, for companies, legal suffixes do not count; digits always do, so that Llama 3 and
Llama 4 stay apart. A name of another kind is another entity.

Ids depend on nothing but what they name: loading the same article twice, in any order and on any
machine, gives the same graph.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Final

from graph.model import (
    MAX_NAME_LENGTH,
    Article,
    Claim,
    Entity,
    EntityRef,
    Kind,
    RelationType,
)

Resolve = Callable[[EntityRef], EntityRef]
"""From the entity that a name denotes by itself to the one that it was decided to denote."""


def as_named(ref: EntityRef) -> EntityRef:
    """Where nothing was decided, a name denotes what it says."""
    return ref


LEGAL_SUFFIXES: Final = frozenset(
    """
    inc|incorporated|corp|corporation|co|ltd|limited|llc|llp|lp|plc|pty|pty ltd|pte
    sa|s a|sas|s a s|sasu|sarl|s a r l|eurl|sca|snc|scop|se|gmbh|ag|kg|kgaa|ug|ev
    nv|n v|bv|b v|spa|s p a|srl|s r l|sl|ab|asa|as|a s|aps|oy|oyj|kk|k k
    """.replace("\n", "|")
    .replace("    ", "")
    .strip("|")
    .split("|")
)
"""Endings of a company's normalised name that say its legal form and not who it is."""

_APOSTROPHES: Final = re.compile("['’‘‛`´\u1ffdʼʻʹ′＇]")
_TRADE_MARKS: Final = re.compile("[™®©℠]")
_INVISIBLE: Final = frozenset({"Cf", "Cc", "Cs", "Co", "Cn"})
_STROKED: Final = re.compile(r"LATIN SMALL LETTER ([A-Z]) WITH ")
_LIGATURES: Final = {"æ": "ae", "œ": "oe", "ı": "i", "ð": "d", "þ": "th"}
_KEPT_SIGNS: Final = frozenset("+#&")
_PLAIN: Final = re.compile(r"[a-z0-9 .]{1,60}")


@lru_cache(maxsize=65_536)
def normalise(name: str, kind: Kind | None = None) -> str:
    """The form in which two spellings of one name are equal.

    Parameters
    ----------
    name
        A name in any script.
    kind
        With ``Kind.COMPANY`` legal suffixes are dropped, as long as something remains.

    Returns
    -------
    str
        Lower-case words separated by single spaces. Never empty for a name that is not: one
        that has neither letter nor digit comes back in lower case as it is. Applying the
        function again changes nothing.

    Examples
    --------
    >>> normalise("L’Oréal S.A.", Kind.COMPANY)
    'loreal'
    >>> normalise("GPT-4"), normalise("Llama 3.1"), normalise("Disney+")
    ('gpt 4', 'llama 3.1', 'disney +')
    """
    words = _words(name)
    if not words:
        return " ".join(_caseless(name).split()) or name
    if kind is Kind.COMPANY:
        words = _without_legal_suffixes(words)
    return " ".join(words)


def entity_id(ref: EntityRef | Entity) -> str:
    """The id of the entity that `ref` denotes, for example ``company-apple``.

    A name that needs more than the letters a to z, digits, dots and spaces, or that is long, has
    its digest appended after a ``~``.
    """
    return _entity_id(ref.name, ref.kind)


@lru_cache(maxsize=65_536)
def _entity_id(name: str, of_kind: Kind) -> str:
    normal, kind = normalise(name, of_kind), of_kind.value.lower()
    slug = normal.replace(" ", "-")
    if _PLAIN.fullmatch(normal):
        return f"{kind}-{slug}"
    legible = re.sub(r"[^a-z0-9]+", "-", slug)[:40].strip("-")
    return f"{kind}-{legible}~{_digest(kind, normal)}"


def fact_ends(relation: RelationType, subject_id: str, object_id: str) -> tuple[str, str]:
    """Where the fact's relationship starts and ends: a symmetric one goes from the lesser id."""
    if relation.symmetric and object_id < subject_id:
        return object_id, subject_id
    return subject_id, object_id


def fact_id(relation: RelationType, subject_id: str, object_id: str) -> str:
    """The id of the fact that a claim speaks of; both directions of a symmetric one have one."""
    return "fact-" + _digest(relation.value, *fact_ends(relation, subject_id, object_id))


def claim_id(article_id: str, of_fact: str, ordinal: int) -> str:
    """The id of an article's claim: the `ordinal`-th (from 0) that it makes on this fact.

    The place in the text is left out on purpose: a correction elsewhere in the article moves
    the quote without making it another claim.
    """
    return "claim-" + _digest(article_id, of_fact, str(ordinal))


def source_key(claim: Claim, article: Article, resolve: Resolve = as_named) -> str:
    """Who answers for a claim, so that ten papers repeating Bloomberg are one source.

    The one that the claim is attributed to, else the source that the article credits, else its
    outlet, else the article itself.

    Returns
    -------
    str
        ``person:…`` for a person, ``article:…`` for an article of unknown outlet, and
        ``outlet:…`` for everything else, so that "selon Bloomberg" and Bloomberg's own articles
        are one.
    """
    if claim.attributed_to is not None:
        return attributed_key(claim.attributed_to, resolve)
    return article_source_key(article, resolve)


def attributed_key(ref: EntityRef, resolve: Resolve = as_named) -> str:
    """The source key of what is attributed to this entity."""
    if ref.kind is Kind.PERSON:
        return "person:" + normalise(resolve(ref).name)
    return outlet_key(resolve(ref).name, resolve)


def article_source_key(article: Article, resolve: Resolve = as_named) -> str:
    """The source key of what the article attributes to nobody."""
    if article.credited_source:
        return outlet_key(article.credited_source, resolve)
    return own_key(article, resolve)


def own_key(article: Article, resolve: Resolve = as_named) -> str:
    """The source key of the article's own outlet, whomever it credits."""
    return outlet_key(article.outlet, resolve) if article.outlet else f"article:{article.id}"


def outlet_ref(name: str) -> EntityRef:
    """The company that an outlet of this name is."""
    return EntityRef(name=name[:MAX_NAME_LENGTH].strip() or "?", kind=Kind.COMPANY)


def search_text(name: str, aliases: Iterable[str] = ()) -> str:
    """Lower-case, accent-free text that a full-text search looks an entity up in.

    Holds the name and those aliases that look like names. A description in plain words ("la
    marque à la pomme", "L'entreprise") is left out: it stands for another entity in the next
    article.
    """
    texts = [normalise(name)]
    for alias in aliases:
        if looks_like_name(alias) and (text := normalise(alias)) not in texts:
            texts.append(text)
    return " ".join(texts)


@lru_cache(maxsize=65_536)
def looks_like_name(alias: str) -> bool:
    """Whether an alias has a capital (or a digit, or a letter without case) beyond its start.

    One word is enough when it is the only one: "Gunter" looks like a name, "L'entreprise" and
    "Le groupe" do not.
    """
    words = _APOSTROPHES.sub(" ", alias).replace("-", " ").split()
    return any(_is_marked(word) for word in (words[1:] or words))


def _is_marked(word: str) -> bool:
    return any(
        char.isupper() or char.isdigit() or unicodedata.category(char) in {"Lo", "Lt"}
        for char in word
    )


def outlet_key(name: str, resolve: Resolve) -> str:
    """The source key of an outlet."""
    if resolve is not as_named:
        name = resolve(outlet_ref(name)).name
    return "outlet:" + normalise(name, Kind.COMPANY)


def _digest(*parts: str) -> str:
    """20 characters (80 bits) that stand for the parts; lengths keep ``ab, c`` from ``a, bc``."""
    digest = hashlib.blake2b(digest_size=10)
    for part in parts:
        raw = part.encode()
        digest.update(b"%d:%b" % (len(raw), raw))
    return digest.hexdigest()


def _words(name: str) -> list[str]:
    # Before and after case folding: NFKC turns ´ into a space and an accent, and ŉ into ʼn.
    text = _APOSTROPHES.sub("'", _caseless(_APOSTROPHES.sub("'", _TRADE_MARKS.sub(" ", name))))
    text = re.sub(r"(?<=\d)'(?=\d)", " ", text).replace("'", "")
    text = "".join(_letters(unicodedata.normalize("NFD", text)))
    text = unicodedata.normalize("NFC", text)
    # "J.P.", "x.ai": dots between letters go. "3.1", "3,1": a decimal mark stays, as a dot.
    text = re.sub(r"(?<=[^\W\d])\.(?=[^\W\d])", "", text)
    text = re.sub(r"(?<=\d)[.,](?=\d)", ".", text)
    text = re.sub(r"(?<!\d)[.,]|[.,](?!\d)", " ", text)
    text = re.sub(r"(?<=[^\W\d])(?=\d)", " ", text)
    return text.split()


def _caseless(text: str) -> str:
    """NFKC and case folding, repeated until neither has anything to do."""
    while (folded := unicodedata.normalize("NFKC", text.casefold())) != text:
        text = folded
    return text


def _letters(decomposed: str) -> Iterable[str]:
    """Letters without accents, ASCII digits, kept signs and spaces, of a decomposed text.

    Marks are accents only on letters of the Latin and Greek scripts. Elsewhere they are part of
    the letter: a vowel in Devanagari, the difference between は and ば.
    """
    drops_marks = True
    for char in decomposed:
        category = unicodedata.category(char)
        if category[0] == "M":
            if not drops_marks:
                yield char
            continue
        if category in _INVISIBLE and not char.isspace():
            continue
        if category[0] != "L":
            drops_marks = True
        if category == "Nd":
            yield str(unicodedata.decimal(char))
        elif category[0] == "L":
            script = unicodedata.name(char, "").partition(" ")[0]
            drops_marks = script in {"LATIN", "GREEK"}
            yield _base_letter(char) if script == "LATIN" and char > "z" else char
        elif category[0] == "N" or char in ".,":
            yield char
        elif char in _KEPT_SIGNS:
            yield f" {char} "
        else:
            yield " "


def _base_letter(char: str) -> str:
    """The letter under a stroke or a hook, which decomposition leaves whole: ø, ł, đ."""
    if char in _LIGATURES:
        return _LIGATURES[char]
    stroked = _STROKED.match(unicodedata.name(char))
    return stroked.group(1).lower() if stroked else char


def _without_legal_suffixes(words: list[str]) -> list[str]:
    kept = words
    while True:
        for length in (4, 3, 2, 1):
            if " ".join(kept[-length:]) in LEGAL_SUFFIXES and len(kept) > length:
                break
        else:
            return kept
        shorter = kept[:-length]
        while shorter and shorter[-1] == "&":  # "Tiffany & Co."
            shorter = shorter[:-1]
        if not shorter or shorter == ["the"]:
            return kept
        kept = shorter
