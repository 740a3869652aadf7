"""The WSGI entry: `flask --app wsgi …` and `gunicorn wsgi:app`."""

from ops.app import create_app

app = create_app()
