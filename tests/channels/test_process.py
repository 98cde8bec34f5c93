"""`python -m bot` as it is started: fetches, answers and sends until it is told to stop."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from tests.fakes.platforms import TELEGRAM_TOKEN, ZALO_TOKEN, Platforms

ROOT = Path(__file__).resolve().parents[2]


def wait_until(fake: Platforms, chat: str) -> None:
    for _ in range(300):
        if fake.texts(chat):
            return
        time.sleep(0.1)
    raise AssertionError(f"nothing came to {chat}")


def test_the_process_answers_on_both_platforms_and_stops(fake: Platforms, tmp_path: Path) -> None:
    """A fresh database, two tokens, and nothing else."""
    environment = {
        **os.environ,
        "QCDC_VAR": str(tmp_path),
        "QCDC_DATABASE_URL": f"sqlite:///{tmp_path / 'q.db'}",
        "QCDC_TELEGRAM_TOKEN": TELEGRAM_TOKEN,
        "QCDC_TELEGRAM_BASE_URL": f"{fake.address}/telegram",
        "QCDC_ZALO_BOT_TOKEN": ZALO_TOKEN,
        "QCDC_ZALO_BASE_URL": f"{fake.address}/zalo",
    }
    migrate = [str(Path(sys.executable).with_name("qcdc")), "migrate"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True, capture_output=True)
    fake.updates.append(fake.telegram_update(4711, "chào"))
    fake.events.append(fake.zalo_event("z1", "chào"))
    log = tmp_path / "log"
    with log.open("w") as output:
        bot = subprocess.Popen(
            [sys.executable, "-m", "bot"], cwd=ROOT, env=environment, stdout=output, stderr=output
        )
    try:
        wait_until(fake, "4711")
        wait_until(fake, "z1")
    finally:
        bot.send_signal(signal.SIGTERM)
        code = bot.wait(timeout=20)
    assert code == 0, log.read_text("utf-8")
    # Secrets stand in addresses: no line of any library may show one.
    assert TELEGRAM_TOKEN not in log.read_text("utf-8")
    assert ZALO_TOKEN not in log.read_text("utf-8")
