"""Whoever adds a service is told where it must be named, so that every house rule holds for it too."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from gateway.proxy.route_table import ROUTES
from tests.architecture.apps import APPS

CHECKOUT = Path(__file__).resolve().parents[2]
SERVICES = sorted(
    path.parent.name for path in (CHECKOUT / "services").glob("*/__init__.py") if path.parent.name != "kernel"
)
PARTS = ("settings.py", "app.py", "wsgi.py", "cli.py", "domain", "db", "routes", "schemas", "usecases")


def contracts() -> dict[str, dict[str, Any]]:
    """The import contracts by name."""
    with (CHECKOUT / "pyproject.toml").open("rb") as file:
        told = tomllib.load(file)["tool"]["importlinter"]["contracts"]
    return {contract["name"]: contract for contract in told}


def test_there_are_services() -> None:
    assert SERVICES


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_in_every_import_contract(name: str) -> None:
    package, found = f"services.{name}", contracts()
    assert package in found["The kernel knows no service"]["forbidden_modules"]
    assert package in found["Siblings meet over HTTP or events"]["modules"]
    assert package in found["Inside a service everything points at the domain"]["containers"]
    assert f"{package}.domain" in found["The domain is pure"]["source_modules"]
    schemas = found["Schemas know only the domain"]
    assert f"{package}.schemas" in schemas["source_modules"]
    assert {f"{package}.db", f"{package}.usecases"} <= set(schemas["forbidden_modules"])


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_put_together_and_reached_through_the_door(name: str) -> None:
    assert name in APPS
    assert name in set(ROUTES.values())


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_has_its_parts_where_a_reader_looks_for_them(name: str) -> None:
    folder = CHECKOUT / "services" / name
    assert [part for part in PARTS if not (folder / part).exists()] == []
