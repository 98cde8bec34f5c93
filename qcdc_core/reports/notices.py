"""What the sender is told in the chat when an officer asks back or puts a figure right.

The words stand here so that chat and admin pages speak with one voice.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from sqlalchemy.orm import Session

from qcdc_core.clock import local_day
from qcdc_core.forms import form
from qcdc_core.forms.shown import shown
from qcdc_core.language import gettext as _
from qcdc_core.language import period_name
from qcdc_core.messages import outbox
from qcdc_core.messages.tables import OutboundMessage
from qcdc_core.periods import Period
from qcdc_core.reports import review
from qcdc_core.reports.record import values_of
from qcdc_core.reports.tables import Report
from qcdc_core.units.tree import tree_on
from qcdc_core.users.tables import User


def ask_back(
    session: Session, report_id: int, user: User, comments: Mapping[str, str], now: datetime
) -> OutboundMessage | None:
    """Return figures to the sender and write the question to a chat of theirs.

    None when the sender cannot be reached: the report is returned all the same, and the officer
    must be told. Raises what `review.return_figures` raises.
    """
    report = review.return_figures(session, report_id, user, comments, now)
    asked = {code: text.strip() for code, text in comments.items()}
    text, choices = question(session, report, user, asked, now)
    return _tell(session, report, text, choices, now)


def put_right(
    session: Session,
    report_id: int,
    user: User,
    code: str,
    value: Decimal | None,
    reason: str,
    now: datetime,
) -> OutboundMessage | None:
    """Correct a figure in the sender's place and tell the sender; None when there is no chat.

    Raises what `review.correct` raises.
    """
    report = session.get(Report, report_id)
    before = _figure_shown(session, report, code) if report is not None else ""
    report = review.correct(session, report_id, user, code, value, reason, now)
    text = _(
        "{officer} đã sửa {report}, mục {figure}: {before} → {after}\n"
        "Lý do: {reason}\n"
        "Nếu chưa đúng, nhắn “sửa” và số đúng."
    ).format(
        officer=officer_name(session, user, now),
        report=_report_name(session, report),
        figure=_(form(report.form).figure(code).short),
        before=before,
        after=_figure_shown(session, report, code),
        reason=reason.strip(),
    )
    return _tell(session, report, text, (), now)


def question(
    session: Session, report: Report, user: User, comments: Mapping[str, str], now: datetime
) -> tuple[str, tuple[str, ...]]:
    """The message that asks back, and the answers it offers: for one figure or for several."""
    officer = officer_name(session, user, now)
    if len(comments) == 1:
        [(code, comment)] = comments.items()
        value = _figure_shown(session, report, code)
        text = _("{officer} hỏi lại {report}, mục {figure}: {value}\n“{comment}”").format(
            officer=officer,
            report=_report_name(session, report),
            figure=_(form(report.form).figure(code).short),
            value=value,
            comment=comment,
        )
        return text, (_("{value} là đúng, ghi lý do").format(value=value), _("Sửa"))
    head = _("{officer} hỏi lại {report}, {count} mục:").format(
        officer=officer, report=_report_name(session, report), count=len(comments)
    )
    lines = [_line(session, report, code, comment) for code, comment in comments.items()]
    return "\n".join([head, *lines]), (_("Các số đều đúng, ghi lý do"), _("Sửa"))


def officer_name(session: Session, user: User, now: datetime) -> str:
    """'Cán bộ xã Sơn Lang (Y Hoa)': the post first, the name as it was entered, no pronoun."""
    tree = tree_on(session, local_day(now))
    unit = tree.node(user.unit_id).full_name if user.unit_id in tree else ""
    post = (
        _("Cán bộ {unit}").format(unit=unit).strip()
        if user.role == "officer"
        else _("Thường trực Ban Chỉ đạo {unit}").format(unit=unit).strip()
    )
    return f"{post} ({user.name})"


def _line(session: Session, report: Report, code: str, comment: str) -> str:
    return _("- {figure}: {value}. “{comment}”").format(
        figure=_(form(report.form).figure(code).short),
        value=_figure_shown(session, report, code),
        comment=comment,
    )


def _report_name(session: Session, report: Report) -> str:
    """'phiếu tháng 10/2026 · thôn Đông'; a person may report for several units."""
    tree = tree_on(session, report.end_day - timedelta(days=1))
    unit = tree.node(report.unit_id).full_name if report.unit_id in tree else ""
    name = _("phiếu {period}").format(period=period_name(Period.parse(report.period)))
    return f"{name} · {unit}" if unit else name


def _figure_shown(session: Session, report: Report, code: str) -> str:
    held = values_of(session, report).get(code)
    figure = form(report.form).figure(code)
    if held is None:
        return _("chưa có")
    return _("không áp dụng") if held.value is None else shown(figure, held.value)


def _tell(
    session: Session, report: Report, text: str, choices: tuple[str, ...], now: datetime
) -> OutboundMessage | None:
    """To the person who sent it, in the chat it came from if that is as good as any other."""
    if report.sender_id is not None:
        chat = report.conversation_id
        return outbox.put_for_person(
            session, report.sender_id, text, now, choices=choices, prefer=chat
        )
    if report.conversation_id is None:
        return None
    return outbox.put(session, report.conversation_id, text, now, choices=choices, repeatable=True)
