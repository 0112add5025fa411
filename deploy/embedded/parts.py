"""The parts of a running suite: what each is started with, what it may know, and in which order they stop."""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from deploy.embedded import valkey
from deploy.embedded.composition import ALL_SERVICES, GATEWAY, INNER_SERVICES, Service
from deploy.embedded.environment import all_settings_info, base_environment, part_environment
from deploy.embedded.folders import Folders
from deploy.embedded.ports import HeldPort
from deploy.embedded.settings import LauncherSettings
from deploy.embedded.supervision.part import Part
from deploy.embedded.web_server import gunicorn_command

# The door closes first, then those behind it, the queue last. Together the graces stay below ten seconds.
DOOR, ROOMS, CELLAR = 0, 1, 2
DOOR_GRACE, ROOMS_GRACE, CELLAR_GRACE = 3.5, 3.5, 1.5


def valkey_part(settings: LauncherSettings, folders: Folders, port: int, password: str) -> Part:
    """The built-in Valkey; writes its configuration. Raises Fault where no program is bundled."""
    configuration = folders.valkey / "valkey.conf"
    valkey.write_configuration(
        configuration, port=port, password=password, folder=folders.valkey, fsync=settings.valkey_fsync
    )
    command = (str(valkey.find_program()), str(configuration))
    return Part("valkey", command, base_environment(), stop_rank=CELLAR, grace=CELLAR_GRACE)


def preparing_part(told: Mapping[str, str], folders: Folders) -> Part:
    """The task that migrates, loads the centre and seeds: for all services at once, then it is gone."""
    environment = part_environment(told, ALL_SERVICES) | {"CAMP_DATA": str(folders.data)}
    return Part("setup", _module("deploy.embedded.setup"), environment, stop_rank=ROOMS, grace=2.0)


def frontend_part() -> Part:
    """The task that installs the front-end libraries; npm and pip get the user's own environment."""
    ours = {info.name for info in all_settings_info()}
    environment = {name: text for name, text in os.environ.items() if name not in ours} | base_environment()
    return Part(
        "frontend", _module("deploy.embedded.setup.frontend"), environment, stop_rank=ROOMS, grace=2.0
    )


def suite_parts(
    told: Mapping[str, str], settings: LauncherSettings, folders: Folders, ports: Mapping[str, HeldPort]
) -> list[Part]:
    """Everything that runs besides Valkey. `ports`: by service name."""
    with_jobs = [service for service in ALL_SERVICES if service.has_jobs]
    job_environment = part_environment(told, with_jobs)
    parts = [
        _web_part(service, told, settings, folders, ports[service.name])
        for service in (*INNER_SERVICES, GATEWAY)
    ]
    for name in ("relay", "worker"):
        command = _module(f"deploy.embedded.{name}")
        parts.append(Part(name, command, job_environment, stop_rank=ROOMS, grace=ROOMS_GRACE))
    return parts


def _web_part(
    service: Service,
    told: Mapping[str, str],
    settings: LauncherSettings,
    folders: Folders,
    port: HeldPort,
) -> Part:
    metrics = folders.metrics(service.name)
    _make_empty(metrics)
    command = gunicorn_command(
        service.wsgi,
        host=port.host,
        port=port.port,
        processes=settings.web_processes if service.wide else 1,
        threads=settings.web_threads,
    )
    environment = part_environment(told, [service]) | {"PROMETHEUS_MULTIPROC_DIR": str(metrics)}
    if service is GATEWAY:
        return Part(service.name, command, environment, stop_rank=DOOR, grace=DOOR_GRACE)
    return Part(service.name, command, environment, stop_rank=ROOMS, grace=ROOMS_GRACE)


def _make_empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def _module(name: str) -> tuple[str, ...]:
    return (sys.executable, "-P", "-m", name)
