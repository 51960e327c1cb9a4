"""What a definite noun phrase lets its antecedent be: "l'entreprise", "l'Italien", "le second".

The nouns are those of the language's data and those by which the article itself has called
somebody or something before.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from graph.model import Kind
from loaders.reading.agreement import gender_of, is_called_by
from loaders.reading.anaphors import Anaphor, Anaphors
from loaders.reading.clauses import quotations
from loaders.reading.coreference import Discourse
from loaders.reading.inflection import Form
from loaders.reading.lexicon import lowered
from loaders.reading.phrases import Parse, Phrase
from loaders.reading.tokens import Category

_LONGEST: Final = 3
_PERSON: Final = frozenset({Kind.PERSON})
_COMPANY: Final = frozenset({Kind.COMPANY})


def anaphor_of(
    parsed: Parse, phrase: Phrase, anaphors: Anaphors, discourse: Discourse
) -> Anaphor | None:
    """What the phrase, which holds no name and is no pronoun, asks of what it stands for."""
    known, place = parsed.described, (phrase.start, phrase.end)
    if known is None:
        return _asked(parsed, phrase, anaphors, discourse)
    if place not in known:
        known[place] = _asked(parsed, phrase, anaphors, discourse)
    return known[place]


def _asked(
    parsed: Parse, phrase: Phrase, anaphors: Anaphors, discourse: Discourse
) -> Anaphor | None:
    found = _anaphor_of(parsed, phrase, anaphors, discourse)
    if found is None:
        return None
    near = parsed.tokens[phrase.start].lower in parsed.lexicon.demonstratives
    founded = is_said_founded(parsed, phrase)
    return replace(found, near=near, founded=founded) if near or founded else found


def is_impersonal(
    parsed: Parse, phrase: Phrase, anaphors: Anaphors, headships: Collection[str]
) -> bool:
    """Whether a pronoun stands for nobody: "il faut", "il s'agit de"; not "il reste PDG".

    Nor does "celui", but with a relative clause that nobody is quoted with: "celui qui dirigeait".
    """
    if anaphors.fixed[parsed.tokens[phrase.start].lower].told:
        quoted = any(start < phrase.start < end for start, end in quotations(parsed))
        return quoted or parsed.category(phrase.end) not in (Category.WHO, Category.RELATIVE)
    after = phrase.end + 1
    token = parsed.tokens[after] if after < len(parsed.tokens) else None
    held = token is not None and (token.preposition or "") in headships
    if held or parsed.category(after) is Category.NOUN or _is_done_there(parsed, phrase.end):
        return False
    following = "".join(f" {token.lower}" for token in parsed.tokens[phrase.end : phrase.end + 4])
    return following.replace("' ", "'").strip().startswith(anaphors.impersonal)


def _is_done_there(parsed: Parse, index: int) -> bool:
    """Whether "y" at `index` is where something was done: "il y avait été recruté"."""
    lexicon, after = parsed.lexicon, index + 2
    if after >= len(parsed.tokens):
        return False
    place = lexicon.place_pronouns.get(parsed.tokens[index].lower, lexicon.genitive)
    had = lexicon.auxiliaries - {lexicon.passive_auxiliary}  # "il y a eu"
    done = parsed.tokens[after]
    return place != lexicon.genitive and done.has_form(Form.PARTICIPLE) and not done.is_verb(had)


def is_said_founded(parsed: Parse, phrase: Phrase) -> bool:
    """Whether it is said to be founded: "Créée par X, la société …", "La société, créée …".

    A description may be the subject of the verb as well: "La société a été créée …".
    """
    if not phrase.pronoun and _is_founded(parsed, _past_auxiliaries(parsed, phrase.end)):
        return True
    if phrase.start > 0 and parsed.category(phrase.start - 1) is Category.COMMA:
        return _is_founded(parsed, 0)
    after = phrase.end
    while parsed.category(after) in (Category.COMMA, Category.ADJECTIVE):
        after += 1
    return _is_founded(parsed, after)


def _past_auxiliaries(parsed: Parse, index: int) -> int:
    """The token behind the auxiliaries of a passive that stand at `index`; else the index."""
    start, passive = index, False
    while parsed.category(index) in (Category.VERB, Category.ADVERB):
        token = parsed.tokens[index]
        if token.category is Category.VERB and not token.is_verb(parsed.lexicon.auxiliaries):
            break
        passive |= token.is_verb(frozenset({parsed.lexicon.passive_auxiliary}))
        index += 1
    return index if passive else start


def _is_founded(parsed: Parse, index: int) -> bool:
    token = parsed.tokens[index] if index < len(parsed.tokens) else None
    if token is None or not token.is_verb(parsed.lexicon.founding):
        return False
    return token.has_form(Form.PARTICIPLE)


def _anaphor_of(
    parsed: Parse, phrase: Phrase, anaphors: Anaphors, discourse: Discourse
) -> Anaphor | None:
    words = lowered(parsed.text(phrase.start, phrase.end))
    following = parsed.tokens[phrase.end].lower if phrase.end < len(parsed.tokens) else ""
    fixed = anaphors.fixed.get(words)
    if fixed is not None and fixed.rank and _goes_on(parsed, phrase.end):
        return None
    if fixed is not None:
        return replace(fixed, country=anaphors.countries.get(following))
    first = parsed.tokens[phrase.start].lower
    if phrase.mention is not None:
        return None
    if _is_resumed(parsed, phrase):
        noun = anaphors.nouns.get(first)
        return replace(noun, last=True, sectors=frozenset()) if noun is not None else None
    if not _is_definite(parsed, phrase):
        return None
    demonym = _demonym(parsed, phrase, anaphors, discourse)
    if demonym is not None:
        return demonym
    several = _several(parsed, phrase, anaphors)
    if several is not None or _is_plural(parsed, phrase, anaphors):
        return several
    nouns = _plain(
        [
            parsed.tokens[i].lower.removeprefix("ex-")
            for i in range(phrase.start, phrase.end)
            if parsed.category(i) in (Category.NOUN, Category.ADJECTIVE)
        ],
        anaphors,
    )
    if first not in parsed.lexicon.demonstratives and _is_anothers(parsed, phrase, anaphors):
        return None
    if nouns[:1] and nouns[0] in anaphors.opening and not _opens(parsed, phrase):
        return None
    said = " ".join([parsed.tokens[phrase.head].lower, *_complement_words(parsed, phrase)])
    if said.startswith(anaphors.not_bodies):
        return None
    gender = anaphors.articles.get(first)
    country = next((anaphors.countries[w] for w in nouns if w in anaphors.countries), None)
    fresh = bool(nouns) and nouns[0] in anaphors.fresh
    nouns = nouns[1:] if fresh and len(nouns) > 1 else nouns
    plain = [noun for noun in nouns if noun not in anaphors.countries]
    origin = next((key for w in nouns if country and (key := anaphors.origins.key(w))), None)
    elsewhere = anaphors.origins.others.get(origin or "", frozenset())
    for length in range(_LONGEST, 0, -1):
        name = " ".join(nouns[:length])
        post = anaphors.roles.get(" ".join(plain[:length])) if length == len(plain) else None
        found = anaphors.nouns.get(name)
        if post is not None and (found is None or _kinds_called(post.nouns, discourse)):
            if _is_of_something(parsed, phrase):
                return None  # "le ministre de la justice" is not any minister
            return replace(post, gender=gender, fresh=fresh)
        if found is not None:
            kinds = found.kinds | _kinds_called(found.nouns, discourse)
            young = name in anaphors.young
            complement = _complement_words(parsed, phrase)
            if (
                len(kinds) > 1
                and complement
                and Kind.PERSON not in _kinds_called(found.nouns, discourse)
            ):
                kinds -= _PERSON  # "le développeur de parcs éoliens" is a company
            sectors = anaphors.sectors_of(complement)
            return replace(
                found,
                relational=found.relational and not (country and name in anaphors.trades),
                kinds=kinds,
                gender=found.gender or (gender if kinds <= _PERSON else None),
                country=country,
                young=young,
                modest=name in anaphors.modest,
                of_a_group=name in anaphors.of_a_group,
                grown=frozenset(anaphors.grown),
                fields=sectors,
                origin=origin,
                elsewhere=elsewhere,
            )
        if (
            length <= len(nouns)
            and name not in anaphors.vague
            and not _is_of_something(parsed, phrase)
        ):
            own = frozenset({name})
            kinds = _kinds_called(own, discourse)
            if kinds:
                gender = None if name in anaphors.epicene else gender
                return Anaphor(kinds, gender=gender, nouns=own, country=country, called=True)
    return None


def _is_resumed(parsed: Parse, phrase: Phrase) -> bool:
    """Whether a bare noun goes on with what was named last: "Une entreprise. Société qu'il a …"."""
    bare = phrase.start == 0 and phrase.end == 1 and parsed.category(0) is Category.NOUN
    return bare and parsed.category(1) in (Category.RELATIVE, Category.WHO)


def _opens(parsed: Parse, phrase: Phrase) -> bool:
    """Whether it opens its sentence as the subject, or points to somebody: "cet homme"."""
    near = parsed.tokens[phrase.start].lower in parsed.lexicon.demonstratives
    return near or (phrase.start == 0 and parsed.verb_follows(phrase.end))


def _plain(nouns: list[str], anaphors: Anaphors) -> list[str]:
    """The words of a description without adjectives that tell nothing: "la petite entreprise"."""
    while len(nouns) > 1 and nouns[0] in anaphors.qualities:
        named = " ".join(nouns[:2])
        if named in anaphors.nouns or named in anaphors.roles:
            break  # "la jeune pousse", "le grand patron"
        nouns = nouns[1:]
    return nouns


def _is_anothers(parsed: Parse, phrase: Phrase, anaphors: Anaphors) -> bool:
    """Whether what follows "de" is somebody: "la marque du groupe", but "le géant du luxe"."""
    owner = parsed.at.get(phrase.end + 1)
    if owner is None or owner.preposition != parsed.lexicon.genitive:
        return False
    words = [token.lower for token in parsed.tokens[owner.start : owner.end]]
    if owner.pronoun or words[0] in parsed.lexicon.possessives:
        return True
    mention = parsed.mention(owner)
    if mention is not None and mention.entity.kind is Kind.ORGANIZATION:
        # "La pépite de la French Tech" is one of them.
        return parsed.tokens[phrase.head].lower not in anaphors.young
    if mention is not None:
        # "La firme de Burbank" is where it is from, "la filiale de Y" is Y's.
        return mention.entity.kind is not None or owner.head != owner.mention
    nouns = [w for w in words if w not in parsed.lexicon.determiners]
    names = {" ".join(nouns[:length]) for length in range(1, _LONGEST + 1)}
    contracted = parsed.tokens[owner.start - 1].lower in parsed.lexicon.contracted
    definite = contracted or words[0] in parsed.lexicon.definite
    return definite and not names.isdisjoint(anaphors.nouns.keys() | anaphors.roles.keys())


def _is_of_something(parsed: Parse, phrase: Phrase) -> bool:
    """Whether it is told apart by a complement: "le club *de la principauté*", not any club."""
    owner = parsed.at.get(phrase.end + 1)
    if owner is None or owner.preposition != parsed.lexicon.genitive or owner.mention is not None:
        return False
    contracted = parsed.tokens[owner.start - 1].lower in parsed.lexicon.contracted
    return contracted or parsed.tokens[owner.start].lower in parsed.lexicon.definite


def _complement_words(parsed: Parse, phrase: Phrase) -> list[str]:
    """The words of the description behind its noun, its complement's included."""
    end = phrase.end
    owner = parsed.at.get(end + 1)
    if owner is not None and owner.preposition == parsed.lexicon.genitive:
        end = owner.end
    return [token.lower for token in parsed.tokens[phrase.head + 1 : end]]


