"""Plays a month's tape into an installation, with its ticker and sender at work, and takes stock.

Time is told: each call happens at its moment, each morning and afternoon the ticker ticks.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Column, Engine, Select, Table, select
from sqlalchemy.orm import Session

from bot.sender import Sender
from bot.ticker import JOBS, Ticker
from bot.web import create_app
from bot.web_pages.webhooks import TELEGRAM_HEADER, ZALO_HEADER
from qcdc_core import all_tables, db
from qcdc_core.config import Settings, webhook_secret
from qcdc_core.people import invite
from qcdc_core.reports import notices
from qcdc_core.reports.tables import Report
from qcdc_core.units import add_unit
from qcdc_core.units.tables import Unit
from qcdc_core.users.tables import User
from tests.builders import user
from tests.fakes.memory_channel import MemoryChannel
from tests.fakes.official_account import APP_ID, OA_ID, SECRET_KEY, headers_for
from tests.fakes.platforms import TELEGRAM_TOKEN, ZALO_TOKEN
from tests.proofs.month import ASKED_BACK, FIRST_DAY, Delivery, code_of, is_head

HOURS_OF_TICKS = (8, 15)
# What a ticker needs a platform for is proved elsewhere.
WORKING = [one for one in JOBS if one.name != "zalo_oa_tokens"]
# Drawn anew each time: a salt, the key of a copy's address, and the name of an erased chat.
DRAWN = ("password_hash", "key")
ERASED = "erased:"

Stock = dict[str, list[dict[str, Any]]]


@dataclass
class Month:
    """One installation during the month; ``statuses``: what its callers were answered."""

    engine: Engine
    now: datetime = FIRST_DAY
    channels: list[MemoryChannel] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        sessions = db.writing(self.engine)
        accounts = {"telegram": _account(TELEGRAM_TOKEN), "zalo-bot": _account(ZALO_TOKEN)}
        accounts["zalo-oa"] = OA_ID
        self.channels = [MemoryChannel(name, account) for name, account in accounts.items()]
        self.settings = _settings()
        self._sender = Sender(sessions, self.channels, self._told, self._steady)
        self._ticker = Ticker(sessions, self._told, self.settings, WORKING, "proof")
        self._web = create_app(self.settings, self.engine, self._told).test_client()

    def passes(self, tape: Sequence[Delivery]) -> None:
        """All of it happens: calls, ticks, the officer's day."""
        ticks = list(_ticks())
        for one in tape:
            while ticks and ticks[0] <= one.at:
                self._tick(ticks.pop(0))
            self.now = one.at
            self._bring(one)
            if not one.is_copy:  # or moments of sending would follow the copies
                self._sender.deliver_due()

    def is_called_again(self, tape: Sequence[Delivery]) -> None:
        """Only the calls, at the moments of the tape; nothing else is at work."""
        for one in tape:
            self.now = one.at
            self._bring(one)

    def answers(self) -> dict[tuple[str, str], list[str]]:
        """By channel and chat, in the order in which they came."""
        found = defaultdict(list)
        for channel in self.channels:
            for address, text in channel.sent:
                found[channel.name, address].append(text)
        return dict(found)

    def _bring(self, one: Delivery) -> None:
        answer = self._web.post(f"/hook/{one.channel}", data=one.body, headers=self._headers(one))
        self.statuses[answer.status_code] += 1

    def _headers(self, one: Delivery) -> dict[str, str]:
        if one.channel == "zalo-oa":
            return headers_for(one.body)
        header = TELEGRAM_HEADER if one.channel == "telegram" else ZALO_HEADER
        return {header: webhook_secret(self.settings, one.channel)}

    def _tick(self, at: datetime) -> None:
        self.now = at
        if at.date() == ASKED_BACK.date():
            self._officer_asks_back()
        self._ticker.tick()
        for _ in range(3):
            self._sender.deliver_due()
            self.now += timedelta(seconds=2)

    def _officer_asks_back(self) -> None:
        """Every sixth village about its meetings, once."""
        with db.writing(self.engine).begin() as session:
            officer = session.scalars(select(User)).one()
            for code, report in _reports(session):
                if int(code) % 6 == 0 and report.state == "sent":
                    asked = {"hop_thon": "Biên bản chỉ có 1 cuộc."}
                    notices.ask_back(session, report.id, officer, asked, self.now)

    def _told(self) -> datetime:
        return self.now

    def _steady(self) -> float:
        return (self.now - FIRST_DAY).total_seconds()


