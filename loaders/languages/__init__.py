"""What each language knows, as data: one folder per language, one YAML file per subject.

The code that applies the knowledge is generic, so that another language is another folder.
"""

from __future__ import annotations

import functools
from importlib.resources import files
from typing import Any, Final

import yaml

_SAFE_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@functools.cache
def language_data(language: str, name: str) -> dict[str, Any]:
    """The contents of ``<language>/<name>.yaml``, read once per process.

    The same object is handed to every caller: treat it as read-only.

    Raises
    ------
    LookupError
        If there is no such language, or the language has no file of this name.
    ValueError
        If the file holds anything but a mapping at its top level.
    """
    if not (language.isidentifier() and name.isidentifier()):
        raise LookupError(f"no language data is called {language!r}/{name!r}")
    resource = files(__name__).joinpath(language, f"{name}.yaml")
    try:
        text = resource.read_text(encoding="utf-8")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise LookupError(
            f"the language {language!r} has no {name}.yaml; known languages: "
            + ", ".join(known_languages())
        ) from error
    data = yaml.load(text, Loader=_SAFE_LOADER)  # noqa: S506 - one of the two safe loaders
    if not isinstance(data, dict):
        raise ValueError(f"{language}/{name}.yaml must hold a mapping, not {type(data).__name__}")
    return data


@functools.cache
def known_languages() -> tuple[str, ...]:
    """Codes of the languages that have a folder here, in alphabetical order."""
    return tuple(
        sorted(
            entry.name
            for entry in files(__name__).iterdir()
            if entry.is_dir() and any(child.name.endswith(".yaml") for child in entry.iterdir())
        )
    )