def _is_plural(parsed: Parse, phrase: Phrase, anaphors: Anaphors) -> bool:
    """Whether it is said of several, nobody knows how many: "les start-up", "aux groupes"."""
    before = parsed.tokens[phrase.start - 1].lower if phrase.start else ""
    return not anaphors.plural_articles.isdisjoint({parsed.tokens[phrase.start].lower, before})


def _several(parsed: Parse, phrase: Phrase, anaphors: Anaphors) -> Anaphor | None:
    """ "Les deux constructeurs", "ces trois chercheurs": as many as are said, of one kind."""
    words = [token.lower for token in parsed.tokens[phrase.start : phrase.end]]
    if words[0] not in anaphors.plural_articles or len(words) < 3:
        return None
    number = anaphors.numbers.get(words[1])
    if number is None:
        return None
    for length in range(_LONGEST, 0, -1):
        noun = " ".join(word.removesuffix("s") for word in words[2 : 2 + length])
        found = anaphors.nouns.get(noun)
        if found is None and noun in anaphors.roles:
            found = Anaphor(_PERSON)
        if found is not None and length <= len(words) - 2:
            country = next((anaphors.countries.get(w.removesuffix("s")) for w in words[3:]), None)
            return Anaphor(found.kinds, number, sectors=found.sectors, country=country)
    return None


