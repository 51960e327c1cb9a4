"""Made-up names that are as alike, and as unlike, as names of the press: the same in every run.

People share first names, the common ones often, and less often family names; some companies bear
the word of their trade besides a name of their own. The words are put together from French
beginnings, vowels and endings, some short and some long, so that few of them are nearly the same.
"""

from __future__ import annotations

import random
from itertools import accumulate

from graph.identity import normalise
from graph.model import EntityRef, Kind


def _each(words: str) -> tuple[str, ...]:
    return tuple(words.split())


_FIRST_NAMES = _each(
    """
    Marie Jean Pierre Michel Nathalie Isabelle Philippe Sylvie Alain Catherine Nicolas Christophe
    Laurent Sophie Julien Sandrine Thomas Céline Frédéric Valérie David Stéphane Julie Camille
    Alexandre Antoine Claire Guillaume Pauline Maxime Laura Romain Sarah Vincent Anne Mathieu Hélène
    Kevin Léa Hugo Emma Lucas Manon Louis Chloé Nadia Karim Fatima Mohamed Samir Inès Yasmine Amadou
    Mei Kenji Priya Arjun Elena Dimitri Ingrid Lars Giulia Marco Carmen Diego Aïcha Youssef Rania
    Jean-Luc Jean-Marc Anne-Sophie Marie-Laure Odile Geneviève Bertrand Édouard Gaëlle Ronan Maëlys
    Thibault Solène Corentin Élodie Quentin Aurélie Benoît Delphine Fabrice Ghislaine Henri Irène
    Jacques Krystel Ludovic Mireille Norbert Ophélie Patrice Roselyne Serge Tiphaine Ulysse Violette
    Wassim Xavier Yannick Zoé
    """
)
_STARTS = _each(
    """
    b br bl c ch cl cr d dr f fl fr g gr gu gl h j k kr l m n p ph pl pr qu r s st t tr v vr w y z
    """
)
_VOWELS = _each("a a a e e é è i i o o u ou ai au an en in on oi eu ia io ie")
_BETWEEN = _each(
    """
    b c ch d dr f g l ll m mm n nn p r rr s ss t tt v z rt rd rm rn lm lt mb mp nd nt gn st sp ct x
    """
)
_ENDS = _each(
    """
    ard aud eau el elle er et ette eux ez ic ier ière in is it ieu on ot oux ois ais al an and ant
    ec en ent ert as at ault ax ex ix ox ux or our u y a o i ia éa io éo um us
    """
)
_TRADES = _each(
    """
    Énergie Santé Capital Technologies Conseil Finance Média Groupe Industries Robotique Assurances
    Logistique Aéro Biotech Mobilité Immobilier Distribution Systèmes Partenaires Analytique
    """
)
_BODIES = ("Institut", "Université", "Fondation", "Agence", "Observatoire", "Fédération")
_FLATTENED = 40
"""How many of the commonest family names and first names are about equally common."""
_SURNAMES = 0.4
"""Family names for each person."""


def refs(kind: Kind, count: int) -> list[EntityRef]:
    """Entities of a kind with names of their own; two sorts of kinds may share a name."""
    luck = random.Random(kind.value)
    if kind is Kind.PERSON:
        surnames = [_word(luck) for _ in range(max(10, int(count * _SURNAMES)))]
        shares = _shares(surnames)
        first_shares = _shares(_FIRST_NAMES)
    taken: set[str] = set()
    found: list[EntityRef] = []
    while len(found) < count:
        match kind:
            case Kind.PERSON:
                first = luck.choices(_FIRST_NAMES, cum_weights=first_shares)[0]
                name = f"{first} {luck.choices(surnames, cum_weights=shares)[0]}"
            case Kind.COMPANY:
                name = _company(luck)
            case Kind.ORGANIZATION:
                name = f"{luck.choice(_BODIES)} {_word(luck)}"
            case Kind.PRODUCT:
                name = f"{_word(luck)} {luck.randrange(1, 10)}.{luck.randrange(10)}"
        if (normal := normalise(name, kind)) not in taken:
            taken.add(normal)
            found.append(EntityRef(name=name, kind=kind))
    return found


def _company(luck: random.Random) -> str:
    chance = luck.random()
    if chance < 0.6:
        return _word(luck)
    if chance < 0.8:
        return f"{_word(luck)} {luck.choice(_TRADES)}"
    return f"{_word(luck)} {_word(luck)}"


def _word(luck: random.Random) -> str:
    """One of two to four syllables."""
    word = luck.choice(_STARTS) if luck.random() < 0.85 else ""
    for _ in range(luck.choices((1, 2, 3), (45, 45, 10))[0]):
        word += luck.choice(_VOWELS) + luck.choice(_BETWEEN)
    return (word + luck.choice(_ENDS)).capitalize()


def _shares(names: tuple[str, ...] | list[str]) -> list[float]:
    return list(accumulate(1 / (rank + _FLATTENED) for rank in range(len(names))))
