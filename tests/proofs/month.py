"""A month of a commune as a tape: what came in, when, and again; made from a seed, always the same.

People of October 2026: heads who join, report, correct, confirm, are asked back, give up and
begin anew; neighbours who only ask; pictures; a copy of one's data, and an erasure.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from qcdc_core.clock import LOCAL
from qcdc_core.people.invitations import ALPHABET, LENGTH, looks_like_code
from tests.fakes.platforms import Platforms

FIRST_DAY = datetime(2026, 10, 1, tzinfo=LOCAL)
ASKED_BACK = datetime(2026, 10, 18, tzinfo=LOCAL)
CHANNELS = ("telegram", "zalo-bot", "zalo-oa")
REPEATED = 0.3
QUESTIONS = (
    "cty ko tổ chức hnnld thì bị phạt bao nhiêu",
    "thôn họp dân bàn thu tiền làm đường cần bao nhiêu hộ đồng ý",
    "trưởng thôn nhiệm kỳ mấy năm",
    "ban thanh tra nhân dân có mấy người",
    "hôm nay trời có mưa không",
)


@dataclass(frozen=True)
class Delivery:
    """``raw`` is a platform's call. Copies come again as they were, with the same ids."""

    at: datetime
    person: int
    raw: Any
    is_copy: bool = False

    @property
    def channel(self) -> str:
        return CHANNELS[self.person % 3]

    @property
    def body(self) -> bytes:
        return json.dumps(self.raw).encode()


def code_of(person: int) -> str:
    """The invitation of the head of village number ``person``."""
    dice = Random(f"code {person}")  # noqa: S311
    while True:
        code = "".join(dice.choices(ALPHABET, k=LENGTH))
        if looks_like_code(code):
            return code


def is_head(person: int) -> bool:
    """The others only ask."""
    return person % 8 != 7


def tape(seed: int, people: int) -> list[Delivery]:
    """Everything in the order in which it came, copies soon after what they repeat."""
    dice = Random(seed)  # noqa: S311
    fake = Platforms()
    said = [one for person in range(people) for one in _said(person, dice)]
    first = [
        Delivery(at, person, _raw(fake, person, at, text)) for at, person, text in sorted(said)
    ]
    copies = [
        replace(one, at=one.at + timedelta(seconds=dice.randint(2, 600)), is_copy=True)
        for one in first
        for _ in range(dice.choice((1, 2)) if dice.random() < REPEATED else 0)
    ]
    return sorted([*first, *copies], key=lambda one: (one.at, one.is_copy))


def shuffled(recorded: Sequence[Delivery], seed: int) -> list[Delivery]:
    """Each copy at another moment of its sender's month, behind what it repeats."""
    dice = Random(seed)  # noqa: S311
    end = recorded[-1].at
    moved = [
        replace(one, at=one.at + dice.random() * (end - one.at)) if one.is_copy else one
        for one in recorded
    ]
    return sorted(moved, key=lambda one: (one.at, one.is_copy))


def _said(person: int, dice: Random) -> Iterator[tuple[datetime, int, str]]:
    """(moment, person, text) of one person; an empty text is a picture."""
    days = _head(person, dice) if is_head(person) else _neighbour(dice)
    for day, texts in days:
        at = FIRST_DAY + timedelta(days=day - 1, hours=dice.randint(7, 20))
        for text in texts:
            # No two people at one moment: their order is part of the tape.
            at += timedelta(seconds=dice.randint(40, 400), microseconds=person + 1)
            yield at, person, text


def _head(person: int, dice: Random) -> Iterator[tuple[int, Sequence[str]]]:
    yield dice.randint(1, 5), (code_of(person), "đồng ý")
    figures = _figures(dice)
    if person % 5 == 1:
        yield dice.randint(6, 9), (figures, "hủy")
    sending = (figures, "còn lại không có", "gửi")
    yield dice.randint(10, 15), sending
    if person % 4 == 0:
        yield 17, (f"sửa góp {dice.randint(10, 60)}tr", "gửi")
    if person % 6 == 0:
        yield 19, ("sửa họp 1", "gửi")
    if person % 3 == 0:
        yield 20, ("", dice.choice(QUESTIONS))
    if person % 10 == 4:
        yield 21, ("dữ liệu của tôi",)
    if person % 20 == 14:
        yield 24, ("xóa dữ liệu", "xóa")


def _neighbour(dice: Random) -> Iterator[tuple[int, Sequence[str]]]:
    yield dice.randint(1, 10), ("xin chào", dice.choice(QUESTIONS))
    yield dice.randint(11, 28), (dice.choice(QUESTIONS), dice.choice(QUESTIONS))


def _figures(dice: Random) -> str:
    meetings, failed = dice.randint(1, 4), dice.randint(0, 1)
    cases = dice.randint(1, 4)
    return (
        f"họp {meetings} cuộc {meetings * dice.randint(30, 60)} người, "
        f"hòa giải {cases + failed} vụ thành {cases} không thành {failed}, "
        f"góp {dice.randint(5, 40)}tr5"
    )


def _raw(fake: Platforms, person: int, at: datetime, text: str) -> Any:
    chat = str(70_000 + person)
    match CHANNELS[person % 3]:
        case "telegram":
            picture = {} if text else {"photo": [], "caption": "sổ họp"}
            return fake.telegram_update(int(chat), text, **picture)
        case "zalo-bot":
            event = "message.text.received" if text else "message.image.received"
            return fake.zalo_event(chat, text, event)
    fake.oa.now = at
    if text:
        return fake.oa.event(chat, text)
    attached = [{"payload": {"url": "https://hinh.example/1.jpg"}}]
    return fake.oa.event(chat, "", "user_send_image", attachments=attached)
