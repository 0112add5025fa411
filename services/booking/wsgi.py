"""What gunicorn serves: services.booking.wsgi:app."""

import sys

from services.booking.app import NAME, create_app
from services.booking.settings import settings_from_environment
from services.kernel.logs import configure_logs
from services.kernel.settings import SettingsError

try:
    settings = settings_from_environment()
except SettingsError as error:
    sys.exit("\n".join(error.lines))

configure_logs(NAME, settings.log_level)
app = create_app(settings)
