"""What a web server starts: `gunicorn wsgi:app`."""

from vfm.app import create_app
from vfm.cli.setting import configuration

app = create_app(configuration())
