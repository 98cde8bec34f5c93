"""The main job in a real browser: a message in, a report accepted, a brief out."""

import re
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Picture, System

pytestmark = pytest.mark.browser

FIGURES = "hop 1 cuoc 40 nguoi, hg 3 vu thanh 1 ko thanh 1, gop 12tr5, kn 2 gq 2"


def say(page: Page, text: str) -> None:
    """Type, send, and wait until the machine has answered."""
    answers = page.locator("#list .entry.machine")
    before = answers.count()
    page.get_by_label("Nội dung tin").fill(text)
    page.keyboard.press("Enter")
    expect(answers).not_to_have_count(before)


def press(page: Page, label: str) -> None:
    answers = page.locator("#list .entry.machine")
    before = answers.count()
    page.locator("#choices").get_by_role("button", name=label, exact=True).click()
    expect(answers).not_to_have_count(before)


def newest(page: Page) -> str:
    return page.locator("#list .entry.machine").last.inner_text()


def join(page: Page, system: System, code: str) -> None:
    page.goto(system.chat)
    say(page, code)
    assert "Mã này dành cho" in newest(page)
    press(page, "Đồng ý")
    assert "là đầu mối báo cáo" in newest(page)


def sign_in(page: Page, system: System, login: str) -> None:
    page.goto(system.admin)
    page.get_by_label("Tên đăng nhập").fill(login)
    page.get_by_label("Mật khẩu").fill(system.password(login))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="Hôm nay")).to_be_visible()


def report_by_chat(page: Page, system: System, picture: Picture) -> str:
    """Join, report with a wrong sum, mend it, confirm; returns the number of the receipt."""
    join(page, system, system.codes[0])
    picture.take(page, "chat-joined")
    say(page, FIGURES)
    assert "Còn 1 vụ nữa" in newest(page)
    picture.take(page, "chat-readback")
    press(page, "Đang hòa giải 1 vụ")
    say(page, "khong co")
    press(page, "Gửi")
    picture.take(page, "chat-receipt")
    found = re.search(r"Số phiếu (\S+)\.", newest(page))
    assert found, newest(page)
    return found[1]


def test_from_a_message_to_an_accepted_report(
    phone: Page, desk: Page, system: System, picture: Picture
) -> None:
    """Village head and officer, each on their own screen."""
    number = report_by_chat(phone, system, picture)

    sign_in(desk, system, "sonlang")
    picture.take(desk, "admin-today")
    desk.get_by_role("link", name="Phiếu", exact=True).click()
    picture.take(desk, "admin-reports")
    open_report(desk, system, number)
    ask_back(desk, "kien_nghi_giai_quyet", "Văn bản trả lời của xã mới có 1. Kiểm tra giúp.")

    expect(phone.locator("#list .entry.machine").last).to_contain_text("mới có 1", timeout=30_000)
    picture.take(phone, "chat-returned")
    say(phone, "sửa 1")
    assert "2 ý kiến → 1 ý kiến" in newest(phone)
    press(phone, "Gửi")

    desk.reload()
    expect(desk.locator("#muc-kien_nghi_giai_quyet")).to_contain_text("đã đổi")
    picture.take(desk, "admin-report")
    desk.get_by_role("button", name="Nhận phiếu").click()
    expect(desk.locator("p.facts")).to_contain_text("Đã nhận")


def open_report(page: Page, system: System, number: str) -> None:
    """By the list that an officer would use: the village's line."""
    page.goto(f"{system.admin}/phieu?state=sent")
    links = page.locator("main a[href^='/phieu/']")
    for href in [link.get_attribute("href") for link in links.all()]:
        page.goto(f"{system.admin}{href}")
        if number in page.locator("p.facts").inner_text():
            return
    pytest.fail(f"{number} is not in the list")


def ask_back(page: Page, code: str, text: str) -> None:
    figure = page.locator(f"#muc-{code}")
    figure.get_by_text("Hỏi lại, sửa thay").click()
    figure.locator("textarea").fill(text)
    figure.get_by_role("button", name="Gửi câu hỏi lại").click()
    expect(page.locator("p.facts")).to_contain_text("hỏi lại")


def test_the_place_is_kept_after_a_reload(phone: Page, system: System, picture: Picture) -> None:
    """The enterprise's chat: reload in the middle, and everything is still there."""
    join(phone, system, system.codes[1])
    say(phone, "320 lao động, 280 đoàn viên, có công đoàn, đối thoại định kỳ 1 cuộc")
    picture.take(phone, "chat-enterprise")
    before = newest(phone)
    phone.reload()
    assert newest(phone) == before
    assert phone.locator("#choices button").count() > 0


def test_the_office_compiles_and_downloads(
    desk: Page, system: System, picture: Picture, tmp_path: Path
) -> None:
    """The province's quarter: read, opened down to the messages, as Word and as a workbook."""
    sign_in(desk, system, "thuongtruc")
    desk.get_by_role("link", name="Báo cáo", exact=True).click()
    desk.get_by_label("Kỳ").select_option("2026-Q3")
    desk.get_by_role("button", name="Tổng hợp").click()
    expect(desk.get_by_role("link", name="Tải DOCX")).to_be_visible()
    picture.take(desk, "admin-brief")

    desk.locator("a[href$='thon_thang.hoa_giai_vu']").first.click()
    expect(desk.locator("#nguon")).to_contain_text("Số vụ việc hòa giải")
    picture.take(desk, "admin-brief-number")

    word = download(desk, "Tải DOCX", tmp_path)
    assert "word/document.xml" in members(word)
    assert "xl/workbook.xml" in members(download(desk, "Tải XLSX", tmp_path))


def test_a_person_answers_and_the_machine_knows_it_next_time(
    phone: Page, desk: Page, system: System, picture: Picture
) -> None:
    """Unsure, handed over, answered with a citation into the same chat, kept, known."""
    question = "xã định bán cây đa cổ thụ ở sân đình thì có phải hỏi dân không"
    phone.goto(system.chat)
    say(phone, question)
    press(phone, "Hỏi cán bộ")
    assert "không kèm tên" in newest(phone)

    sign_in(desk, system, "thuongtruc")
    desk.get_by_role("link", name="Câu hỏi", exact=True).click()
    card = desk.locator("article.question", has_text=question)
    card.get_by_label("Trả lời", exact=True).fill("Có. Xã phải đưa ra họp dân trước khi bán.")
    card.get_by_label("Căn cứ 1").fill("10/2022/QH15:15")
    card.get_by_label("Lưu thành câu trả lời mẫu").check()
    picture.take(desk, "admin-question")
    card.get_by_role("button", name="Gửi trả lời").click()
    expect(desk.get_by_text("Đã gửi trả lời")).to_be_visible()

    answer = phone.locator("#list .entry.machine").last
    expect(answer).to_contain_text("họp dân trước khi bán", timeout=30_000)
    expect(answer).to_contain_text("Điều 15")
    picture.take(phone, "chat-answered")
    say(phone, question)
    assert "Cán bộ đã trả lời câu này" in newest(phone)


def download(page: Page, label: str, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("link", name=label).click()
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


def members(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return archive.namelist()
