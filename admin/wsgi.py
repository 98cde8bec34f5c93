"""For gunicorn: ``admin.wsgi:app``."""

from admin.create_app import create_app

app = create_app()
