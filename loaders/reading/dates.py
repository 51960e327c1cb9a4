"""Dates, periods and durations in running text."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Final

from loaders.reading import calendar as cal
from loaders.reading.calendar import Period
from loaders.reading.date_resolution import Resolver, Tense, Words
from loaders.reading.date_rules import DateRule, DateRules, Relation, date_rules
from loaders.reading.folding import flatten, lower

__all__ = ["FoundDate", "Relation", "find_dates"]

_ANY_DAY: Final = dt.date(2000, 6, 15)
"""For telling which words are a time where no day of publication is known; none is reckoned so."""
_FROM_ANOTHER: Final = frozenset({"later", "earlier", "same"})
_INTRODUCER_WINDOW: Final = 40
_VERB_WINDOW: Final = 100
_SENTENCE_END: Final = re.compile(r"[.!?;…](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A time that the text names: ``article[start:end] == text``.

    `earliest` and `latest` bound it, both included; None leaves that side open, and is both where
    the words need a day of publication that is not known. `relation` says
    what the words make of it: when something happened ("moment"), since when ("start"), until
    when ("end"), or for how long ("duration": about `days` days, and no bounds). `until` is the
    end of what begins then, where the reader has put the two together: "de 2011 à 2016". `yearly`
    tells that the year is left to the reader: "en mars".
    """

    start: int
    end: int
    text: str
    earliest: dt.date | None
    latest: dt.date | None
    relation: Relation
    days: int | None = None
    until: FoundDate | None = None
    yearly: bool = False


def find_dates(
    text: str,
    published: dt.date | None = None,
    language: str = "fr",
    date_before: Callable[[], FoundDate | None] | None = None,
) -> list[FoundDate]:
    """The times that `text` names, in order of appearance.

    `date_before` tells the last one before the text, from which "deux ans plus tard" is reckoned.

    What is reckoned from the article's publication ("hier", "il y a deux ans", a day without
    its year) has no bounds where `published` is None: the words are a time all the same.

    >>> [(d.earliest, d.relation) for d in find_dates("chez Apple depuis le 4 février 2025")]
    [(datetime.date(2025, 2, 4), 'start')]

    Raises
    ------
    LookupError
        If the language has no ``dates.yaml``.
    """
    rules = date_rules(language)
    flat = flatten(text)
    folded = lower(flat)
    if not rules.mentions_time(folded):
        return []
    found = _Search(rules, text, flat, folded, published or _ANY_DAY, date_before).run()
    if published is not None or not found:
        return found
    known = {d.start: d for d in _Search(rules, text, flat, folded, None, date_before).run()}
    return [_with_bounds_of(known.get(date.start), date) for date in found]


def _with_bounds_of(known: FoundDate | None, date: FoundDate) -> FoundDate:
    """A time found as if the day were known, with what is known of it without."""
    if date.relation == "duration":
        return date
    if known is None or known.end != date.end:
        return replace(date, earliest=None, latest=None)
    return replace(date, earliest=known.earliest, latest=known.latest)


@dataclass(slots=True)
class _Hit:
    """One time on the way to be understood. `core` is where it begins without its introducer."""

    core: int
    end: int
    words: Words
    period: Period | None
    relation: Relation
    days: int | None = None
    start: int = field(default=-1)
    supported: bool = True

    def __post_init__(self) -> None:
        self.start = self.core


