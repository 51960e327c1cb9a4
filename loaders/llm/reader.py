"""The reader that asks a language model."""

from __future__ import annotations

import hashlib
import json
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING, Any, Final, Self

from graph.model import Article, Reading
from loaders.errors import LlmAnswerError, LlmError
from loaders.llm.answer import PROMPT_VERSION, messages, reading_of, response_format
from loaders.llm.cache import AnswerCache

if TYPE_CHECKING:
    from openai import OpenAI

_MILLION: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the model is, and how it is asked.

    Parameters
    ----------
    concurrency
        Requests at once.
    retries
        How often a request is made again after 429, 5xx or no answer, with growing pauses.
    price_in, price_out
        What a million tokens cost, of the question and of the answer.
    """

    url: str
    model: str
    key: str = "none"
    concurrency: int = 4
    retries: int = 4
    timeout_s: float = 120.0
    price_in: float = 0.0
    price_out: float = 0.0


@dataclass
class Usage:
    """What reading has taken so far."""

    requests: int = 0
    cached: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    """What the model said that is not believed, by the reason."""

    def cost(self, endpoint: Endpoint) -> float:
        """In the currency of the endpoint's prices."""
        paid = self.tokens_in * endpoint.price_in + self.tokens_out * endpoint.price_out
        return paid / _MILLION


class LlmReader:
    """Reads through an endpoint that speaks OpenAI's protocol, with structured output.

    Raises
    ------
    LlmError
        From reading, when no answer comes or none that can be used; the message says what to do.
    """

    def __init__(self, endpoint: Endpoint, cache: AnswerCache | None = None) -> None:
        self.endpoint = endpoint
        self.name = f"llm-{PROMPT_VERSION}-{endpoint.model}".replace("+", "-")
        self.usage = Usage()
        self._cache = cache or AnswerCache()
        self._lock = threading.Lock()
        self._threads = ThreadPoolExecutor(endpoint.concurrency, "llm")
        self._client = _client(endpoint)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._threads.shutdown(cancel_futures=True)
        self._client.close()
        self._cache.close()

    def read(self, article: Article) -> Reading:
        """The entities and claims of one article."""
        asked = messages(article)
        key = self._key(asked)
        answer = self._cache.get(key)
        if answer is None:
            answer = self._ask(asked)
            reading = self._believed(answer, article)
            self._cache.put(key, answer)  # only what has the right form is worth keeping
            return reading
        with self._lock:
            self.usage.cached += 1
        return self._believed(answer, article)

    def read_many(self, articles: Iterable[Article]) -> Iterator[Reading]:
        """Readings in the order of the articles, several requests at once."""
        return self._threads.map(self.read, articles)

    def _believed(self, answer: str, article: Article) -> Reading:
        dropped: Counter[str] = Counter()
        reading = reading_of(answer, article, self.name, dropped)
        with self._lock:
            self.usage.dropped.update(dropped)
        return reading

    def _key(self, asked: list[dict[str, str]]) -> str:
        whole = json.dumps([self.endpoint.url, self.endpoint.model, PROMPT_VERSION, asked])
        return hashlib.sha256(whole.encode()).hexdigest()

    def _ask(self, asked: list[dict[str, str]]) -> str:
        import openai

        form: Any = response_format()
        told: Any = asked
        try:
            done = self._client.chat.completions.create(
                model=self.endpoint.model, messages=told, response_format=form, temperature=0
            )
        except openai.APIStatusError as error:
            raise LlmError(_status_message(error.status_code, self.endpoint)) from error
        except openai.APITimeoutError as error:
            raise LlmError(
                f"the model took longer than {self.endpoint.timeout_s:g} s; raise the setting "
                "MERCATO_LLM_TIMEOUT_S"
            ) from error
        except (openai.APIError, ValueError) as error:
            raise LlmError(
                f"{self.endpoint.url} does not answer as a model does: {error}; check the setting "
                "MERCATO_LLM_URL"
            ) from error
        usage = getattr(done, "usage", None)
        with self._lock:
            self.usage.requests += 1
            self.usage.tokens_in += getattr(usage, "prompt_tokens", None) or 0
            self.usage.tokens_out += getattr(usage, "completion_tokens", None) or 0
        choices = getattr(done, "choices", None)
        if not choices:
            raise LlmAnswerError("the model's answer is empty; try again")
        if choices[0].finish_reason == "length":
            raise LlmAnswerError("the model's answer was cut off; give it a longer context")
        if choices[0].finish_reason == "content_filter" or choices[0].message.refusal:
            raise LlmAnswerError("the model refused to read this article")
        return str(choices[0].message.content or "")


def _client(endpoint: Endpoint) -> OpenAI:
    try:
        from openai import OpenAI
    except ImportError as error:
        raise LlmError("it needs the openai client: pip install 'mercato[llm]'") from error
    return OpenAI(
        base_url=endpoint.url,
        api_key=endpoint.key,
        max_retries=endpoint.retries,
        timeout=endpoint.timeout_s,
    )


def _status_message(status: int, endpoint: Endpoint) -> str:
    hints = {
        401: "check the setting MERCATO_LLM_KEY",
        403: "check the setting MERCATO_LLM_KEY",
        404: "check the settings MERCATO_LLM_URL and MERCATO_LLM_MODEL",
        429: "lower MERCATO_LLM_CONCURRENCY, or try later with --retry-errors",
    }
    hint = hints.get(status, "try later with --retry-errors")
    return f"{endpoint.url} answers with status {status} for {endpoint.model}; {hint}"
