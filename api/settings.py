"""Settings: everything that can be set from outside, as ``MERCATO_…`` environment variables.

`docs/settings.md` has the table; a test keeps it complete.
"""

from __future__ import annotations

import difflib
import ipaddress
import os
from collections.abc import Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import Annotated, Any, Final, Literal, Self

import platformdirs
from pydantic import (
    AfterValidator,
    Field,
    IPvAnyNetwork,
    SecretStr,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX: Final = "MERCATO_"

Port = Annotated[int, Field(ge=0, le=65535)]
"""A TCP port; 0 lets the system choose a free one."""


Folder = Annotated[Path, AfterValidator(lambda path: path.expanduser().absolute())]
"""A folder, made absolute; ``~`` is the user's home."""


RATE: Final = r"^[1-9][0-9]{0,5}/(second|minute|hour|day)$"
"""The form of a rate, such as ``600/minute``."""

Origin = Annotated[str, StringConstraints(pattern=r"^https?://[A-Za-z0-9.:\[\]-]+$")]
"""Where a page comes from: scheme, host and port, without a path."""


class SettingsError(Exception):
    """A setting has a value that it cannot have; the message names it and says what it may be."""


def default_data_dir() -> Path:
    """Where the embedded engine keeps its files unless told otherwise.

    In a clone this is its ``data`` folder, so that the clone and its graph stay together; for an
    installed mercato it is the place that the platform gives to a user's data.
    """
    clone = Path(__file__).resolve().parent.parent
    if (clone / "pyproject.toml").is_file():
        return clone / "data"
    return platformdirs.user_data_path("mercato", appauthor=False)


def is_loopback(host: str) -> bool:
    """Whether `host` can be reached from this machine only."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


class Settings(BaseSettings):
    """What the service and the command line are told from outside.

    Raises
    ------
    pydantic.ValidationError
        If a value is wrong; `load_settings` turns it into a `SettingsError` that a user can read.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, hide_input_in_errors=True
    )

    data_dir: Folder = Field(
        default_factory=default_data_dir,
        description="Folder of the embedded engine: graph, passwords, engine log.",
    )
    uri: Annotated[str, StringConstraints(pattern=r"^(bolt|neo4j)(\+s|\+ssc)?://.+$")] | None = (
        Field(
            default=None,
            description="Bolt address of a Neo4j server to use instead of the embedded engine.",
            examples=["neo4j+s://graph.example.org"],
        )
    )
    user: str | None = Field(default=None, description="User at `uri`; needs the right to write.")
    password: SecretStr | None = Field(default=None, description="Password of `user`.")
    reader_user: str | None = Field(
        default=None,
        description="User at `uri` that may only read; runs the Cypher that users write.",
    )
    reader_password: SecretStr | None = Field(
        default=None, description="Password of `reader_user`."
    )
    database: Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9.-]{2,62}$")] = Field(
        default="mercato",
        description="Database to use. Neo4j Community has only the one named `neo4j`.",
        examples=["neo4j"],
    )
    host: str = Field(default="127.0.0.1", description="Address that the HTTP service listens on.")
    port: Port = Field(default=8000, description="Port of the HTTP service; 0 takes any free port.")
    require_key: bool = Field(
        default=False,
        description="Ask for a key on a loopback address too. On any other `host` one is always "
        "asked for; `mercato keys add` makes it.",
    )
    rate_limit: Annotated[str, StringConstraints(pattern=RATE)] = Field(
        default="600/minute",
        description="Requests of one key in a time: `10/second`, `600/minute`, `5000/hour`. A key "
        "may have a rate of its own.",
        examples=["600/minute"],
    )
    cors_origins: Annotated[tuple[Origin, ...], NoDecode] = Field(
        default=(),
        description="Sites whose pages may ask the service from a browser, with commas between "
        "them. No other site may.",
        examples=["https://press.example.org"],
    )
    bolt_port: Port = Field(
        default=7687, description="Bolt port of the embedded engine; 0 takes any free port."
    )
    heap: Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]*[mgMG]$")] = Field(
        default="1g",
        description="Memory of the embedded engine, as `512m` or `2g`.",
        examples=["2g"],
    )
    command_timeout_s: float = Field(
        default=30.0, gt=0, le=3600, description="Seconds after which a query is stopped."
    )
    networkx_backend: str | None = Field(
        default=None,
        description="Backend of networkx that is installed, and computes who is central where it "
        "can.",
        examples=["parallel"],
    )
    gazetteers: Annotated[tuple[Folder, ...], NoDecode] = Field(
        default=(),
        description="Gazetteer files of your own, with the system's separator of paths between "
        "them (`:`, on Windows `;`).",
        examples=["brewers.yaml:ships.csv"],
    )
    max_article_chars: int = Field(
        default=200_000,
        ge=1,
        le=1_000_000,
        description="Longest article that is accepted, in characters.",
    )
    max_upload_mb: int = Field(
        default=64,
        ge=1,
        le=10_000,
        description="Megabytes of the largest load that may be sent in over HTTP.",
    )
    service: Annotated[str, StringConstraints(pattern=r"^https?://.+$")] | None = Field(
        default=None,
        description="Address of a running service that commands ask instead of opening the graph.",
        examples=["http://127.0.0.1:8000"],
    )
    service_key: SecretStr | None = Field(default=None, description="Key for that service.")
    web_agent: Annotated[str, StringConstraints(pattern=r"^mercato[ -~]{0,190}$")] = Field(
        default="mercato/0.1 (reads articles into a graph of claims)",
        description="What the loader calls itself on the web. Begins with mercato; add an "
        "address where its user can be reached.",
        examples=["mercato/0.1 (+https://example.org/about)"],
    )
    web_delay_s: float = Field(
        default=1.0,
        ge=0,
        le=3600,
        description="Seconds between two requests to one site; its robots.txt may ask for more.",
    )
    web_timeout_s: float = Field(
        default=30.0, gt=0, le=3600, description="Seconds that one request to a site may take."
    )
    web_allow: Annotated[tuple[IPvAnyNetwork, ...], NoDecode] = Field(
        default=(),
        description="Networks that may be read although they are not public, such as an "
        "intranet, with commas between them.",
        examples=["10.1.0.0/16"],
    )
    llm_url: Annotated[str, StringConstraints(pattern=r"^https?://.+$")] | None = Field(
        default=None,
        description="Endpoint of a language model that speaks OpenAI's protocol.",
        examples=["http://127.0.0.1:8080/v1"],
    )
    llm_model: str | None = Field(default=None, description="Name of the model there.")
    llm_key: SecretStr | None = Field(default=None, description="Key for the endpoint.")
    llm_concurrency: int = Field(
        default=4, ge=1, le=64, description="Requests to the model at once."
    )
    llm_timeout_s: float = Field(
        default=120.0, gt=0, le=3600, description="Seconds that one answer may take."
    )
    llm_price_in: float = Field(
        default=0.0, ge=0, description="Price of a million tokens of the question, for the account."
    )
    llm_price_out: float = Field(
        default=0.0, ge=0, description="Price of a million tokens of the answer."
    )
    browser_jar: Folder | None = Field(
        default=None,
        description="Jar of Neo4j Browser, whose page the service shows at `/browser`; without "
        "it, the one in `deploy/neo4j/target/lib`.",
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="warning", description="How much is logged to standard error."
    )

    @field_validator("web_allow", "cors_origins", mode="before")
    @classmethod
    def _listed(cls, given: object) -> object:
        return given.replace(",", " ").split() if isinstance(given, str) else given

    @field_validator("networkx_backend")
    @classmethod
    def _installed(cls, given: str | None) -> str | None:
        there = sorted(entry_points(group="networkx.backends").names)
        if given is not None and given not in there:
            raise ValueError(
                f"no such backend is installed, but {', '.join(there) or 'none'}; install one, "
                "such as nx-parallel, or leave it out"
            )
        return given

    @field_validator("gazetteers", mode="before")
    @classmethod
    def _parted(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        return [path for path in given.split(os.pathsep) if path]

    @model_validator(mode="after")
    def _user_and_password_together(self) -> Self:
        for user, password, name in (
            (self.user, self.password, ""),
            (self.reader_user, self.reader_password, "READER_"),
        ):
            if (user is None) != (password is None):
                raise ValueError(
                    f"{PREFIX}{name}USER and {PREFIX}{name}PASSWORD go together: set both or none"
                )
        return self

    @property
    def asks_for_keys(self) -> bool:
        """Whether the service lets nobody in without a key."""
        return self.require_key or not is_loopback(self.host)

    def store_arguments(self) -> dict[str, Any]:
        """The arguments of `graph.connect.open_store` that open the graph of these settings."""
        secret = self.password.get_secret_value() if self.password else None
        reader_secret = self.reader_password.get_secret_value() if self.reader_password else None
        return {
            "data_dir": self.data_dir,
            "uri": self.uri,
            "user": self.user,
            "password": secret,
            "database": self.database,
            "reader_user": self.reader_user,
            "reader_password": reader_secret,
            "heap": self.heap,
            "command_timeout_s": self.command_timeout_s,
        }


def load_settings(**overrides: Any) -> Settings:
    """Read the settings from the environment; an override that is not None wins.

    Raises
    ------
    SettingsError
        If a value is wrong; the message names the variable and never shows a secret.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsError("\n".join(_readable(problem) for problem in error.errors())) from None


def _readable(problem: Mapping[str, Any]) -> str:
    if not problem["loc"]:
        return str(problem["ctx"]["error"])
    field = str(problem["loc"][0])
    message = problem["msg"][:1].lower() + problem["msg"][1:]
    if problem["type"] == "string_pattern_mismatch":
        example = next(iter(Settings.model_fields[field].examples or ()))
        message = f"does not have the form of, for example, {example}"
    return f"{PREFIX}{field.upper()}: {message}"


def unknown_variables(environ: Mapping[str, str] | None = None) -> dict[str, str | None]:
    """Variables that look like settings and are none, each with the nearest that is one."""
    known = [name.upper() for name in Settings.model_fields]
    return {
        variable: next(
            (PREFIX + near for near in difflib.get_close_matches(name, known, n=1)), None
        )
        for variable in sorted(environ if environ is not None else os.environ)
        if variable.startswith(PREFIX) and (name := variable.removeprefix(PREFIX)) not in known
    }
