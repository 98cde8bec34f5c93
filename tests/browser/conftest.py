"""The whole system, started as `make run` starts it, and a real browser to use it with."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent
# Flags without which Chromium asks for hosts that a closed network refuses, or dies as root.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
)


@dataclass(frozen=True)
class System:
    """Addresses of a running system with the demo province, and what `qcdc welcome` printed."""

    chat: str
    admin: str
    welcome: str

    def password(self, login: str) -> str:
        found = re.search(rf"^\s*{login}\s+(\S+)", self.welcome, re.MULTILINE)
        assert found, self.welcome
        return found[1]

    @property
    def codes(self) -> list[str]:
        """Invitation codes to try: of a village, of an enterprise."""
        return re.findall(r"^\s+([0-9A-Z]{4}-[0-9A-Z]{2})\s", self.welcome, re.MULTILINE)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def qcdc(environment: dict[str, str], *arguments: str) -> str:
    command = [str(BIN / "qcdc"), *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True, timeout=120
    )
    return done.stdout


def serve(environment: dict[str, str], app: str, port: int) -> subprocess.Popen[bytes]:
    command = [str(BIN / "gunicorn"), app, "--bind", f"127.0.0.1:{port}"]
    command += ["--worker-class", "gthread", "--threads", "8", "--log-level", "warning"]
    return subprocess.Popen(command, cwd=ROOT, env=environment)


def wait_for(address: str) -> None:
    for _ in range(150):
        try:
            httpx.get(address, timeout=2)
        except httpx.HTTPError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"nothing answers at {address}")


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    var = tmp_path_factory.mktemp("var")
    chat, admin = free_port(), free_port()
    environment = {
        **os.environ,
        "QCDC_VAR": str(var),
        "QCDC_DATABASE_URL": f"sqlite:///{var / 'qcdc.db'}",
        "QCDC_CHAT_PORT": str(chat),
        "QCDC_ADMIN_PORT": str(admin),
    }
    qcdc(environment, "migrate")
    qcdc(environment, "demo")
    running = [
        serve(environment, "admin.wsgi:app", admin),
        serve(environment, "bot.wsgi:app", chat),
    ]
    try:
        addresses = f"http://127.0.0.1:{chat}", f"http://127.0.0.1:{admin}"
        wait_for(f"{addresses[0]}/healthz")
        wait_for(f"{addresses[1]}/dang-nhap")
        yield System(*addresses, qcdc(environment, "welcome"))
    finally:
        for one in running:
            one.terminate()
        for one in running:
            one.wait(timeout=20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("no chromium here: `make browser` installs it where it can")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A narrow screen, as of a cheap phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, accept_downloads=True)
    yield context.new_page()
    context.close()


@pytest.fixture
def picture(request: pytest.FixtureRequest) -> "Picture":
    """Keeps a picture for the documentation when --pictures is given."""
    return Picture(wanted=request.config.getoption("--pictures"))


class Picture:
    def __init__(self, *, wanted: bool) -> None:
        self.wanted = wanted

    def take(self, page: Page, name: str) -> None:
        if self.wanted:
            folder = ROOT / "docs" / "pictures"
            folder.mkdir(parents=True, exist_ok=True)
            width = page.viewport_size["width"] if page.viewport_size else 0
            page.screenshot(path=folder / f"{name}-{width}.png")
