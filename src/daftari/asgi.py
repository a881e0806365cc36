"""The ASGI application for any ASGI server: `granian --interface asgi daftari.asgi:app`."""

from daftari.app import create_app
from daftari.settings import Settings
from daftari.web.logs import configure_logs

configure_logs()
app = create_app(Settings.from_environment())
