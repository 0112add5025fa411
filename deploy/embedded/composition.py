"""Which services the suite has, and what each needs to be started: the one list of them."""

from dataclasses import dataclass

from gateway.settings import Settings as GatewaySettings
from services.booking.settings import Settings as BookingSettings
from services.kernel.settings import SettingInfo, describe
from services.notifications.settings import Settings as NotificationsSettings


@dataclass(frozen=True)
class Service:
    """One web service.

    `has_jobs`: the relay and the worker act for it, with its settings. `has_claims`: its database holds
    claims with their guards, and an outbox. `wide`: as many processes as CAMP_WEB_PROCESSES says, else one.
    """

    name: str
    package: str
    settings: type
    has_jobs: bool = False
    has_claims: bool = False
    wide: bool = False

    @property
    def wsgi(self) -> str:
        """What gunicorn serves."""
        return f"{self.package}.wsgi:app"

    @property
    def database_setting(self) -> str:
        """The setting that says where its database is."""
        return f"{self.name.upper()}_DATABASE_URL"

    @property
    def url_setting(self) -> str:
        """The setting by which others find it."""
        return f"{self.name.upper()}_URL"


BOOKING = Service("booking", "services.booking", BookingSettings, has_jobs=True, has_claims=True, wide=True)
NOTIFICATIONS = Service("notifications", "services.notifications", NotificationsSettings, has_jobs=True)
GATEWAY = Service("gateway", "gateway", GatewaySettings, wide=True)

INNER_SERVICES = (BOOKING, NOTIFICATIONS)
ALL_SERVICES = (*INNER_SERVICES, GATEWAY)


def services_settings_info() -> list[SettingInfo]:
    """Every setting of every service, each name once."""
    found: dict[str, SettingInfo] = {}
    for service in ALL_SERVICES:
        for info in describe(service.settings):
            found.setdefault(info.name, info)
    return list(found.values())
