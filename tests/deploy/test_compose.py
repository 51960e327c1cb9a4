"""The files for Docker, as far as they can be held to something without Docker."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.settings import PREFIX, Settings
from deploy.neo4j.server import DATABASE, SETTINGS

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
COMPOSE = DEPLOY / "compose.yaml"
SERVICES: dict[str, dict[str, Any]] = yaml.safe_load(COMPOSE.read_text("utf-8"))["services"]


def test_the_compose_file_is_what_the_compose_specification_allows() -> None:
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*check, str(COMPOSE)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_check_finds_a_mistake(tmp_path: Path) -> None:
    wrong = tmp_path / "compose.yaml"
    wrong.write_text(COMPOSE.read_text("utf-8").replace("healthcheck:", "healthchek:"), "utf-8")
    check = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.compose-spec"]
    done = subprocess.run([*check, str(wrong)], capture_output=True, text=True, check=False)
    assert "healthchek" in done.stdout


def test_every_port_is_published_on_this_machine_only() -> None:
    ports = [port for service in SERVICES.values() for port in service["ports"]]
    assert ports == ["127.0.0.1:7474:7474", "127.0.0.1:7687:7687", "127.0.0.1:8000:8000"]


def test_the_password_comes_from_the_environment_and_has_no_default() -> None:
    values = re.findall(r"\$\{MERCATO_PASSWORD([^}]*)\}", COMPOSE.read_text("utf-8"))
    assert len(values) == 2
    assert all(value.startswith(":?") for value in values)


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_says_whether_it_is_well(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


def test_the_server_in_a_container_is_set_as_the_one_without() -> None:
    prefix = "NEO4J_"
    settings = {
        variable.removeprefix(prefix)
        .replace("__", "\0")
        .replace("_", ".")
        .replace("\0", "_"): value
        for variable, value in SERVICES["neo4j"]["environment"].items()
    }
    assert settings.pop("AUTH").startswith("neo4j/")
    own = {"server.default_listen_address", "server.https.enabled", "db.logs.query.enabled"}
    memory = {name for name in {*settings, *SETTINGS} if name.startswith("server.memory.")}
    assert {name: value for name, value in settings.items() if name not in memory} == {
        name: value for name, value in SETTINGS.items() if name not in own | memory
    }
    assert settings["initial.dbms.default_database"] == DATABASE


def test_the_service_in_a_container_is_given_settings_that_there_are() -> None:
    names = SERVICES["mercato"]["environment"]
    assert {name.removeprefix(PREFIX).lower() for name in names} <= set(Settings.model_fields)


def test_the_image_is_given_every_file_that_it_copies() -> None:
    lines = (DEPLOY / "Dockerfile").read_text("utf-8").splitlines()
    copied = [line for line in lines if re.match(r"COPY (?!--from)", line)]
    sources = {name for line in copied for name in line.split()[1:-1]}
    allowed = (DEPLOY / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    assert len(sources) == 10
    for name in sources:
        assert (DEPLOY.parent / name).exists()
        assert f"!{name.split('/')[0]}" in allowed
