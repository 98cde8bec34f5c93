"""`python -m bot` as it is started: fetches, answers and sends until it is told to stop."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.channels.channel import Incoming
from bot.channels.receiving import store
from qcdc_core import db
from tests.channels.conftest import authorise, settings_for
from tests.fakes.official_account import APP_ID, APP_SECRET, OA_ID, SECRET_KEY
from tests.fakes.platforms import TELEGRAM_TOKEN, ZALO_TOKEN, Platforms

ROOT = Path(__file__).resolve().parents[2]


def wait_until(fake: Platforms, chat: str) -> None:
    for _ in range(300):
        if fake.texts(chat):
            return
        time.sleep(0.1)
    raise AssertionError(f"nothing came to {chat}")


def settings_of(fake: Platforms, folder: Path) -> dict[str, str]:
    return {
        **os.environ,
        "QCDC_VAR": str(folder),
        "QCDC_DATABASE_URL": f"sqlite:///{folder / 'q.db'}",
        "QCDC_DATA_KEY": "khóa dữ liệu thử",
        "QCDC_TELEGRAM_TOKEN": TELEGRAM_TOKEN,
        "QCDC_TELEGRAM_BASE_URL": f"{fake.address}/telegram",
        "QCDC_ZALO_BOT_TOKEN": ZALO_TOKEN,
        "QCDC_ZALO_BASE_URL": f"{fake.address}/zalo",
        "QCDC_ZALO_OA_ID": OA_ID,
        "QCDC_ZALO_OA_APP_ID": APP_ID,
        "QCDC_ZALO_OA_APP_SECRET": APP_SECRET,
        "QCDC_ZALO_OA_SECRET_KEY": SECRET_KEY,
        "QCDC_ZALO_OA_BASE_URL": f"{fake.address}/oa",
        "QCDC_ZALO_OA_OAUTH_URL": f"{fake.address}/oauth",
    }


def prepare_account(fake: Platforms, folder: Path) -> None:
    """The owner gave leave thirteen hours ago; a message came by webhook and waits."""
    now = fake.oa.now = datetime.now(UTC)
    fake.oa.touched("oa1", now)
    engine = db.make_engine(f"sqlite:///{folder / 'q.db'}")
    sessions = db.writing(engine)
    with sessions.begin() as session:
        authorise(session, fake, settings_for(fake), now - timedelta(hours=13))
    greeting = Incoming("user_send_text:m1", "oa1", "text", "chào", at=now)
    store(sessions, "zalo-oa", OA_ID, greeting, now)
    engine.dispose()


def test_the_process_answers_on_all_platforms_and_stops(fake: Platforms, tmp_path: Path) -> None:
    """A fresh database, tokens, and nothing else."""
    environment = settings_of(fake, tmp_path)
    migrate = [str(Path(sys.executable).with_name("qcdc")), "migrate"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True, capture_output=True)
    prepare_account(fake, tmp_path)
    secrets = {TELEGRAM_TOKEN, ZALO_TOKEN, APP_SECRET, fake.oa.access, fake.oa.refresh}
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
        wait_until(fake, "oa1")
    finally:
        bot.send_signal(signal.SIGTERM)
        code = bot.wait(timeout=20)
    assert code == 0, log.read_text("utf-8")
    # Secrets stand in addresses and headers: no line of any library may show one.
    secrets |= {fake.oa.access, fake.oa.refresh}
    assert [one for one in secrets if one in log.read_text("utf-8")] == []
