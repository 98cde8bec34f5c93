"""What one turn of a conversation works with, and the replies it collects."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy.orm import Session

from bot.dialogue.state import Asked, Offer, State
from qcdc_core.clock import local_day
from qcdc_core.config import Settings
from qcdc_core.forms import Form
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.messages.tables import Conversation, InboundMessage
from qcdc_core.people.invitations import posts_of
from qcdc_core.periods import Period
from qcdc_core.reading import fold
from qcdc_core.reports.owed import calendar_of
from qcdc_core.reports.record import find_report
from qcdc_core.reports.tables import Report
from qcdc_core.units.tree import Node, units_on


@dataclass(frozen=True)
class Reply:
    """One message to the person; ``choices`` are the answers offered, in order.

    ``cited``, ``attachment``: as in `OutboundMessage`.
    """

    text: str
    choices: tuple[str, ...] = ()
    cited: dict[str, Any] | None = None
    attachment: dict[str, Any] | None = None


@dataclass
class Talk:
    """One message being answered. Handlers read it, change ``state``, and ``say`` replies."""

    session: Session
    conversation: Conversation
    message: InboundMessage
    settings: Settings
    now: datetime
    state: State
    replies: list[Reply] = field(default_factory=list)
    _sent: dict[tuple[int, str, Period], Report | None] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return self.message.text

    @cached_property
    def folded(self) -> str:
        """The message without marks, signs and repeated spaces, for comparing with commands."""
        kept = "".join(sign if sign.isalnum() else " " for sign in fold(self.text))
        return " ".join(kept.split())

    @property
    def today(self) -> date:
        return local_day(self.now)

    @property
    def person_id(self) -> int | None:
        return self.conversation.person_id

    @property
    def reporter_id(self) -> int:
        """The person of this chat, where a handler runs only for people who joined."""
        if self.conversation.person_id is None:
            raise ValueError("nobody has joined in this conversation")
        return self.conversation.person_id

    @cached_property
    def units(self) -> tuple[Node, ...]:
        """The units that the person of this chat answers for today, by the age of the post.

        Whatever changes posts in the middle of a turn says so with `posts_changed`.
        """
        posts = posts_of(self.session, self.reporter_id, self.today)
        ids = list(dict.fromkeys(post.unit_id for post in posts))
        known = units_on(self.session, self.today, ids)
        return tuple(known[unit_id] for unit_id in ids if unit_id in known)

    def posts_changed(self) -> None:
        """A post was given or ended in this turn: ask again for the units."""
        self.__dict__.pop("units", None)

    def unit(self, unit_id: int) -> Node:
        """Any unit that is valid today. Raises KeyError for another one."""
        own = self.units if self.person_id is not None else ()
        found = {one.id: one for one in own}.get(unit_id)
        return found or units_on(self.session, self.today, [unit_id])[unit_id]

    def sent_before(self, unit_id: int, of: Form, period: Period) -> Report | None:
        """The report as it was sent before this turn, looked up once; None when it was not."""
        key = (unit_id, of.code, period)
        if key not in self._sent:
            self._sent[key] = find_report(self.session, unit_id, of, period)
        return self._sent[key]

    @cached_property
    def calendar(self) -> ReportingCalendar:
        return calendar_of(self.session, self.settings)

    def say(
        self,
        text: str,
        choices: Sequence[str] = (),
        cited: dict[str, Any] | None = None,
        attachment: dict[str, Any] | None = None,
    ) -> None:
        self.replies.append(Reply(text, tuple(choices), cited, attachment))

    def ask(self, kind: str, text: str, offers: Sequence[Offer] = (), code: str = "") -> None:
        """Say something that expects an answer; it replaces what was asked before."""
        self.put(Asked(kind, code=code, offers=tuple(offers)), text)

    def put(self, asked: Asked, text: str, cited: dict[str, Any] | None = None) -> None:
        """Say the words of a question that may be about a rule and several figures."""
        self.state.asked = asked
        self.say(text, [offer.label for offer in asked.offers], cited)
