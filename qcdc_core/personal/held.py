"""What is held about a person, kind by kind, as lines for the copy."""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from qcdc_core.evidence.tables import EvidenceFile
from qcdc_core.forms import form
from qcdc_core.forms.shown import shown
from qcdc_core.language import day, moment, period_name
from qcdc_core.language import gettext as _
from qcdc_core.messages.names import channel_name
from qcdc_core.messages.tables import InboundMessage
from qcdc_core.people.tables import Consent, ConsentNotice, Invitation, Person, Post
from qcdc_core.periods import Period
from qcdc_core.personal.subject import Subject
from qcdc_core.personal.tables import DataRequest
from qcdc_core.personal.words import kind_name, purpose_name, reminder_state
from qcdc_core.questions.tables import AskedQuestion, Opinion
from qcdc_core.reminders.tables import Reminder, ReminderPause
from qcdc_core.reports.draft import drafts_of
from qcdc_core.reports.tables import Explanation, FigureValue, Report, ReportEvent
from qcdc_core.units.tables import Unit, UnitState


def posts(session: Session, person_id: int) -> Iterator[str]:
    person = session.get_one(Person, person_id)
    yield _("Họ tên: {name}").format(name=person.name or _("không lưu"))
    yield _("Tham gia từ {moment}").format(moment=moment(person.joined_at))
    for post in session.scalars(select(Post).where(Post.person_id == person_id).order_by(Post.id)):
        until = day(post.valid_to) if post.valid_to else _("nay")
        yield _("{title}, {unit}, từ {since} đến {until}").format(
            title=post.title,
            unit=unit_name(session, post.unit_id),
            since=day(post.valid_from),
            until=until,
        )
    for row in session.scalars(select(Invitation).where(Invitation.used_by == person_id)):
        phone = _("có dấu nhận ra số điện thoại") if row.phone_mark else _("không có số điện thoại")
        yield _("Mã mời tạo lúc {moment}, ghi tên {name}, {phone}").format(
            moment=moment(row.made_at), name=row.person_name or _("trống"), phone=phone
        )


def consents(session: Session, person_id: int) -> Iterator[str]:
    rows = session.execute(
        select(Consent, ConsentNotice.version)
        .outerjoin(ConsentNotice, ConsentNotice.digest == Consent.notice_digest)
        .where(Consent.person_id == person_id)
        .order_by(Consent.id)
    )
    for row, version in rows:
        ended = (
            _("rút lúc {moment}").format(moment=moment(row.withdrawn_at))
            if row.withdrawn_at
            else _("còn hiệu lực")
        )
        yield _("{purpose}: đồng ý lúc {moment}, thông báo bản {version}, {ended}").format(
            purpose=purpose_name(row.purpose),
            moment=moment(row.given_at),
            version=version or row.notice_digest[:8],
            ended=ended,
        )


def proofs(session: Session, person_id: int) -> Iterator[tuple[str, str]]:
    """Each consent in a line, with the very words that it was given to."""
    words = session.scalars(
        select(ConsentNotice.text)
        .select_from(Consent)
        .outerjoin(ConsentNotice, ConsentNotice.digest == Consent.notice_digest)
        .where(Consent.person_id == person_id)
        .order_by(Consent.id)
    )
    for line, text in zip(consents(session, person_id), words, strict=True):
        yield line, text or ""


def chats(subject: Subject) -> Iterator[str]:
    for chat in subject.chats:
        yield _("{channel}, mã {address}, mở lúc {moment}").format(
            channel=channel_name(chat.channel), address=chat.address, moment=moment(chat.opened_at)
        )


def figures(session: Session, person_id: int) -> Iterator[str]:
    rows = session.execute(
        select(FigureValue, Report)
        .join(Report, Report.id == FigureValue.report_id)
        .where(FigureValue.person_id == person_id)
        .order_by(Report.first_day, Report.id, FigureValue.id)
    )
    for row, report in rows:
        figure = form(report.form).figure(row.code)
        value = _("không áp dụng") if row.value is None else shown(figure, row.value)
        gone = _(", đã thay") if row.replaced_at else ""
        yield _("{number}, {unit}, {period}, {figure}: {value} (lúc {moment}{gone})").format(
            number=report.number,
            unit=unit_name(session, report.unit_id),
            period=period_name(Period.parse(report.period)),
            figure=_(figure.name),
            value=value,
            moment=moment(row.entered_at),
            gone=gone,
        )


