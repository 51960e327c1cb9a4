"""The OpenAPI description of the API as a file: ``python -m api.description docs/openapi.json``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from api.app import create_app
from api.settings import load_settings


def description() -> str:
    """The description as JSON text; it is the same whatever the settings are."""
    openapi = create_app(load_settings()).openapi()
    return json.dumps(openapi, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(description(), encoding="utf-8")
