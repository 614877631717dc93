"""What a web server starts: `gunicorn wsgi:app`."""

import os
from pathlib import Path

from vfm.app import create_app
from vfm.config import read_config

app = create_app(read_config(os.environ, Path(__file__).resolve().parent / "instance"))