def drafts(session: Session, subject: Subject) -> Iterator[str]:
    for draft in drafts_of(session, subject.person_id or 0):
        values = [
            f"{_(draft.form.figure(code).short)} "
            + (_("không áp dụng") if value is None else shown(draft.form.figure(code), value))
            for code, value in draft.known.items()
        ]
        yield _("{unit}, {period}: {values}").format(
            unit=unit_name(session, draft.unit_id),
            period=period_name(draft.period),
            values="; ".join(values) or _("chưa có số nào"),
        )


def reasons(session: Session, subject: Subject) -> Iterator[str]:
    """Why a figure is right, why it was changed, comments: in the person's own words."""
    for explained in session.scalars(
        select(Explanation)
        .join(InboundMessage, InboundMessage.id == Explanation.message_id)
        .where(subject.wrote)
    ):
        yield f"{moment(explained.given_at)}: {explained.reason}"
    for value in session.scalars(
        select(FigureValue).where(
            FigureValue.person_id == subject.person_id, FigureValue.reason.is_not(None)
        )
    ):
        yield f"{moment(value.entered_at)}: {value.reason}"
    for event in session.scalars(
        select(ReportEvent).where(
            ReportEvent.person_id == subject.person_id, ReportEvent.comment.is_not(None)
        )
    ):
        yield f"{moment(event.at)}: {event.comment}"


def files(session: Session, subject: Subject) -> Iterator[str]:
    """Photos and files, also those of a chat that is somebody else's now."""
    rows = session.execute(
        select(EvidenceFile, InboundMessage.received_at)
        .join(InboundMessage, InboundMessage.id == EvidenceFile.message_id)
        .where(subject.wrote, EvidenceFile.state != "failed")
        .order_by(EvidenceFile.id)
    )
    for row, received_at in rows:
        yield _("{moment}, {name}, {report}").format(
            moment=moment(received_at),
            name=row.name or row.kind or _("ảnh"),
            report=_report_of(session, row),
        )


def _report_of(session: Session, row: EvidenceFile) -> str:
    if row.unit_id is None or row.period is None:
        return _("chưa gắn với phiếu nào")
    return _("phiếu của {unit}, {period}").format(
        unit=unit_name(session, row.unit_id), period=period_name(Period.parse(row.period))
    )


def reminders(session: Session, person_id: int) -> Iterator[str]:
    for row in session.scalars(
        select(Reminder).where(Reminder.person_id == person_id).order_by(Reminder.due_at)
    ):
        yield _("{moment}, {state}").format(
            moment=moment(row.due_at), state=reminder_state(row.state)
        )
    for pause in session.scalars(select(ReminderPause).where(ReminderPause.person_id == person_id)):
        yield _("Không nhắc, ghi lúc {moment}").format(moment=moment(pause.made_at))


def questions(session: Session, subject: Subject) -> Iterator[str]:
    for row in session.scalars(
        select(AskedQuestion)
        .where(AskedQuestion.conversation_id.in_(subject.chat_ids))
        .order_by(AskedQuestion.id)
    ):
        yield _("{moment}: {question}. Trả lời: {answer}").format(
            moment=moment(row.asked_at), question=row.text, answer=row.answer or _("chưa có")
        )


def opinions(session: Session, subject: Subject) -> Iterator[str]:
    for row in session.scalars(
        select(Opinion)
        .join(InboundMessage, InboundMessage.id == Opinion.message_id)
        .where(subject.wrote)
        .order_by(Opinion.id)
    ):
        yield f"{moment(row.at)}: {row.question}: " + (_("đúng") if row.good else _("chưa đúng"))


def requests(session: Session, subject: Subject) -> Iterator[str]:
    mine: ColumnElement[bool] = DataRequest.conversation_id.in_(subject.chat_ids)
    if subject.person_id is not None:
        mine = or_(mine, DataRequest.person_id == subject.person_id)
    for row in session.scalars(select(DataRequest).where(mine).order_by(DataRequest.id)):
        yield f"{moment(row.received_at)}: {kind_name(row.kind)}"


def unit_name(session: Session, unit_id: int) -> str:
    """The name that the unit had last, with its code: a copy may speak of units long gone."""
    row = session.execute(
        select(UnitState.name, Unit.code)
        .join(Unit, Unit.id == UnitState.unit_id)
        .where(Unit.id == unit_id)
        .order_by(UnitState.valid_from.desc())
        .limit(1)
    ).first()
    return f"{row[0]} ({row[1]})" if row is not None else str(unit_id)
