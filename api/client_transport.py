"""How the client asks a service: its connections, and what can go wrong.

::

    ClientError
        RefusedError            the service answers with a problem, which is its `problem`
            MissingError        nothing has this id
        UnreachableError        no service answers
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any, Final, Self, TypeVar
from urllib.parse import quote

import httpx
from pydantic import BaseModel, TypeAdapter, ValidationError

from api.answers import LoadView
from api.problems import Problem
from graph.errors import NotFoundError, StoreUnavailableError
from graph.views import Page

Model = TypeVar("Model", bound=BaseModel)

_TIMEOUT_S: Final = 120.0


class ClientError(OSError):
    """The service gave no answer that can be used; the message says why."""


class RefusedError(ClientError):
    """The service answers with a problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(
            "; ".join(
                [problem.detail]
                + [f"{each.field}: {each.message}" for each in problem.errors if each.field]
            )
        )
        self.problem = problem


class MissingError(RefusedError, NotFoundError):
    """Nothing has this id."""


class UnreachableError(ClientError, StoreUnavailableError):
    """No service answers."""


class Connection:
    """Asks one service, and reads its answers into models."""

    def __init__(
        self,
        url: str = "http://127.0.0.1:8000",
        key: str | None = None,
        *,
        timeout_s: float = _TIMEOUT_S,
    ) -> None:
        self.url = url.rstrip("/")
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        try:
            self._http = httpx.Client(base_url=self.url, headers=headers, timeout=timeout_s)
        except (httpx.InvalidURL, ValueError) as error:
            raise UnreachableError(f"{url!r} is no address of a service: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close its connections."""
        self._http.close()

    def _get(self, path: str, model: type[Model], query: Mapping[str, Any] | None = None) -> Model:
        return self._send("GET", path, model, params=as_asked(query or {}))

    def _page(self, path: str, item: type[Model], query: Mapping[str, Any]) -> Page[Model]:
        answer = self._answer("GET", path, params=as_asked(query))
        return _read(Page[item], answer)  # type: ignore[valid-type]

    def _send(self, method: str, path: str, model: type[Model], **options: Any) -> Model:
        return _read(model, self._answer(method, path, **options))

    def _again(self, path: str, options: Callable[[], dict[str, Any]]) -> LoadView:
        try:
            return self._send("POST", path, LoadView, **options())
        except UnreachableError:
            return self._send("POST", path, LoadView, **options())

    def _answer(self, method: str, path: str, **options: Any) -> httpx.Response:
        try:
            response = self._http.request(method, path, **options)
        except httpx.HTTPError as error:
            raise self._unreachable(error) from error
        _check(response)
        return response

    @contextlib.contextmanager
    def _streamed(self, method: str, path: str, **options: Any) -> Iterator[httpx.Response]:
        try:
            with self._http.stream(method, path, **options) as response:
                if response.is_error:
                    response.read()
                _check(response)
                yield response
        except httpx.HTTPError as error:
            raise self._unreachable(error) from error

    def _unreachable(self, error: httpx.HTTPError) -> UnreachableError:
        why = str(error).removeprefix("[Errno 111] ") or type(error).__name__
        return UnreachableError(f"no service answers at {self.url}: {why}")


def _check(response: httpx.Response) -> None:
    if not response.is_success:
        try:
            found = response.json()
        except ValueError as error:
            raise ClientError(f"HTTP {response.status_code}, and not by mercato") from error
        raise refusal(found)


def refusal(found: object) -> ClientError:
    """The error that a problem document is."""
    try:
        problem = Problem.model_validate(found)
    except ValidationError:
        return ClientError("the answer is not one of mercato's")
    kind = MissingError if problem.type.endswith("/not-found") else RefusedError
    return kind(problem)


def _read(model: type[Model], response: httpx.Response) -> Model:
    try:
        return model.model_validate_json(response.content)
    except ValidationError as error:
        raise ClientError("the answer is not one of this version of mercato") from error


def events(lines: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Names and data of server-sent events; each of ours has one line of data."""
    name = ""
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield name, line.removeprefix("data: ")


_ANY: Final = TypeAdapter(Any)


def plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as JSON has them; those that are None are left out."""
    given = {name: value for name, value in fields.items() if value is not None}
    plain: dict[str, Any] = _ANY.dump_python(given, mode="json")
    return plain


def as_asked(query: Mapping[str, Any]) -> dict[str, Any]:
    """The query's parameters as they are written in an address."""
    return {name: value for name, value in plain(query).items() if value != []}


def in_path(id_: str) -> str:
    """An id as a part of a path."""
    return quote(id_, safe="/")
