"""The chat page in a real browser: what only its script does, and how it looks and reads."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.serving import make_server

from bot.web import create_app
from qcdc_core import clock
from qcdc_core.config import Settings
from qcdc_core.messages import outbox
from qcdc_core.messages.tables import Conversation, InboundMessage

UNSENT = "Chưa gửi, sẽ tự gửi lại"

pytestmark = pytest.mark.browser


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(_env_file=None, var=tmp_path, secret_key="ký thử")


@pytest.fixture
def app(engine: Engine, settings: Settings) -> Flask:
    return create_app(settings, engine, clock.now)


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    """Where the page is served while the test runs."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def window(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 320, "height": 600}) as context:
        yield context


@pytest.fixture
def page(window: BrowserContext, address: str) -> Iterator[Page]:
    """An open page; a mistake in its script, or something its policy forbids, fails the test."""
    page = window.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.on("console", lambda said: mistakes.append(said.text) if "Policy" in said.text else None)
    page.goto(address)
    yield page
    page.close()
    assert mistakes == []


def say(page: Page, text: str) -> None:
    page.fill("#text", text)
    page.press("#text", "Enter")


def stored(engine: Engine) -> list[str]:
    with Session(engine) as session:
        found = session.scalars(select(InboundMessage.text).order_by(InboundMessage.id))
        return list(found)


def test_a_button_and_the_enter_key_send(page: Page, engine: Engine) -> None:
    """The greeting stays where it was, the answer comes below, and its offers are the only ones."""
    page.get_by_role("button", name="Tôi có mã mời").click()
    expect(page.locator(".entry")).to_have_count(3)
    expect(page.locator("#choices button")).to_have_count(0)
    page.fill("#text", "dòng một")
    page.press("#text", "Shift+Enter")
    page.locator("#text").press_sequentially("dòng hai")
    page.press("#text", "Enter")
    expect(page.locator(".entry")).to_have_count(5)
    assert stored(engine) == ["Tôi có mã mời", "dòng một\ndòng hai"]
    expect(page.locator("#text")).to_have_value("")


def test_what_was_typed_offline_is_sent_once_when_the_connection_is_back(
    page: Page, window: BrowserContext, engine: Engine
) -> None:
    """It says so meanwhile, and survives a reload."""
    say(page, "tin thứ nhất")
    expect(page.locator(".machine")).to_have_count(2)
    window.set_offline(True)
    say(page, "tin thứ hai")
    say(page, "tin thứ ba")
    expect(page.locator("#notice")).to_contain_text("Mất kết nối")
    expect(page.get_by_text(UNSENT)).to_have_count(2)
    page.fill("#text", "còn đang gõ")
    window.set_offline(False)
    page.reload()
    expect(page.locator(".machine")).to_have_count(4)
    expect(page.get_by_text(UNSENT)).to_have_count(0)
    expect(page.locator("#notice")).to_be_hidden()
    expect(page.locator("#text")).to_have_value("còn đang gõ")
    assert stored(engine) == ["tin thứ nhất", "tin thứ hai", "tin thứ ba"]


def test_an_answer_lost_on_its_way_doubles_nothing(page: Page, engine: Engine) -> None:
    """The message had arrived; the page sends again with the same id."""
    lost: list[int] = []

    def lose_the_first(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/messages", lose_the_first)
    say(page, "họp 2 cuộc")
    expect(page.locator(".machine")).to_have_count(2)
    expect(page.get_by_text(UNSENT)).to_have_count(0)
    assert lost == [200]
    assert stored(engine) == ["họp 2 cuộc"]


def test_an_old_token_is_renewed_without_a_word(
    page: Page, window: BrowserContext, engine: Engine
) -> None:
    """Two tabs opened at once, or a cookie that was cleared: the message goes out all the same."""
    window.clear_cookies()
    say(page, "họp 2 cuộc")
    expect(page.locator(".machine")).to_have_count(2)
    assert stored(engine) == ["họp 2 cuộc"]


def test_a_reply_of_the_officer_arrives_by_itself(
    page: Page, sessions: sessionmaker[Session]
) -> None:
    """Within a moment, with its buttons, while the page lies open."""
    say(page, "chào")
    expect(page.locator(".machine")).to_have_count(2)
    with sessions.begin() as session:
        chat = session.scalars(select(Conversation)).one()
        outbox.put(session, chat.id, "Cán bộ xã hỏi lại", clock.now(), choices=["Sửa"])
    expect(page.get_by_text("Cán bộ xã hỏi lại")).to_be_visible()
    expect(page.locator("#choices button")).to_have_text(["Sửa"])


def test_what_cannot_be_sent_stays_in_the_box(page: Page, engine: Engine) -> None:
    """Nothing typed, too long, a picture: a sentence each, and nothing is lost."""
    page.press("#text", "Enter")
    expect(page.locator("#notice")).to_contain_text("Tin chưa có chữ")
    long = "ậ" * 4001
    say(page, long)
    expect(page.locator("#notice")).to_contain_text("4.000")
    expect(page.locator("#text")).to_have_value(long)
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.items.add(new File(["x"], "anh.jpg", {type: "image/jpeg"}));
            document.getElementById("text").dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, cancelable: true}));
        }"""
    )
    expect(page.locator("#notice")).to_contain_text("chỉ nhận chữ")
    assert stored(engine) == []


def test_the_server_refusing_gives_the_words_back(page: Page) -> None:
    """A limit that the page did not know of."""
    page.route(
        "**/messages",
        lambda route: route.fulfill(status=413, json={"error": "too_long", "message": "Dài quá."}),
    )
    say(page, "nội dung")
    expect(page.locator("#notice")).to_have_text("Dài quá.")
    expect(page.locator("#text")).to_have_value("nội dung")
    expect(page.locator(".person")).to_have_count(0)


def test_it_works_without_script(browser: Browser, address: str, engine: Engine) -> None:
    """Forms and pages only."""
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        page.get_by_role("button", name="Tôi có mã mời").click()
        page.fill("#text", "7K3F-92")
        page.get_by_role("button", name="Gửi").click()
        expect(page.locator(".entry")).to_have_count(5)
    assert stored(engine) == ["Tôi có mã mời", "7K3F-92"]


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_a_long_conversation_fits_and_reads(
    page: Page, sessions: sessionmaker[Session], width: int
) -> None:
    """No sideways scrolling, touch targets of 44 px, nothing that axe objects to, at the end."""
    say(page, "chào")
    expect(page.locator(".machine")).to_have_count(2)
    with sessions.begin() as session:
        chat = session.scalars(select(Conversation)).one()
        for number in range(40):
            text = f"✔ Họp thôn: {number} cuộc\n! Lệch 1 vụ\n" + "rất_dài" * 40
            moment = clock.now() + timedelta(minutes=number)
            outbox.put(session, chat.id, text, moment, choices=["Có", "Sửa: hòa giải 4 vụ"])
    page.set_viewport_size({"width": width, "height": 700})
    page.reload()
    expect(page.locator("#choices button").last).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    heights = page.evaluate(
        "[...document.querySelectorAll('button, textarea')].map(x => x.offsetHeight)"
    )
    assert min(height for height in heights if height) >= 44
    problems = Axe().run(page).response["violations"]
    assert [problem["id"] for problem in problems] == []
