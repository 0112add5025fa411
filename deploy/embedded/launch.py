"""One run of the whole suite: start everything in order, watch it, end it in order."""

from collections.abc import Callable, Mapping
from typing import Any

from deploy.embedded import valkey
from deploy.embedded.announcements import ready_text
from deploy.embedded.composition import GATEWAY, INNER_SERVICES
from deploy.embedded.environment import check_values, planned_values, started_values, with_secrets
from deploy.embedded.faults import Fault
from deploy.embedded.folders import Folders
from deploy.embedded.instance import Instance
from deploy.embedded.parts import frontend_part, preparing_part, suite_parts, valkey_part
from deploy.embedded.ports import LOOPBACK, HeldPort, hold_public_port
from deploy.embedded.readiness import ReadinessWatch
from deploy.embedded.secret_store import SecretStore
from deploy.embedded.settings import LauncherSettings
from deploy.embedded.setup.frontend import is_installed
from deploy.embedded.setup.report import Report
from deploy.embedded.supervision.supervisor import Stopped, Supervisor
from deploy.embedded.supervision.terminal import Terminal

VALKEY_SECONDS = 15.0
READY_SECONDS = 120.0
LISTEN_ANYWHERE = {"0.0.0.0": LOOPBACK, "::": "::1"}


class Launch:
    """Everything between the lock of the data folder being taken and being free again."""

    def __init__(
        self,
        settings: LauncherSettings,
        instance: Instance,
        supervisor: Supervisor,
        terminal: Terminal,
        on_ready: Callable[[], None],
    ) -> None:
        self._settings = settings
        self._folders = Folders(settings.data)
        self._instance = instance
        self._supervisor = supervisor
        self._terminal = terminal
        self._on_ready = on_ready
        self._phase = "starting"
        self._told: dict[str, str] = {}
        self._written: dict[str, Any] = {}
        self._ports: dict[str, HeldPort] = {}

    def run(self, environ: Mapping[str, str]) -> None:
        """Start, serve until a stop signal, and stop. Raises Fault when it cannot come up."""
        try:
            self._hold_ports()
            self._plan(environ)
            self._prepare()
            self._start_services()
            self._serve()
        except Stopped:
            self._terminal.say("Stopping …")
        finally:
            self._phase = "stopping"
            self._take_stock()
            self._supervisor.stop_all()
            for port in self._ports.values():
                port.close()
            self._terminal.say("Stopped.")

    def _hold_ports(self) -> None:
        self._ports[GATEWAY.name] = hold_public_port(self._settings.host, self._settings.port)
        for service in INNER_SERVICES:
            self._ports[service.name] = HeldPort(LOOPBACK)

    def _plan(self, environ: Mapping[str, str]) -> None:
        """Decide every setting of every part, start the queue, and check the settings of all services."""
        secrets = SecretStore(self._folders.secrets).complete()
        redis_url = self._settings.redis_url or self._start_valkey(secrets["VALKEY_PASSWORD"])
        addresses = {
            service.url_setting: f"http://{LOOPBACK}:{self._ports[service.name].port}"
            for service in INNER_SERVICES
        }
        values = with_secrets(planned_values(environ, self._settings), secrets)
        self._told = started_values(values, addresses, redis_url)
        check_values(self._told)

    def _start_valkey(self, password: str) -> str:
        self._ports["valkey"] = HeldPort(LOOPBACK)
        port = self._ports["valkey"].port
        self._supervisor.start(valkey_part(self._settings, self._folders, port, password))
        return valkey.url_of(port, password)

    def _prepare(self) -> None:
        """Front-end libraries, translations, migrations, centre and demo; then the queue must answer."""
        if not is_installed():
            self._supervisor.run_task(frontend_part(), self._terminal.say)
        self._report = Report(self._terminal.say)
        exit_code = self._supervisor.run_task(
            preparing_part(self._told, self._folders), self._report.take_line
        )
        if exit_code != 0:
            log = self._folders.logs / "setup.log"
            raise Fault(*(self._report.faults or [f"The set-up ended with {exit_code}; {log} says more"]))
        if not self._supervisor.run_until(self._queue_answers, seconds=VALKEY_SECONDS):
            raise Fault(
                "The queue (REDIS_URL) does not answer; start that server or mend the address"
                if self._settings.redis_url
                else f"Valkey does not answer; {self._folders.logs / 'valkey.log'} says more"
            )

    def _queue_answers(self) -> bool:
        self._check_broken()
        return valkey.answers(self._told["REDIS_URL"])

    def _start_services(self) -> None:
        self._terminal.say("Starting the services …")
        for part in suite_parts(self._told, self._settings, self._folders, self._ports):
            self._supervisor.start(part)
        watch = ReadinessWatch(self._gateway_url(), self._terminal.say)

        def is_ready() -> bool:
            self._check_broken()
            self._take_stock()
            return watch.is_ready()

        if not self._supervisor.run_until(is_ready, seconds=READY_SECONDS):
            raise Fault(*(f"Not ready after {READY_SECONDS:.0f} s: {fault}" for fault in watch.faults))

    def _serve(self) -> None:
        self._phase = "ready"
        self._take_stock()
        self._terminal.say(ready_text(self._told, self._settings, self._folders, self._report.demo_accounts))
        self._on_ready()
        self._supervisor.run_until(self._take_stock)

    def _take_stock(self) -> bool:
        """Do what `./camp part` asked for, and tell the state where it changed. Never the end: False."""
        self._supervisor.hold(self._instance.held())
        state: dict[str, Any] = {
            "phase": self._phase,
            "parts": self._supervisor.snapshot(),
            "gateway": self._gateway_url(),
            "public_url": self._told.get("CAMP_PUBLIC_URL", ""),
            "told": {
                name: self._told.get(name, "") for name in ("BOOKING_URL", "NOTIFICATIONS_URL", "REDIS_URL")
            },
        }
        if state != self._written:
            self._instance.write_state(state)
            self._written = state
        return False

    def _gateway_url(self) -> str:
        host = LISTEN_ANYWHERE.get(self._settings.host, self._settings.host)
        shown = f"[{host}]" if ":" in host else host
        return f"http://{shown}:{self._settings.port}"

    def _check_broken(self) -> None:
        """A part that cannot even start ends the launch, with its last lines."""
        for name, keeper in self._supervisor.keepers.items():
            if keeper.restarts.is_broken:
                raise Fault(f"{name} does not start; its last lines are above and in {self._folders.logs}")
