"""Checks of the running instance: its port, its queue, and what each service says of itself."""

from collections.abc import Iterator, Mapping

from deploy.embedded import valkey
from deploy.embedded.checks.finding import Finding
from deploy.embedded.composition import INNER_SERVICES
from deploy.embedded.faults import Fault
from deploy.embedded.instance import Instance
from deploy.embedded.ports import hold_public_port
from deploy.embedded.readiness import ask_readiness
from deploy.embedded.settings import LauncherSettings


def check_running(
    settings: LauncherSettings, instance: Instance, told: Mapping[str, str]
) -> Iterator[Finding]:
    """Whether the port can be had, or, where the instance runs, whether it is well."""
    if instance.is_running():
        yield from _parts(instance, told)
        return
    yield Finding("suite", "not running; ./camp up starts it")
    yield _port(settings)
    if settings.redis_url:
        yield _queue(told)


def _port(settings: LauncherSettings) -> Finding:
    try:
        hold_public_port(settings.host, settings.port).close()
    except Fault as fault:
        told, _, mend = fault.lines[0].partition("; ")
        return Finding("port", told, mend or "choose another with CAMP_PORT")
    return Finding("port", f"{settings.port} is free")


def _parts(instance: Instance, told: Mapping[str, str]) -> Iterator[Finding]:
    state = instance.read_state()
    for part in state.get("parts", []):
        if part["state"] == "held":
            yield Finding(part["name"], "stopped by command", f"./camp part start {part['name']}")
        elif part["state"] != "running":
            yield Finding(part["name"], part["state"], f"see ./camp logs {part['name']}")
    yield _queue(told)
    services = {service.name: told[service.url_setting] for service in INNER_SERVICES}
    for name, url in {"gateway": state.get("gateway", ""), **services}.items():
        readiness = ask_readiness(url)
        if readiness.ready and not readiness.faults:
            yield Finding(name, "ready")
        for fault in readiness.faults:
            yield Finding(name, fault, f"see ./camp logs {name}")


def _queue(told: Mapping[str, str]) -> Finding:
    if valkey.answers(told["REDIS_URL"]):
        return Finding("queue", "answers")
    return Finding("queue", "does not answer", "see ./camp logs valkey, or the server named in REDIS_URL")
