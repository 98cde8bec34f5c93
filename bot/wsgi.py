"""For gunicorn: ``bot.wsgi:app``."""

import threading

from bot.rehearsal import rehearse
from bot.web import create_app
from qcdc_core.config import settings

app = create_app()

# Done beside the start, so that nobody waits for it.
threading.Thread(target=rehearse, args=(settings(),), daemon=True).start()