def settle(engine: Engine, people: int) -> None:
    """Four communes with a village for each, the heads' invitations, and an officer."""
    since = date(2026, 1, 1)
    with db.writing(engine).begin() as session:
        province = add_unit(session, "MH", "tinh", "Minh Họa", None, valid_from=since)
        communes = [
            add_unit(session, f"XA-{n}", "xa", f"Số {n}", province.id, valid_from=since)
            for n in range(4)
        ]
        user(session, "hoa", "officer", communes[0])
        for n in range(people):
            over = communes[n % 4].id
            unit = add_unit(session, f"{n}", "thon", f"Số {n}", over, valid_from=since)
            if is_head(n):
                invite(session, unit.id, "Trưởng thôn", FIRST_DAY, code=code_of(n))


def stock(engine: Engine) -> Stock:
    """Every table, row by row; numbers of rows are replaced by their place in their table.

    On a database that was new before: the numbers of units also stand inside of texts.
    """
    with db.reading(engine)() as session:
        rows = {
            table: [dict(one) for one in session.execute(_in_order(table)).mappings()]
            for table in all_tables.metadata.sorted_tables
        }
    places = {
        table.name: {one["id"]: place for place, one in enumerate(found)}
        for table, found in rows.items()
        if "id" in table.c
    }
    return {
        table.name: [
            {column.name: _placed(column, one[column.name], places) for column in table.c}
            for one in found
        ]
        for table, found in rows.items()
    }


def _in_order(table: Table) -> Select[Any]:
    return select(table).order_by(*table.primary_key.columns)


def _placed(column: Column[Any], value: Any, places: Mapping[str, Mapping[int, int]]) -> Any:
    """Without what chance or the database's counters decided."""
    if column.name in DRAWN:
        return value is None
    if isinstance(value, str):
        return ERASED if value.startswith(ERASED) else value
    if isinstance(value, dict):
        return _placed_inside(value, places["inbound_message"])
    table = column.table.name if column.name == "id" else _table_of(column)
    return places[table][value] if table in places and value is not None else value


def _table_of(column: Column[Any]) -> str:
    """That a foreign key leads to; empty for other columns."""
    return next((key.column.table.name for key in column.foreign_keys), "")


def _placed_inside(value: Any, messages: Mapping[int, int]) -> Any:
    if isinstance(value, list):
        return [_placed_inside(one, messages) for one in value]
    if not isinstance(value, dict):
        return value
    return {key: _placed_entry(key, one, messages) for key, one in value.items()}


def _placed_entry(key: str, value: Any, messages: Mapping[int, int]) -> Any:
    if key in DRAWN:
        return value is None
    is_message = key.endswith("message_id") and value is not None
    return messages[value] if is_message else _placed_inside(value, messages)


def _ticks() -> Iterator[datetime]:
    for day in range(31):
        for hour in HOURS_OF_TICKS:
            yield FIRST_DAY + timedelta(days=day, hours=hour, minutes=30)


def _reports(session: Session) -> Iterator[tuple[str, Report]]:
    found = select(Unit.code, Report).join(Report, Report.unit_id == Unit.id)
    yield from ((code, report) for code, report in session.execute(found.order_by(Report.id)).all())


def _account(token: str) -> str:
    return token.partition(":")[0]


def _settings() -> Settings:
    return Settings(
        telegram_token=SecretStr(TELEGRAM_TOKEN),
        zalo_bot_token=SecretStr(ZALO_TOKEN),
        zalo_oa_id=OA_ID,
        zalo_oa_app_id=APP_ID,
        zalo_oa_app_secret=SecretStr("not used"),
        zalo_oa_secret_key=SecretStr(SECRET_KEY),
        secret_key=SecretStr("khóa của phép thử"),
        data_key=SecretStr("khóa dữ liệu của phép thử"),
        _env_file=None,
    )
