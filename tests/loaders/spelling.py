"""A speller of French numbers, written apart from the reader that is tested with it.

Its own word is not taken: a test holds it to the spellings of another project.
"""

from __future__ import annotations

_UNITS = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize",
]  # fmt: skip
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}
_SCALES = [(10**9, "milliard"), (10**6, "million")]


def spell(number: int) -> str:
    """`number`, below 10**12, in the French of France and the older spelling."""
    if number == 0:
        return "zéro"
    words = []
    for scale, name in _SCALES:
        count, number = divmod(number, scale)
        if count:
            words.append(f"{_below_thousand(count)} {name}{'s' if count > 1 else ''}")
    thousands, rest = divmod(number, 1000)
    if thousands == 1:
        words.append("mille")
    elif thousands:
        # Before "mille", "vingt" and "cent" stay without their s.
        words.append(
            f"{_below_thousand(thousands).removesuffix('s')} mille"
            if _plural(thousands)
            else f"{_below_thousand(thousands)} mille"
        )
    if rest:
        words.append(_below_thousand(rest))
    return " ".join(words)


def _plural(number: int) -> bool:
    return number % 100 == 80 or (number >= 200 and number % 100 == 0)


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    if not hundreds:
        return _below_hundred(rest)
    cent = "cent" if hundreds == 1 else f"{_UNITS[hundreds]} cent{'' if rest else 's'}"
    return f"{cent} {_below_hundred(rest)}" if rest else cent


def _below_hundred(number: int) -> str:
    if number < 17:
        return _UNITS[number]
    if number < 20:
        return f"dix-{_UNITS[number - 10]}"
    if number < 70:
        ten, unit = divmod(number, 10)
        join = {0: "", 1: " et un"}.get(unit, f"-{_UNITS[unit]}")
        return _TENS[ten] + join
    if number < 80:
        return "soixante et onze" if number == 71 else f"soixante-{_below_hundred(number - 60)}"
    return "quatre-vingts" if number == 80 else f"quatre-vingt-{_below_hundred(number - 80)}"
