"""Every page at the width of a cheap phone and of a desk: nothing lies beyond the edge."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Picture, System

pytestmark = pytest.mark.browser

PAGES = {
    "today": "/",
    "reports": "/phieu",
    "progress": "/tien-do",
    "reminders": "/nhac-han",
    "reminder-rules": "/nhac-han/lich",
    "briefs": "/bao-cao",
    "questions": "/cau-hoi",
    "unread": "/chua-hieu",
    "units": "/don-vi",
    "calendar": "/lich",
    "personal-data": "/du-lieu-ca-nhan",
    "users": "/nguoi-dung",
    "audit": "/nhat-ky",
    "account": "/tai-khoan",
}
WIDTHS = (320, 360, 1280)
PICTURED = (360, 1280)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_screen(
    browser: Browser, system: System, picture: Picture, width: int
) -> None:
    """Signed in as the administrator, who sees every page."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page = context.new_page()
    keep(page, picture, f"{system.admin}/dang-nhap", "sign-in")
    page.get_by_label("Tên đăng nhập").fill("quantri")
    page.get_by_label("Mật khẩu").fill(system.password("quantri"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{system.admin}/")
    for name, path in PAGES.items():
        keep(page, picture, f"{system.admin}{path}", name)
    context.close()


def keep(page: Page, picture: Picture, address: str, name: str) -> None:
    page.goto(address)
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert page.viewport_size is not None
    width = page.viewport_size["width"]
    assert wide <= width, f"{address} is {wide} pixels wide"
    if width in PICTURED:
        picture.take(page, f"admin-{name}")
