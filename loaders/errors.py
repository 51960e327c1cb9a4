"""Errors of the loaders package.

::

    LoaderError
    ├── ArticleError              a text that cannot become an article
    │   ├── EmptyArticleError     it holds no text
    │   ├── ArticleTooLongError   it is longer than the limit
    │   ├── BinaryContentError    it is not text at all
    │   ├── EncodingError         it is text in an encoding that is not read
    │   └── FieldError            one of its fields holds what it may not; has `field`
    │       └── FutureDateError   it claims to be published after today
    ├── ClusterError              a cluster that is not there, is lost, or gives up
    ├── DataFileError             a data file (a gazetteer) is not of its form; has `line`, `field`
    ├── LlmError                  a language model gives no reading; try again
    │   └── LlmAnswerError        it answers, but with nothing that can be used
    └── SourceError               a path that cannot be read
        ├── SourceMissingError    nothing is there, or it vanished while being read
        ├── SourceForbiddenError  the permissions do not allow reading it
        ├── NoArticlesError       a folder that holds no article
        └── WebError              an address of the web that gives no article
            ├── RefusedAddressError     it may not be read: not public, or no address of a page
            ├── ForbiddenByRobotsError  its site asks not to read it
            ├── ResponseError           the site says that there is nothing; has `status`
            ├── UnreachableError        no sound answer comes
            ├── TooSlowError            the answer takes too long
            └── TooLargeError           the answer is too long

Every message says what happened and what to do next. Errors of one article never end a stream:
sources hand them on as `loaders.sources.files.SourceFailure`.
"""

from __future__ import annotations


class LoaderError(Exception):
    """Base of every error that the loaders package raises on purpose."""


class ArticleError(LoaderError, ValueError):
    """A text that cannot become an article."""


class EmptyArticleError(ArticleError):
    """An article without text, or with nothing but white space."""


class ArticleTooLongError(ArticleError):
    """An article longer than the limit."""


class BinaryContentError(ArticleError):
    """Content that is not text: it holds NUL characters, or begins as a known binary format."""


class EncodingError(ArticleError):
    """Text in an encoding that is not read."""


class ClusterError(LoaderError):
    """A cluster that cannot be reached, is lost, or gives up."""


class FieldError(ArticleError):
    """A field of an article holds what it may not.

    Parameters
    ----------
    field
        Its name, as the source writes it.
    problem
        What is wrong with it, and what to write instead.
    """

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem

    def __reduce__(self) -> tuple[type[FieldError], tuple[str, str]]:
        return type(self), (self.field, self.problem)


class FutureDateError(FieldError):
    """An article that claims to be published after today."""


class DataFileError(LoaderError, ValueError):
    """A data file, such as a gazetteer, is not of the documented form.

    Parameters
    ----------
    path
        The file, as the user named it.
    problem
        What is wrong there.
    line, field
        Where in the file: the line, from 1, and the field; None where that does not apply.
    """

    def __init__(
        self, path: str, problem: str, *, line: int | None = None, field: str | None = None
    ) -> None:
        place = path if line is None else f"{path}, line {line}"
        super().__init__(f"{place}: {field}: {problem}" if field else f"{place}: {problem}")
        self.path = path
        self.problem = problem
        self.line = line
        self.field = field

    def __reduce__(self) -> tuple[object, ...]:
        return _data_file_error, (self.path, self.problem, self.line, self.field)


def _data_file_error(path: str, problem: str, line: int | None, field: str | None) -> DataFileError:
    return DataFileError(path, problem, line=line, field=field)


class LlmError(LoaderError):
    """A language model gives no reading of an article."""


class LlmAnswerError(LlmError):
    """A language model answers with nothing that can be used."""


class SourceError(LoaderError):
    """A path that cannot be read."""


class SourceMissingError(SourceError):
    """Nothing is at the path, or it vanished while being read."""


class SourceForbiddenError(SourceError):
    """The permissions of the path do not allow reading it."""


class NoArticlesError(SourceError):
    """A folder that holds no article."""


class WebError(SourceError):
    """An address of the web that gives no article."""


class RefusedAddressError(WebError):
    """An address that may not be read: it is not public, or no address of a page."""


class ForbiddenByRobotsError(WebError):
    """An address that its site asks not to read."""


class ResponseError(WebError):
    """The site says that there is nothing to read.

    Parameters
    ----------
    status
        The HTTP status of its answer.
    problem
        What is wrong, where the status alone does not say it.
    """

    def __init__(self, status: int, problem: str | None = None) -> None:
        super().__init__(problem or f"the site answers with status {status}")
        self.status = status
        self.problem = problem

    def __reduce__(self) -> tuple[type[ResponseError], tuple[int, str | None]]:
        return type(self), (self.status, self.problem)


class UnreachableError(WebError):
    """No sound answer comes: no such name, no connection, a broken response."""


class TooSlowError(WebError):
    """The answer takes longer than a request may."""


class TooLargeError(WebError):
    """The answer is longer than is accepted."""
