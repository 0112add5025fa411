"""The settings of an instance for a command that runs beside it, or while it is stopped."""

from collections.abc import Mapping

from deploy.embedded.composition import INNER_SERVICES
from deploy.embedded.environment import planned_values, started_values, with_secrets
from deploy.embedded.folders import Folders
from deploy.embedded.instance import Instance
from deploy.embedded.ports import LOOPBACK
from deploy.embedded.secret_store import SecretStore
from deploy.embedded.settings import LauncherSettings

NOBODY = f"{LOOPBACK}:1"  # where nothing listens: stands for what is not running


def offline_values(environ: Mapping[str, str], settings: LauncherSettings) -> dict[str, str]:
    """Every setting as a text: addresses of the running instance, or ones where nothing answers.

    Makes the secrets where they are missing. Raises Fault.
    """
    folders = Folders(settings.data)
    folders.make()
    told = Instance(folders).read_state().get("told", {})
    addresses = {
        service.url_setting: told.get(service.url_setting) or f"http://{NOBODY}" for service in INNER_SERVICES
    }
    redis_url = settings.redis_url or told.get("REDIS_URL") or f"redis://{NOBODY}/0"
    values = with_secrets(planned_values(environ, settings), SecretStore(folders.secrets).complete())
    return started_values(values, addresses, redis_url)