class _Search:
    """One pass over one text, from left to right."""

    def __init__(
        self,
        rules: DateRules,
        text: str,
        flat: str,
        folded: str,
        published: dt.date | None,
        date_before: Callable[[], FoundDate | None] | None,
    ) -> None:
        self.rules, self.text, self.flat, self.folded = rules, text, flat, folded
        self.published, self.date_before = published, date_before
        self.named: Period | None = None
        self.resolver = Resolver(rules, published)

    def run(self) -> list[FoundDate]:
        hits: list[_Hit] = []
        for match in self.rules.pattern.finditer(self.folded):
            rule, groups, places = self.rules.rule_of(match)
            if self._counts(rule, match, places):
                hits += self._hits(match, Words(rule, groups, self._tense(match)), places)
                self.named = next((h.period for h in reversed(hits) if h.period), self.named)
        end = 0
        for hit in hits:
            if hit.relation == "moment":
                self._introduce(hit, end)
            end = hit.end
        for first, second in itertools.pairwise(hits):
            self._pair(first, second)
        return [
            FoundDate(
                start=hit.start,
                end=hit.end,
                text=self.text[hit.start : hit.end],
                earliest=hit.period.earliest if hit.period else None,
                latest=hit.period.latest if hit.period else None,
                relation=hit.relation,
                days=hit.days,
                yearly=hit.words.implies_year,
            )
            for hit in hits
            if hit.supported and (hit.period or hit.days)
        ]

    def _counts(
        self, rule: DateRule, match: re.Match[str], places: dict[str, tuple[int, int]]
    ) -> bool:
        """Whether what surrounds the match allows it to be a time."""
        if rule.lower:
            named = places.get("month") or places.get("season") or match.span()
            if self.flat[named[0]].isupper():
                return False
        if rule.not_bare and self.folded.startswith(rule.not_bare, match.start()):
            return False
        counted = rule.kind in {"year", "years"}
        return not (counted and self.rules.not_year.match(self.folded, match.end()))

    def _hits(
        self, match: re.Match[str], words: Words, places: dict[str, tuple[int, int]]
    ) -> list[_Hit]:
        rule = words.rule
        start, end = match.span()
        if rule.kind == "duration":
            days = self.resolver.duration(words)
            return [_Hit(start, end, words, None, "duration", days)]
        if rule.kind in _FROM_ANOTHER:
            return [_Hit(start, end, words, self.resolver.apart(words, self._anchor()), "moment")]
        periods = self.resolver.periods(words)
        if len(periods) == 1:
            return [_Hit(start, end, words, periods[0], rule.relation, supported=not rule.weak)]
        first_end = (places.get("month") or places.get("day") or places["year"])[1]
        second_start = (places.get("day_to") or places["year_to"])[0]
        return [
            _Hit(start, first_end, words, periods[0], "start"),
            _Hit(second_start, end, words, periods[1], "end"),
        ]

    def _anchor(self) -> Period | None:
        """The time named last, here or before the text."""
        if self.named is None and self.date_before is not None:
            found = self.date_before()
            if found is not None and (found.earliest or found.latest):
                return Period(found.earliest, found.latest)
        return self.named

    def _tense(self, match: re.Match[str]) -> Tense:
        """What the verbs say that stand in the same sentence, not far away."""
        start, end = max(0, match.start() - _VERB_WINDOW), match.end() + _VERB_WINDOW
        for limit in _SENTENCE_END.finditer(self.flat, start, match.start()):
            start = limit.end()
        if stop := _SENTENCE_END.search(self.flat, match.end(), end):
            end = stop.start()
        if self.rules.future.search(self.flat, start, end):
            return Tense.FUTURE
        if self.rules.done.search(self.flat, start, match.start()):
            return Tense.DONE
        past = self.rules.past.search(self.flat, start, end)
        return Tense.PAST if past else Tense.UNKNOWN

    def _introduce(self, hit: _Hit, since: int) -> None:
        """Take in the words right before `hit` that say what the time is: "depuis", "d'ici"."""
        window = max(since, hit.core - _INTRODUCER_WINDOW)
        found = [
            (match.start(), meaning)
            for meaning, pattern in self.rules.introducers
            if (match := pattern.search(self.folded, window, hit.core))
        ]
        if not found:
            return
        # The one that begins first holds the others: "pas avant" is no "avant".
        hit.start, meaning = min(found)
        hit.supported = True
        if meaning in {"start", "since"}:
            hit.relation = "start"
            begins, now = hit.period.earliest if hit.period else None, self.published
            if meaning == "since" and begins and now and begins > now:
                hit.period = self.resolver.periods(hit.words, now)[0]
        elif meaning == "end":
            hit.relation = "end"
        elif hit.period is not None:
            hit.period = self._limited(meaning, hit.period, "part" in hit.words.groups)

    def _limited(self, meaning: str, period: Period, part: bool) -> Period | None:
        earliest, latest = period.earliest, period.latest
        if earliest is None or latest is None:
            return None
        if meaning == "after":
            return Period(cal.shift_days(latest, 1), None)
        if meaning == "not_before":
            return Period(earliest, None)
        # "avant la fin de l'année": the whole of that end is still in time.
        limit = latest if meaning == "by" or part else cal.shift_days(earliest, -1)
        now = self.published
        return Period(now if meaning == "by" and now and now <= limit else None, limit)

    def _pair(self, first: _Hit, second: _Hit) -> None:
        """Make two times a beginning and an end, where the words around them say so."""
        if first.relation == "moment" and second.relation == "end":
            # "de 2015 jusqu'en 2019": nothing between the two but a gap.
            if first.period and not self.folded[first.end : second.start].strip():
                first.relation, first.supported = "start", True
            return
        if first.relation not in {"moment", "start"} or second.relation != "moment":
            return
        if second.period is None or second.period.latest is None:
            return
        for before, between in self.rules.pairs:
            if not between.fullmatch(self.folded, first.end, second.start):
                continue
            start = max(0, first.core - _INTRODUCER_WINDOW)
            if before and not before.search(self.folded, start, first.core):
                continue
            period = first.period
            if first.words.implies_year:
                period = self.resolver.periods(first.words, second.period.latest)[0]
            if period and period.earliest and period.earliest <= second.period.latest:
                first.period, first.relation, first.supported = period, "start", True
                second.relation, second.supported = "end", True
            return
