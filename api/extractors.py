"""Which reader reads: the frames that ship, a language model, or both."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

from api.console import say
from api.reading import readers
from api.render import counted
from api.settings import Settings, SettingsError
from loaders.llm.both import Agreement, BothReaders
from loaders.llm.cache import AnswerCache
from loaders.llm.reader import Endpoint, LlmReader
from loaders.reader import Reader

_CACHE: Final = "llm-answers.sqlite"


class Extractor(StrEnum):
    """What reads articles."""

    FRAMES = "frames"
    LLM = "llm"
    BOTH = "both"


@contextlib.contextmanager
def chosen_reader(
    extractor: Extractor, settings: Settings, processes: int, gazetteers: Sequence[Path]
) -> Iterator[Reader]:
    """The reader that the user has chosen; what a model took and said is told at the end.

    Raises
    ------
    SettingsError
        If a model is asked for and the settings do not say where it is.
    """
    if extractor is Extractor.FRAMES:
        with readers(processes, gazetteers) as reader:
            yield reader
        return
    endpoint = _endpoint(settings)
    with LlmReader(endpoint, AnswerCache(settings.data_dir / _CACHE)) as model:
        try:
            if extractor is Extractor.LLM:
                yield model
                return
            with readers(processes, gazetteers) as frames:
                both = BothReaders(frames, model)
                yield both
                _tell_agreement(both.agreement)
        finally:
            _tell_usage(model)


def _endpoint(settings: Settings) -> Endpoint:
    if settings.llm_url is None or settings.llm_model is None:
        raise SettingsError(
            "a model is asked for: set MERCATO_LLM_URL and MERCATO_LLM_MODEL (docs/llm.md)"
        )
    return Endpoint(
        settings.llm_url,
        settings.llm_model,
        settings.llm_key.get_secret_value() if settings.llm_key else "none",
        concurrency=settings.llm_concurrency,
        timeout_s=settings.llm_timeout_s,
        price_in=settings.llm_price_in,
        price_out=settings.llm_price_out,
    )


def _tell_usage(model: LlmReader) -> None:
    usage = model.usage
    cost = usage.cost(model.endpoint)
    say(
        f"Model: {counted(usage.requests, 'request')}, {usage.cached:,} answers from the cache, "
        f"{usage.tokens_in:,} tokens in, {usage.tokens_out:,} out"
        + (f", {cost:.4f} at the prices that are set." if cost else ".")
    )
    for reason, number in usage.dropped.most_common():
        say(f"Dropped: {number:,} with {reason}.", "yellow")


def _tell_agreement(agreement: Agreement) -> None:
    both, frames, model = agreement.both, agreement.first, agreement.second
    for name in sorted({*both, *frames, *model}):
        say(
            f"{name}: {both[name]:,} by both, {frames[name]:,} by the frames alone, "
            f"{model[name]:,} by the model alone"
        )
