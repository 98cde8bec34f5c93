"""Handing a compiled brief to somebody who may read it, as a file in their own chat."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.briefs.tables import CompiledBrief
from qcdc_core.errors import Refusal
from qcdc_core.language import gettext as _
from qcdc_core.language import period_name
from qcdc_core.messages import outbox
from qcdc_core.messages.names import CARRYING_FILES
from qcdc_core.messages.reach import reachable
from qcdc_core.messages.tables import OutboundMessage
from qcdc_core.periods import Period
from qcdc_core.units.tree import tree_on
from qcdc_core.users.tables import User


def receivers(session: Session, kept: CompiledBrief, today: date) -> Sequence[User]:
    """Active users with a chat of their own who may see the brief's unit, by name."""
    tree = tree_on(session, today)
    users = session.scalars(
        select(User).where(User.active, User.person_id.is_not(None)).order_by(User.name)
    )
    return [
        one
        for one in users
        if one.unit_id in tree
        and kept.unit_id in tree
        and tree.is_within(kept.unit_id, one.unit_id)
    ]


def latest_for(session: Session, person_id: int, today: date) -> CompiledBrief | None:
    """The brief of the person's own unit as user of the admin pages that was compiled last."""
    tree = tree_on(session, today)
    units = session.scalars(select(User.unit_id).where(User.active, User.person_id == person_id))
    return session.scalars(
        select(CompiledBrief)
        .where(CompiledBrief.unit_id.in_([one for one in units if one in tree]))
        .order_by(CompiledBrief.compiled_at.desc(), CompiledBrief.id.desc())
        .limit(1)
    ).first()


def is_user(session: Session, person_id: int) -> bool:
    return (
        session.scalar(select(User.id).where(User.active, User.person_id == person_id)) is not None
    )


def attachment_of(session: Session, kept: CompiledBrief, today: date) -> dict[str, Any]:
    """For `OutboundMessage.attachment`; the file is made when it is handed over."""
    unit = tree_on(session, today).node(kept.unit_id)
    return {"kind": "brief", "key": kept.id, "name": f"bao-cao-{unit.code}-{kept.period}.docx"}


def words(session: Session, kept: CompiledBrief, today: date, channel: str) -> str:
    """Without the file where a channel carries none: then how to get it."""
    unit = tree_on(session, today).node(kept.unit_id).full_name
    of = {"period": period_name(Period.parse(kept.period)), "unit": unit}
    if channel in CARRYING_FILES:
        return _("Báo cáo {period}, {unit}: tệp Word kèm tin này.").format(**of)
    return _(
        "Đã có báo cáo {period}, {unit}. Kênh này không gửi được tệp: mở trang Báo cáo của trang "
        "quản trị để tải, hoặc nhắn “gửi báo cáo” ở Telegram hay trang trò chuyện."
    ).format(**of)


def hand(
    session: Session, kept: CompiledBrief, user: User, now: datetime, today: date
) -> OutboundMessage:
    """Write it for the user's best chat that carries files, else for the best one.

    Raises Refusal brief_not_theirs, or no_chat when they cannot be reached now.
    """
    if user.person_id is None or user not in receivers(session, kept, today):
        raise Refusal("brief_not_theirs")
    chats = reachable(session, user.person_id, now)
    if not chats:
        raise Refusal("no_chat")
    chat = next((one for one in chats if one.channel in CARRYING_FILES), chats[0])
    carries = chat.channel in CARRYING_FILES
    return outbox.put(
        session,
        chat.id,
        words(session, kept, today, chat.channel),
        now,
        attachment=attachment_of(session, kept, today) if carries else None,
        repeatable=True,
    )
