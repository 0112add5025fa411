"""What gunicorn serves: services.notifications.wsgi:app."""

import sys

from services.kernel.logs import configure_logs
from services.kernel.settings import SettingsError
from services.notifications.app import NAME, create_app
from services.notifications.settings import settings_from_environment

try:
    settings = settings_from_environment()
except SettingsError as error:
    sys.exit("\n".join(error.lines))

configure_logs(NAME, settings.log_level)
app = create_app(settings)
