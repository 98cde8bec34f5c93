"""For gunicorn: ``bot.wsgi:app``."""

import threading

from bot.web import create_app
from qcdc_core.law import warm_up

app = create_app()

# Indexing the law takes about a second: done beside the start, so that nobody waits for it.
threading.Thread(target=warm_up, daemon=True).start()