def _is_definite(parsed: Parse, phrase: Phrase) -> bool:
    if parsed.tokens[phrase.start].lower in parsed.lexicon.definite:
        return True
    before = parsed.tokens[phrase.start - 1] if phrase.start else None
    return before is not None and before.lower.split()[-1] in parsed.lexicon.contracted


def _goes_on(parsed: Parse, after: int) -> bool:
    """Whether "le premier" goes on: "le premier à partir", "la seconde de ces deux filiales"."""
    token = parsed.tokens[after] if after < len(parsed.tokens) else None
    return token is not None and token.preposition in (parsed.lexicon.genitive, "à")


def _demonym(
    parsed: Parse, phrase: Phrase, anaphors: Anaphors, discourse: Discourse
) -> Anaphor | None:
    """ "L'Italien" is a person, "l'italien" a company: French writes peoples with a capital."""
    determined = parsed.tokens[phrase.start].lower in parsed.lexicon.definite
    if phrase.end - phrase.start != 1 + determined:
        return None
    token = parsed.tokens[phrase.end - 1]
    word = token.lower
    *others, last = word.split("-")
    if word not in anaphors.countries and not (others and last in anaphors.countries):
        return None
    person = token.text[0].isupper()
    country = anaphors.countries.get(word)  # "franco-belge" has no one country
    article = anaphors.articles.get(parsed.tokens[phrase.start].lower)
    gender = anaphors.demonym_genders.get(word, anaphors.demonym_genders.get(last, article))
    if article is not None and gender != article:
        return None  # "la Suisse" is a country, "le Suisse" a person
    origin = anaphors.origins.key(word)
    if person and not _is_bodys(origin, discourse):
        people = any(
            entity.kind is Kind.PERSON and gender_of(entity) in (None, gender)
            for entity in discourse.times
        )
        if people:  # else "Le Français avait racheté Y": the French firm
            return Anaphor(_PERSON, gender=gender, country=country)
    elsewhere = anaphors.origins.others.get(origin or "", frozenset())
    told = any(entity.origin == origin for entity in discourse.times) if origin else False
    return Anaphor(
        _COMPANY,
        country=country,
        demonym=True,
        origin=origin if told else None,
        elsewhere=elsewhere,
    )


def _is_bodys(origin: str | None, discourse: Discourse) -> bool:
    """Whether only bodies were told to be from a town or region: "la Rennaise" is one of them."""
    from_there = {entity.kind for entity in discourse.times if origin and entity.origin == origin}
    return bool(from_there) and Kind.PERSON not in from_there


def _kinds_called(nouns: Collection[str], discourse: Discourse) -> frozenset[Kind]:
    """The kinds of what the article has named so far and calls by one of these nouns."""
    return frozenset(
        entity.kind
        for entity in discourse.times
        if entity.called and entity.kind is not None and is_called_by(entity, nouns)
    )
