"""Errors of the graph package.

::

    GraphError
    ├── ModelError            a claim, amount or date that the ontology does not allow
    ├── EngineError           the embedded engine could not start, or stopped
    │   └── EngineInUseError  another process owns the data folder
    ├── StoreError            the database could not be reached or refused a statement
    │   ├── StoreUnavailableError
    │   │   └── StoreFullError   the disk has no room for what is to be written
    │   ├── StoreAuthError
    │   ├── QueryError        a statement that the user wrote is wrong
    │   ├── QueryTimeoutError a statement ran longer than allowed
    │   ├── WriteForbiddenError  a reader tried to write
    │   ├── StoreVersionError    the server is too old
    │   └── SchemaVersionError   the store was made by a newer version
    ├── DecisionError         two entities that cannot be merged, or a decision undone twice
    ├── IngestError
    │   └── ArticleConflictError  another article already has this id
    ├── CopyError             a copy of the graph that is not equal to the original
    ├── ExportError           something that the form of an export cannot hold
    ├── MissingLibraryError   what an extra brings is not installed
    ├── CursorError           a cursor that belongs to no page, or to another listing
    ├── PathSearchError       a search for paths that would look at too much of the graph
    └── NotFoundError         no entity, article, claim or fact has this id

Every message says what happened and what to do next.
"""


class GraphError(Exception):
    """Base of every error that the graph package raises on purpose."""


class ModelError(GraphError, ValueError):
    """A value that the ontology does not allow."""


class EngineError(GraphError):
    """The embedded engine could not start, or stopped."""


class EngineInUseError(EngineError):
    """Another process owns the data folder."""


class StoreError(GraphError):
    """The database could not be reached or refused a statement."""


class StoreUnavailableError(StoreError):
    """Nothing answers at the store's address."""


class StoreFullError(StoreUnavailableError):
    """The disk that holds the store has no room left; nothing of the write was stored."""


class StoreAuthError(StoreError):
    """The store refused the user or the password."""


class QueryError(StoreError):
    """A Cypher statement that the user wrote is wrong."""


class QueryTimeoutError(StoreError):
    """A statement ran longer than the store allows."""


class WriteForbiddenError(StoreError):
    """A reader tried to write."""


class StoreVersionError(StoreError):
    """The server is too old for the statements of this version of mercato."""


class SchemaVersionError(StoreError):
    """The store holds a schema newer than this version of mercato knows."""


class DecisionError(GraphError):
    """Two entities cannot be merged, or a decision cannot be undone."""


class IngestError(GraphError):
    """An article could not be stored."""


class ArticleConflictError(IngestError):
    """Another article, from another place, already has this id."""


class CopyError(GraphError):
    """A copy of the graph differs from the original."""


class ExportError(GraphError):
    """The graph holds something that the form of an export cannot."""


class MissingLibraryError(GraphError):
    """A library is needed that mercato does not bring by itself, but one of its extras does."""

    def __init__(self, what: str, library: str, *, extra: str) -> None:
        super().__init__(f"{what} needs {library}; install it with pip install 'mercato[{extra}]'")


class CursorError(GraphError, ValueError):
    """A cursor that belongs to no page, or to a listing with other filters."""


class PathSearchError(GraphError):
    """A search for paths would have to look at too much of the graph."""


class NotFoundError(GraphError):
    """No entity, article, claim or fact has this id."""
