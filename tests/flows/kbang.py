"""Kbang in 2020, as its printed report tells it: 13 communes, a township, 166 villages, 89 firms.

Every unit sends its figures as chat messages; their totals are those of the printed annex.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from qcdc_core.config import Settings
from qcdc_core.forms.tables import EarlyClosing
from qcdc_core.people import invite
from qcdc_core.units import add_unit
from tests.bot.chat import Chat

SINCE = date(2020, 1, 1)
CLOSED_ON = date(2020, 10, 30)
EVENING = datetime(2020, 10, 30, 12, 0, tzinfo=UTC)
COMMUNES, VILLAGES, AGENCIES, ENTERPRISES = 14, 166, 29, 89
SETTLED, FAILED, OPEN = 146, 10, 2
WITH_UNION, WITH_PARTY_CELL, HELD_CONFERENCE = 8, 11, 5


@dataclass(frozen=True)
class Sender:
    """A unit and what it texts, one message for each form that it owes."""

    unit_id: int
    title: str
    messages: tuple[str, ...]


def settings() -> Settings:
    return Settings(_env_file=None, calendar="duong_lich", committee="Ban Chỉ đạo QCDC huyện Kbang")


def build(session: Session) -> list[Sender]:
    """The tree and the early closing; returns who sends what."""
    session.add(EarlyClosing(period="2020", last_day=CLOSED_ON, made_at=EVENING))
    top = add_unit(session, "GL", "tinh", "Gia Lai", None, valid_from=SINCE).id
    district = add_unit(session, "KB", "huyen", "Kbang", top, valid_from=SINCE).id
    communes = [_commune(session, district, number) for number in range(COMMUNES)]
    return [
        Sender(
            district,
            "Chuyên viên",
            ("kế hoạch kiểm tra 3 cuộc, đã kiểm tra 3, giám sát chuyên đề 2",),
        ),
        *(Sender(unit, "Công chức", (_of_commune(n),)) for n, unit in enumerate(communes)),
        *_villages(session, communes),
        *_agencies(session, district),
        *_enterprises(session, district),
    ]


def send_all(session: Session, senders: list[Sender]) -> None:
    """Each joins by code, texts, answers that the rest is none, and confirms."""
    for sender in senders:
        chat = Chat(session, EVENING, settings(), f"unit-{sender.unit_id}")
        chat.says(invite(session, sender.unit_id, sender.title, EVENING))
        chat.presses("Đồng ý")
        for message in sender.messages:
            chat.says(message)
            _finish(chat)


def _finish(chat: Chat) -> None:
    if "Gửi" not in chat.choices:
        rest = "Các mục còn lại không có"
        chat.presses(rest if rest in chat.choices else "Gửi, bổ sung sau")
    assert "Đã nhận lúc" in chat.presses("Gửi"), chat.last


def _commune(session: Session, district: int, number: int) -> int:
    kind = "thi_tran" if number == 0 else "xa"
    code = f"KB-{number:02d}"
    return add_unit(session, code, kind, f"Số {number}", district, valid_from=SINCE).id


def _of_commune(number: int) -> str:
    """The first commune has all petitions; eleven commented; 89 were received in all."""
    received, petitions = (24, (40, 17, 16, 1)) if number == 0 else (5, (0, 0, 0, 0))
    comments = 1 if number < 11 else 0
    return (
        f"tiếp dân {received} lượt, đơn tồn đầu kỳ 0, đơn tiếp nhận {petitions[0]}, "
        f"đơn thuộc thẩm quyền {petitions[1]}, đơn đã giải quyết {petitions[2]}, "
        f"đơn tồn cuối kỳ {petitions[3]}, đối thoại 1 cuộc, giám sát của Mặt trận 1 nội dung, "
        f"phản biện {comments} nội dung, có Ban Thanh tra nhân dân, có quy chế đối thoại"
    )


def _villages(session: Session, communes: list[int]) -> Iterator[Sender]:
    for number in range(VILLAGES):
        kind = "to_dan_pho" if number % COMMUNES == 0 else "lang"
        parent = communes[number % COMMUNES]
        code = f"KB-{number % COMMUNES:02d}-{number // COMMUNES:02d}"
        unit = add_unit(session, code, kind, f"Số {number}", parent, valid_from=SINCE)
        yield Sender(unit.id, "Trưởng thôn", (_of_village(number),))


def _of_village(number: int) -> str:
    """158 cases, one a village at most; 71 triệu each, the last one 81,9."""
    money = "góp 81,9 triệu" if number == VILLAGES - 1 else "góp 71 triệu"
    if number < SETTLED:
        return f"hòa giải 1 vụ thành 1, {money}"
    if number < SETTLED + FAILED:
        return f"hòa giải 1 vụ không thành 1, {money}"
    if number < SETTLED + FAILED + OPEN:
        return f"hòa giải 1 vụ đang hòa giải 1, {money}"
    return f"không có vụ hòa giải nào, {money}"


def _agencies(session: Session, district: int) -> Iterator[Sender]:
    for number in range(AGENCIES):
        code = f"KB-CQ-{number:02d}"
        name = f"Cơ quan số {number}"
        unit = add_unit(session, code, "co_quan", name, district, valid_from=SINCE)
        held = "chưa" if number == 0 else "đã"
        text = (
            f"{held} tổ chức hội nghị cán bộ công chức, có quy chế dân chủ, có một cửa điện tử, "
            "đã công khai tài chính"
        )
        yield Sender(unit.id, "Chánh Văn phòng", (text,))


def _enterprises(session: Session, district: int) -> Iterator[Sender]:
    for number in range(ENTERPRISES):
        code = f"KB-DN-{number:02d}"
        name = f"Công ty số {number}"
        unit = add_unit(session, code, "doanh_nghiep", name, district, valid_from=SINCE)
        yield Sender(unit.id, "Phụ trách nhân sự", (_of_enterprise(number),))


def _of_enterprise(number: int) -> str:
    union = "có công đoàn cơ sở, 20 đoàn viên" if number < WITH_UNION else "chưa có công đoàn cơ sở"
    party = "có tổ chức đảng" if number < WITH_PARTY_CELL else "chưa có tổ chức đảng"
    held = number < HELD_CONFERENCE
    conference = (
        "đã tổ chức hội nghị người lao động" if held else "chưa tổ chức hội nghị người lao động"
    )
    agreement = "có thỏa ước lao động tập thể" if held else "chưa có thỏa ước lao động tập thể"
    return f"30 lao động, {union}, {party}, {conference}, {agreement}, không đình công"
