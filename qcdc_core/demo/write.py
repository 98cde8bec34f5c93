"""Filings as rows: messages, reports, every value, events and explanations."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy.orm import Session

from qcdc_core.demo.chats import Line, lines_of, number_of
from qcdc_core.demo.model import Act, Filing, Sender, Turn
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.messages.tables import InboundMessage, OutboundMessage
from qcdc_core.reports.tables import Explanation, FigureValue, Report, ReportEvent
from qcdc_core.rows import insert_rows

Row = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """Ids that the rows refer to: senders and chats by unit code, users by login."""

    senders: Mapping[str, Sender]
    chats: Mapping[str, int]
    users: Mapping[str, int]
    calendar: ReportingCalendar


def write(session: Session, filings: Sequence[Filing], known: Known) -> None:
    """In the order in which things happened, so that ids grow with time."""
    filings = sorted(filings, key=lambda one: (one.steps[0].at, one.place.code, one.form.code))
    messages = _write_messages(session, filings, known)
    reports = insert_rows(session, Report, [_report(one, known) for one in filings])
    told = [
        _Told(number, report_id, one, known, messages)
        for number, (one, report_id) in enumerate(zip(filings, reports, strict=True))
    ]
    insert_rows(session, FigureValue, list(chain.from_iterable(one.values() for one in told)))
    insert_rows(session, ReportEvent, list(chain.from_iterable(one.events() for one in told)))
    insert_rows(session, Explanation, list(chain.from_iterable(one.reasons() for one in told)))


def _write_messages(
    session: Session, filings: Sequence[Filing], known: Known
) -> dict[tuple[int, int, int], int]:
    """Ids of the inbound messages by what they are the source of."""
    lines = sorted(
        chain.from_iterable(lines_of(one, number) for number, one in enumerate(filings)),
        key=lambda line: line.at,
    )
    inbound = [line for line in lines if line.inbound]
    ids = insert_rows(
        session, InboundMessage, [_inbound(line, at, known) for at, line in enumerate(inbound)]
    )
    insert_rows(
        session, OutboundMessage, [_outbound(line, known) for line in lines if not line.inbound]
    )
    return {line.source: one for line, one in zip(inbound, ids, strict=True)}


def _inbound(line: Line, at: int, known: Known) -> Row:
    return {
        "conversation_id": known.chats[line.place_code],
        "channel": "web",
        "account": "default",
        "external_id": f"demo-{at}",
        "kind": "text",
        "text": line.text,
        "received_at": line.at,
        "state": "done",
        "next_try_at": line.at,
        "done_at": line.at,
    }


def _outbound(line: Line, known: Known) -> Row:
    return {
        "conversation_id": known.chats[line.place_code],
        "text": line.text,
        "choices": list(line.choices),
        "made_at": line.at,
        "state": "sent",
        "attempts": 1,
        "next_try_at": line.at,
        "sent_at": line.at,
    }


def _report(filing: Filing, known: Known) -> Row:
    window = known.calendar.window(filing.period)
    state, accepted = _standing(filing)
    return {
        "unit_id": filing.place.id,
        "form": filing.form.code,
        "period": str(filing.period),
        "first_day": window.first,
        "end_day": window.end,
        "due_on": known.calendar.due(filing.period),
        "number": number_of(filing),
        "state": state,
        "sender_id": known.senders[filing.place.code].person_id,
        "conversation_id": known.chats[filing.place.code],
        "sent_at": filing.steps[0].at,
        "changed_at": filing.steps[-1].at,
        "accepted_at": accepted.at if accepted else None,
        "accepted_by": known.users[accepted.login] if accepted else None,
    }


def _standing(filing: Filing) -> tuple[str, Act | None]:
    """The state at the end, and the acceptance if that is it; a correction changes no state."""
    steps = [one for one in filing.steps if isinstance(one, Turn) or one.kind != "corrected"]
    last = steps[-1]
    if isinstance(last, Turn):
        return "sent", None
    return last.kind, last if last.kind == "accepted" else None


class _Told:
    """The rows below one report."""

    def __init__(
        self,
        number: int,
        report_id: int,
        filing: Filing,
        known: Known,
        messages: Mapping[tuple[int, int, int], int],
    ) -> None:
        self.number, self.report_id, self.filing = number, report_id, filing
        self.known, self.messages = known, messages
        self.person_id = known.senders[filing.place.code].person_id

    def values(self) -> Iterator[Row]:
        held: dict[str, Row] = {}
        for at, step in enumerate(self.filing.steps):
            for row in self._values_of(at, step):
                if row["code"] in held:
                    held[row["code"]]["replaced_at"] = step.at
                held[row["code"]] = row
                yield row

    def _values_of(self, at: int, step: Turn | Act) -> Iterator[Row]:
        if isinstance(step, Turn):
            reasons = {one.code: one.answer for one in step.reasons if one.code}
            for code, value in step.values.items():
                yield self._value(code, value, step.at) | {
                    "person_id": self.person_id,
                    "message_id": self.messages[self.number, at, 0],
                    "quote_start": step.said.quotes.get(code, (None, None))[0],
                    "quote_end": step.said.quotes.get(code, (None, None))[1],
                    "reason": reasons.get(code),
                }
        elif step.kind == "corrected" and step.code:
            yield self._value(step.code, step.value, step.at) | {
                "user_id": self.known.users[step.login],
                "reason": step.comment,
            }

    def _value(self, code: str, value: object, at: datetime) -> Row:
        empty = ("person_id", "user_id", "message_id", "quote_start", "quote_end", "reason")
        return dict.fromkeys((*empty, "replaced_at")) | {
            "report_id": self.report_id,
            "code": code,
            "value": value,
            "entered_at": at,
        }

    def events(self) -> Iterator[Row]:
        state = None
        for step in self.filing.steps:
            is_turn = isinstance(step, Turn)
            kind = _turn_kind(state) if isinstance(step, Turn) else step.kind
            yield {
                "report_id": self.report_id,
                "kind": kind,
                "at": step.at,
                "person_id": self.person_id if is_turn else None,
                "user_id": None if isinstance(step, Turn) else self.known.users[step.login],
                "code": None if isinstance(step, Turn) else step.code,
                "comment": None if isinstance(step, Turn) else step.comment,
            }
            state = kind

    def reasons(self) -> Iterator[Row]:
        for at, step in enumerate(self.filing.steps):
            for part, reason in enumerate(step.reasons if isinstance(step, Turn) else (), start=1):
                yield {
                    "report_id": self.report_id,
                    "rule": reason.rule,
                    "code": reason.code,
                    "reason": reason.answer,
                    "given_at": step.at,
                    "message_id": self.messages[self.number, at, part],
                }


def _turn_kind(before: str | None) -> str:
    """What the sender's turn is called after what came before."""
    if before is None:
        return "sent"
    return "reopened" if before == "accepted" else "resent"
