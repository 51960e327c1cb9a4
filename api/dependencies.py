"""What routes ask for by the type of a parameter."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Final, Self

from fastapi import Depends, Path, Request
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from api.examples import CLAIM_ID, HIRING, META, NEW_ARTICLE, SOURCE
from api.services import Services
from api.settings import Settings
from graph.model import MAX_NAME_LENGTH
from graph.paging import MAX_CURSOR_LENGTH, MAX_LIMIT
from graph.store import Store
from graph.times import Held, When
from loaders.reader import Reader

MAX_ID_LENGTH: Final = 300
MAX_SECTOR_LENGTH: Final = 100
MAX_KEY_LENGTH: Final = MAX_ID_LENGTH + 20
_ISO_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}")
_NO_CONTROL: Final = r"^[^\x00-\x1f\x7f]+$"


async def _services(request: Request) -> Services:
    services: Services = request.app.state.services
    return services


async def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings


ServicesDep = Annotated[Services, Depends(_services)]
SettingsDep = Annotated[Settings, Depends(_settings)]


async def _store(services: ServicesDep) -> Store:
    return services.store


async def _reader(services: ServicesDep) -> Reader:
    return services.reader


StoreDep = Annotated[Store, Depends(_store)]
ReaderDep = Annotated[Reader, Depends(_reader)]

EntityId = Annotated[
    str,
    Path(
        max_length=MAX_ID_LENGTH,
        pattern=_NO_CONTROL,
        description="Id of an entity, as the search gives it.",
        examples=[META.id],
    ),
]
RelationshipId = Annotated[
    str,
    Path(
        max_length=MAX_ID_LENGTH,
        pattern=_NO_CONTROL,
        description="Id of a relationship.",
        examples=[HIRING],
    ),
]
ClaimId = Annotated[
    str,
    Path(
        max_length=MAX_ID_LENGTH,
        pattern=_NO_CONTROL,
        description="Id of a claim.",
        examples=[CLAIM_ID],
    ),
]
SourceKey = Annotated[
    str,
    Path(
        max_length=MAX_KEY_LENGTH,
        pattern=_NO_CONTROL,
        description="Key of a source, as claims show it; it may hold slashes.",
        examples=[SOURCE],
    ),
]
ArticleId = Annotated[
    str,
    Path(
        max_length=MAX_ID_LENGTH,
        pattern=_NO_CONTROL,
        description="Id of an article; it may hold slashes.",
        examples=[NEW_ARTICLE["id"]],
    ),
]


def _iso_day(value: object) -> object:
    # pydantic would take a number for seconds since 1970: 2025 would become a day of that year.
    if isinstance(value, str) and not _ISO_DAY.fullmatch(value):
        raise ValueError("write a day as 2025-02-04")
    if isinstance(value, int | float):
        raise ValueError("write a day as a string, such as 2025-02-04")
    return value


Day = Annotated[dt.date, BeforeValidator(_iso_day)]
"""A day, written as 2025-02-04 and not otherwise."""

QueryId = Annotated[str, Field(max_length=MAX_ID_LENGTH, pattern=_NO_CONTROL)]
QuerySource = Annotated[str, Field(max_length=MAX_KEY_LENGTH, pattern=_NO_CONTROL)]
QuerySector = Annotated[str, Field(max_length=MAX_SECTOR_LENGTH, pattern=_NO_CONTROL)]
QueryName = Annotated[str, Field(max_length=MAX_NAME_LENGTH, pattern=_NO_CONTROL)]


class Asked(BaseModel):
    """Base of a route's query parameters: one that the route does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class KnownAsked(Asked):
    """As of which day."""

    known_at: Day | None = Field(
        default=None,
        description="Only what the press had said by this day; an article without a date counts "
        "from the day it was loaded. All that is known now, when left out.",
        examples=["2099-12-31"],
    )


class WhenAsked(KnownAsked):
    """At what time a relationship held, and as of which day."""

    valid_at: Day | None = Field(
        default=None, description="Only what held on this day.", examples=["2025-07-08"]
    )
    valid_from: Day | None = Field(
        default=None,
        description="Only what held on some day from this one on.",
        examples=["2025-01-01"],
    )
    valid_to: Day | None = Field(
        default=None,
        description="Only what held on some day up to this one.",
        examples=["2025-12-31"],
    )
    held: list[Held] = Field(
        default=[Held.CERTAINLY, Held.POSSIBLY],
        description="Which answers pass, where a time is asked about. The press is vague: what "
        "began by then and had not ended, as far as days are told, held `certainly`; what its "
        "days exclude did not hold (`no`); everything else `possibly` did. An end that no article "
        "dates leaves that side open.",
        examples=[["certainly", "possibly"]],
    )

    @model_validator(mode="after")
    def _one_time(self) -> Self:
        if self.valid_at and (self.valid_from or self.valid_to):
            raise ValueError("valid_at goes without valid_from and valid_to")
        if self.valid_from and self.valid_to and self.valid_from > self.valid_to:
            raise ValueError("valid_from is after valid_to")
        return self

    def when(self) -> When:
        """The same, as look-ups take it."""
        return When(
            valid_from=self.valid_at or self.valid_from,
            valid_to=self.valid_at or self.valid_to,
            held=frozenset(self.held),
            known_at=self.known_at,
        )


class PageAsked(Asked):
    """Which page of a listing."""

    cursor: str | None = Field(
        default=None,
        max_length=MAX_CURSOR_LENGTH,
        description="`next_cursor` of the page before; with the same filters.",
        examples=["WyI0ZjUzY2RhMThjMmIiLCJjb21wYW55LWFwcGxlIl0"],
    )
    limit: int = Field(
        default=50, ge=1, le=MAX_LIMIT, description="Items on the page at most.", examples=[20]
    )
