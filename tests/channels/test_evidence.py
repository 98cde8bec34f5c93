"""Photos and files on three platforms over real sockets: kept once, told, never in the way."""

import hashlib

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, func, select

from bot.channels.fetching import FetchError, fetch_address
from bot.fetching import ATTEMPTS, Fetcher, Source
from bot.web import create_app
from qcdc_core.evidence import LARGEST
from qcdc_core.evidence.tables import EvidenceContent, EvidenceFile
from qcdc_core.reports.tables import FigureValue
from tests.channels.conftest import System
from tests.channels.photos import PHOTO, photo
from tests.channels.test_conversations import FIGURES, Phone, joined


@pytest.fixture
def client(system: System, engine: Engine) -> FlaskClient:
    return create_app(system.settings, engine, system.clock.now).test_client()


@pytest.fixture(params=["telegram", "zalo-bot", "zalo-oa"])
def phone(request: pytest.FixtureRequest, system: System, client: FlaskClient) -> Phone:
    return joined(Phone(system, client, request.param, "4711"))


def fetched(phone: Phone) -> str:
    """What is due is fetched, and what came of it is told."""
    before = len(phone.system.fake.texts(phone.chat))
    system = phone.system
    channels: list[Source] = [system.telegram, system.zalo, system.oa]
    Fetcher(system.sessions, channels, system.clock.now, system.settings).fetch_due()
    system.delivers()
    return "\n".join(system.fake.texts(phone.chat)[before:])


def files(phone: Phone) -> list[EvidenceFile]:
    with phone.system.sessions() as session:
        return list(session.scalars(select(EvidenceFile).order_by(EvidenceFile.id)))


def contents(phone: Phone) -> int:
    with phone.system.sessions() as session:
        return session.scalar(select(func.count()).select_from(EvidenceContent)) or 0


def test_a_photo_goes_with_the_report_in_hand(phone: Phone) -> None:
    """Fetched after the turn, kept with its digest, told with the report's name."""
    phone.says(FIGURES)
    body = photo(phone)
    assert phone.delivers(body) == ""
    assert "Đã lưu 1 ảnh" in fetched(phone)
    (row,) = files(phone)
    assert (row.state, row.kind, row.size) == ("kept", "jpg", len(PHOTO))
    assert row.sha256 == hashlib.sha256(PHOTO).hexdigest()
    assert (row.form, row.source) == ("thon_thang", None)
    assert "Đã nhận lúc" in _sent(phone)
    with phone.system.sessions() as session:
        assert session.scalar(select(func.count()).select_from(FigureValue))


def _sent(phone: Phone) -> str:
    phone.says("khong co")
    return phone.says("gửi")


def test_a_photo_after_the_receipt_goes_with_that_report(phone: Phone) -> None:
    """The last report of the unit, as long as it is fresh."""
    phone.says(FIGURES)
    _sent(phone)
    phone.delivers(photo(phone))
    assert "Đã lưu 1 ảnh" in fetched(phone)


def test_a_photo_is_kept_once(phone: Phone) -> None:
    """A message delivered again changes nothing; equal bytes are stored once."""
    phone.says(FIGURES)
    body = photo(phone)
    phone.delivers(body)
    phone.delivers(body)
    fetched(phone)
    phone.delivers(photo(phone))
    fetched(phone)
    assert fetched(phone) == ""
    assert (len(files(phone)), contents(phone)) == (2, 1)


def test_without_a_report_it_is_asked_which(phone: Phone) -> None:
    """The answer puts the waiting photo to that report."""
    assert "kèm phiếu nào" in phone.delivers(photo(phone))
    fetched(phone)
    assert files(phone)[0].unit_id is None
    first = "A" if phone.name != "telegram" else phone.system.fake.sent[-1].buttons[0]
    assert "Đã lưu 1 ảnh" in phone.says(first)
    assert files(phone)[0].unit_id is not None


def test_a_fetch_that_fails_is_tried_again_and_then_told(phone: Phone) -> None:
    """A fault over there costs nothing but time; in the end its sender hears of it."""
    phone.says(FIGURES)
    phone.delivers(photo(phone))
    phone.system.fake.file_faults.append(502)
    assert fetched(phone) == ""
    phone.system.clock.passes(60)
    assert "Đã lưu" in fetched(phone)
    phone.delivers(photo(phone, PHOTO + b"2"))
    phone.system.fake.file_faults.extend([502] * ATTEMPTS)
    said = ""
    for _ in range(ATTEMPTS):
        said += fetched(phone)
        phone.system.clock.passes(600)
    assert "Chưa tải được" in said
    assert files(phone)[-1].state == "failed"


@pytest.mark.parametrize(
    ("body", "failure"),
    [(b"MZ\x90\0 mot chuong trinh", "file_kind"), (PHOTO + bytes(LARGEST), "file_too_large")],
)
def test_what_is_no_evidence_is_refused_in_words(phone: Phone, body: bytes, failure: str) -> None:
    """By its bytes and their number, whatever it calls itself."""
    phone.says(FIGURES)
    phone.delivers(photo(phone, body))
    assert "chưa giữ" in fetched(phone)
    (row,) = files(phone)
    assert (row.state, row.failure, contents(phone)) == ("failed", failure, 0)


def test_of_a_stranger_nothing_is_kept(system: System, client: FlaskClient) -> None:
    """Before consent there is no file, and nothing is fetched."""
    stranger = Phone(system, client, "telegram", "9")
    stranger.says("xin chào")
    assert "chưa đọc được ảnh" in stranger.delivers(photo(stranger))
    assert files(stranger) == []


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/a.jpg",
        "https://127.0.0.1/a.jpg",
        "https://10.0.0.1/",
        "https://[",
        "https://[::1]/a.jpg",
        "https://localhost/a.jpg",
        f"https://{'a' * 70}.vn/a.jpg",
        "http://127.0.0.1:9@10.0.0.1/a.jpg",
        "https:///a.jpg",
    ],
)
def test_no_message_leads_to_other_machines(url: str) -> None:
    """An address inside the own network, or without HTTPS, is never called."""
    with pytest.raises(FetchError) as caught:
        fetch_address(url, "http://127.0.0.1:9")
    assert caught.value.final
