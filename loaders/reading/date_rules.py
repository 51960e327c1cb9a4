"""How one language says times: its ``dates.yaml``, compiled once per process."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from typing import Any, Final, Literal

from loaders.languages import language_data
from loaders.reading.numbers import NumberGrammar, alternatives, match_digits, number_grammar
from loaders.reading.patterns import GAP, any_of, ending, expand, whole

Relation = Literal["moment", "start", "end", "duration"]

_YEAR: Final = r"(?:1[5-9]|20)[0-9]{2}(?![0-9])"
_DAY: Final = r"(?:0?[1-9]|[12][0-9]|3[01])(?![0-9])(?:er)?"
_GROUP: Final = re.compile(r"\(\?P<([a-z_]+)>")


@dataclass(frozen=True, slots=True)
class DateRule:
    """One rule of ``dates.yaml``: how it is reckoned, and under which conditions it counts."""

    kind: str
    relation: Relation = "moment"
    weak: bool = False
    lower: bool = False
    not_bare: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many units words stand for: between `low` and `high`; `vague` if they give no number."""

    low: float
    high: float
    vague: bool = False


class DateRules:
    """What ``dates.yaml`` says, as one compiled expression over folded text."""

    def __init__(self, language: str) -> None:
        data: dict[str, Any] = language_data(language, "dates")
        numbers = language_data(language, "numbers")
        self.data = data
        self.grammar: NumberGrammar = number_grammar(language)
        self.months: dict[str, int] = data["months"]
        self.collectives: dict[str, int] = numbers["collectives"]
        self.units = {
            word: unit
            for unit, words in data["units"].items()
            for word in (*words["counted"], *words["alone"])
        }
        self._macros = self._make_macros()
        self._compile_rules()
        self._compile_context()

    def _make_macros(self) -> dict[str, str]:
        data = self.data
        month = alternatives(self.months)
        word = self.grammar.starters
        collective = alternatives(self.collectives)
        quantity = (
            rf"[0-9]{{1,4}}|(?:{word}){GAP}(?:\w{{4,8}}{GAP})?(?:{collective}){GAP}(?:de{GAP}|d')"
            rf"|{any_of(data['vague'])}"
            rf"|{self.grammar.sequence}"
        )
        approx = any_of(data["approx"])
        counted = [word for words in data["units"].values() for word in words["counted"]]
        alone = [word for words in data["units"].values() for word in words["alone"]]
        divisions = data["divisions"]
        named = {
            "month": month,
            "month_to": month,
            "weekday": alternatives(data["weekdays"]),
            "season": alternatives(data["seasons"]),
            "part": alternatives(data["parts"]),
            "unit": alternatives(alone),
            "units": alternatives(counted),
            "last": any_of(data["last"]),
            "next": any_of(data["next"]),
            "ordinal": alternatives(data["ordinals"]),
            "division": alternatives(name for name in divisions if len(name) > 1),
            "division_letter": alternatives(name for name in divisions if len(name) == 1),
            "quantity": quantity,
            "half": rf"(?:{GAP}{expand(data['half'])})?",
            "day": _DAY,
            "day_to": _DAY,
            "year": _YEAR,
            "year_to": _YEAR,
            "year_last": any_of(data["year_last"]),
            "year_next": any_of(data["year_next"]),
            "month_number": r"(?:1[0-2]|0?[1-9])(?![0-9])",
            "decade": r"(?:(?:1[5-9]|20)[0-9]0|[3-9]0)(?![0-9])",
        }
        macros = {name: f"(?P<{name}>{expression})" for name, expression in named.items()}
        macros |= {
            "this": alternatives(data["this"]),
            "daypart": any_of(data["dayparts"]),
            "roughly": rf"(?:{approx}(?:(?<=')|{GAP})){{0,2}}",
            "time": expand(data["time"]),
        }
        return macros | {
            name: rf"{any_of(words)}(?:(?<=')|{GAP})" for name, words in data["macros"].items()
        }

    def _compile_rules(self) -> None:
        data = self.data
        words = {word: _as_mapping(entry) for word, entry in data["days"].items()}
        self.day_words = {word: tuple(entry["days"]) for word, entry in words.items()}
        self.slack: dict[str, int] = data["slack"]
        self.rules: list[DateRule] = []
        sources: list[str] = []
        for word, entry in sorted(words.items(), key=lambda item: len(item[0]), reverse=True):
            self.rules.append(DateRule("word", entry.get("relation", "moment"), word=word))
            sources.append(expand(re.escape(word).replace(r"\ ", " ").replace(r"\-", "-")))
        for rule in data["rules"]:
            options = {key: value for key, value in rule.items() if key not in {"as", "like"}}
            self.rules.append(DateRule(rule["as"], **options))
            sources.append(expand(rule["like"], self._macros))
        self._names: list[dict[str, str]] = []
        parts = []
        for index, source in enumerate(sources):
            names = {name: f"{name}_{index}" for name in _GROUP.findall(source)}
            self._names.append(names)
            suffixed = _GROUP.sub(lambda match: f"(?P<{names[match[1]]}>", source)  # noqa: B023
            parts.append(f"(?P<rule_{index}>{suffixed})")
        self.pattern = re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)")

    def _compile_context(self) -> None:
        data = self.data
        macros = {"of_alone": any_of(data["macros"]["of"])}
        articles = any_of(data["articles"], macros)
        gap = rf"(?:(?<=')|{GAP})"
        self.introducers = [
            (
                meaning,
                re.compile(rf"(?<!\w){any_of(words, macros)}{gap}(?:{articles}{gap})?\Z"),
            )
            for meaning, words in data["introducers"].items()
        ]
        self.pairs = [
            (
                re.compile(rf"(?<!\w)(?:{expand(pair['before'])}){gap}\Z")
                if pair["before"]
                else None,
                re.compile(rf"{GAP}?(?:{expand(pair['between'])}){GAP}?"),
            )
            for pair in data["pairs"]
        ]
        self.future = re.compile(whole(any_of(data["future"])))
        past, glue = any_of(data["past"]), any_of(data["past_glue"])
        self.past = re.compile(whole(past))
        self.done = ending(rf"{past}(?:{GAP}{glue})?")
        self.not_year = re.compile(rf"{GAP}?{any_of(data['not_years'])}(?!\w)")
        self.past_preferred: float = data["past_preferred"]
        self.past_preferred_beside_verb: float = data["past_preferred_beside_verb"]
        self._triggers = frozenset(
            token
            for word in (
                *self.months,
                *data["weekdays"],
                *data["seasons"],
                *data["units"],
                *self.units,
                *self.day_words,
            )
            for token in re.findall(r"\w+", word)[-1:]
        )
        self._token = re.compile(r"[^\W\d]+|[0-9]{4}")

    def mentions_time(self, folded: str) -> bool:
        """Whether a word about time is there at all: a cheap test that spares the rest."""
        tokens = self._token.findall(folded)
        return not self._triggers.isdisjoint(tokens) or any(token.isdigit() for token in tokens)

    def rule_of(
        self, match: re.Match[str]
    ) -> tuple[DateRule, dict[str, str], dict[str, tuple[int, int]]]:
        """The rule that `match` is of, its groups that took part, and their places."""
        index = int((match.lastgroup or "rule_0").removeprefix("rule_"))
        names = self._names[index]
        texts = {name: text for name, group in names.items() if (text := match[group])}
        return self.rules[index], texts, {name: match.span(names[name]) for name in texts}

    def month_of(self, word: str) -> int:
        """The number of the month that `word` names, in full or shortened."""
        return self.months[word]

    def count_of(self, words: str, unit: str) -> Count | None:
        """How many `unit` words such as "deux", "12", "quelques", "une dizaine de" stand for."""
        words = " ".join(words.split())
        if vague := self.data["vague"].get(words):
            low, high = vague.get(unit, vague["else"])
            return Count(low, high, vague=True)
        number = match_digits(words) or self.grammar.match(words)
        if number is None:
            return None
        value = float(number.value)
        collective = next((self.collectives[w] for w in words.split() if w in self.collectives), 0)
        if collective:
            return Count(value * collective * 0.8, value * collective * 1.2, vague=True)
        return Count(value, value) if number.end == len(words) else None


def _as_mapping(entry: Any) -> dict[str, Any]:
    return entry if isinstance(entry, dict) else {"days": entry}


@functools.cache
def date_rules(language: str) -> DateRules:
    """The rules of `language`, compiled once per process."""
    return DateRules(language)
