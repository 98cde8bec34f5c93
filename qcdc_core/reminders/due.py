"""What is due: each row is claimed and written in one transaction, so it goes out once or not.

Whether something is owed is asked again at that moment. A crash before the commit leaves the row
planned; a second process that comes for the same row finds it taken.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from qcdc_core.clock import local_day, midnight
from qcdc_core.config import Settings
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.messages import outbox
from qcdc_core.messages.allowances import TELEGRAM, WEB
from qcdc_core.messages.tables import Conversation
from qcdc_core.reminders import words
from qcdc_core.reminders.digest import missing_under
from qcdc_core.reminders.duties import Duty, Term, duties_of, terms, unfinished, units_by_person
from qcdc_core.reminders.hours import next_allowed
from qcdc_core.reminders.pauses import pauses_of, why_paused
from qcdc_core.reminders.rules import rules
from qcdc_core.reminders.tables import Reminder
from qcdc_core.reports.draft import drafts_of
from qcdc_core.reports.owed import Owed, calendar_of
from qcdc_core.units.tree import Node, Tree, tree_on
from qcdc_core.users.tables import User

AT_ONCE = 200
WITH_BUTTONS = frozenset({WEB, TELEGRAM})


@dataclass
class Situation:
    """What is the same for all reminders of a moment: read once, then used for each row."""

    now: datetime
    calendar: ReportingCalendar
    terms: tuple[Term, ...]
    units: dict[int, tuple[Node, ...]]
    trees: dict[date, Tree] = field(default_factory=dict)

    @property
    def today(self) -> date:
        return local_day(self.now)


def situation(session: Session, settings: Settings, now: datetime) -> Situation:
    calendar = calendar_of(session, settings)
    today = tree_on(session, local_day(now))
    return Situation(
        now,
        calendar,
        terms(calendar, rules(session), now),
        units_by_person(session, today),
        {today.day: today},
    )


def due_now(session: Session, now: datetime) -> list[int]:
    """Ids of planned reminders whose moment has come, the longest due first."""
    return list(
        session.scalars(
            select(Reminder.id)
            .where(Reminder.state == "planned", Reminder.due_at <= now)
            .order_by(Reminder.due_at, Reminder.id)
            .limit(AT_ONCE)
        )
    )


def hand_over(session: Session, reminder_id: int, at: Situation) -> Reminder | None:
    """Write the message of a due reminder, or note why there is none.

    None when another process has the row. Must be committed by itself.
    """
    claimed = session.scalar(
        update(Reminder)
        .where(Reminder.id == reminder_id, Reminder.state == "planned")
        .values(state="claimed")
        .returning(Reminder.id)
        .execution_options(synchronize_session=False)
    )
    if claimed is None:
        return None
    row = session.get_one(Reminder, reminder_id, populate_existing=True)
    _decide(session, row, at)
    session.flush()
    return row


def _decide(session: Session, row: Reminder, at: Situation) -> None:
    is_rule = row.origin == "rule"
    # On a day off only who asked for that very day hears something.
    allowed = next_allowed(at.now, at.calendar, any_day=row.origin == "wish")
    if _is_stale(row, at):
        _end(row, "dropped", "stale", at)
    elif allowed != at.now and not is_rule:
        row.state, row.due_at = "planned", allowed
    elif allowed != at.now:
        # The plan has the next working day; late in the evening the next reminder says it.
        is_day_off = not at.calendar.is_working_day(at.today)
        _end(row, "dropped", "day_off" if is_day_off else "stale", at)
    elif row.audience != "person":
        _to_user(session, row, at)
    elif is_rule and _told_today(session, row, at):
        _end(row, "dropped", "told_today", at)
    else:
        _to_person(session, row, at)


def _is_stale(row: Reminder, at: Situation) -> bool:
    """The day is over: what it would say, the next reminder says. A wish is kept a day longer."""
    if row.origin == "rule":
        return local_day(row.due_at) != at.today
    return at.now - row.due_at > timedelta(days=1)


def _told_today(session: Session, row: Reminder, at: Situation) -> bool:
    found = session.scalar(
        select(Reminder.id)
        .where(Reminder.person_id == row.person_id, Reminder.state == "sent")
        .where(Reminder.done_at >= midnight(at.today))
        .limit(1)
    )
    return found is not None


def _end(row: Reminder, state: str, why: str | None, at: Situation) -> None:
    row.state, row.why, row.done_at = state, why, at.now


def _to_person(session: Session, row: Reminder, at: Situation) -> None:
    assert row.person_id is not None  # noqa: S101 - the audience says so
    found = _to_tell(session, row, at)
    if not found:
        _end(row, "dropped", "nothing_owed", at)
        return
    pauses = pauses_of(session, [row.person_id], {duty.unit.id for duty in found}, at.today)
    held = {
        duty: why_paused(pauses, row.person_id, duty.unit.id, duty.term.period) for duty in found
    }
    told = {duty: owed for duty, owed in found.items() if held[duty] is None}
    row.detail = [detail_of(owed) for owed in (told or found).values()]
    if not told:
        _end(row, "held", next(iter(held.values())), at)
        return
    _write(session, row, told, at)


def _to_tell(session: Session, row: Reminder, at: Situation) -> dict[Duty, Owed]:
    """What the person has not finished, as far as the row is about it.

    Of a rule: what reminding has begun of. Of a wish: the same, or all when it has begun of none.
    By hand: what somebody pointed at; nothing else when that came in meanwhile.
    """
    assert row.person_id is not None  # noqa: S101 - the audience says so
    duties = duties_of(at.units.get(row.person_id, ()), at.terms)
    found = unfinished(session, duties, at.calendar)
    if row.origin == "office":
        return {duty: owed for duty, owed in found.items() if detail_of(owed) in row.detail}
    begun = {duty: owed for duty, owed in found.items() if duty.term.begun("person", at.now)}
    return found if row.origin == "wish" and not begun else begun


def _write(session: Session, row: Reminder, told: dict[Duty, Owed], at: Situation) -> None:
    assert row.person_id is not None  # noqa: S101 - the audience says so
    message = outbox.put_for_person(session, row.person_id, "", at.now)
    if message is None:
        _end(row, "refused", "unreachable", at)
        return
    drafts = {
        (one.unit_id, one.form.code, str(one.period)) for one in drafts_of(session, row.person_id)
    }
    chat = session.get_one(Conversation, message.conversation_id)
    text, choices = words.for_person(
        list(told.values()),
        drafts,
        next(iter(told)).term.last_taken,
        at.today,
        has_buttons=chat.channel in WITH_BUTTONS,
    )
    # Once is enough: when nobody knows whether it arrived, it does not come a second time.
    message.text, message.choices, message.repeatable = text, list(choices), False
    row.message_id = message.id
    _end(row, "sent", None, at)


def _to_user(session: Session, row: Reminder, at: Situation) -> None:
    user = session.get(User, row.user_id)
    if user is None or not user.active:
        _end(row, "dropped", "nobody", at)
        return
    missing = missing_under(
        session,
        user.unit_id,
        row.audience,
        at.terms,
        at.calendar,
        lambda day: _tree(session, at, day),
        at.now,
    )
    row.detail = [detail_of(owed) for one in missing for owed in one.owed]
    if not missing:
        _end(row, "dropped", "nothing_owed", at)
        return
    text = words.for_user(missing, at.today)
    message = (
        outbox.put_for_person(session, user.person_id, text, at.now) if user.person_id else None
    )
    if message is None:
        _end(row, "shown", None if user.person_id is None else "unreachable", at)
        return
    message.repeatable = False
    row.message_id = message.id
    _end(row, "sent", None, at)


def _tree(session: Session, at: Situation, day: date) -> Tree:
    if day not in at.trees:
        at.trees[day] = tree_on(session, day)
    return at.trees[day]


def detail_of(owed: Owed) -> dict[str, str]:
    return {"unit": owed.unit.code, "form": owed.form.code, "period": str(owed.period)}
