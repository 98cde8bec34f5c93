"""A copy of everything that is held about one person, as text that anybody can read."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.config import Settings
from qcdc_core.language import gettext as _
from qcdc_core.language import moment
from qcdc_core.messages.tables import InboundMessage, OutboundMessage
from qcdc_core.personal import held
from qcdc_core.personal.subject import Subject


@dataclass(frozen=True)
class Section:
    """``lines`` is empty where nothing of the kind is held; that is said too.

    ``confidential``: told to the committee's assistant, not to the officers around the person.
    """

    title: str
    lines: tuple[str, ...]
    confidential: bool = False


@dataclass(frozen=True)
class Copy:
    """``sections`` first, then what was said by both sides in the order in which it was."""

    head: str
    sections: tuple[Section, ...]
    messages: tuple[str, ...]
    own_messages: tuple[str, ...]

    @property
    def text(self) -> str:
        """The whole copy, for a file."""
        said = Section(_("Tin nhắn của cả hai bên"), self.messages)
        return "\n\n".join([self.head, *map(drawn, (*self.sections, said))]) + "\n"


def copy_of(session: Session, subject: Subject, settings: Settings, now: datetime) -> Copy:
    """What the tables hold at this moment."""
    head = _("Bản sao dữ liệu cá nhân, lập lúc {moment}\nBên quản lý: {committee}").format(
        moment=moment(now), committee=settings.committee
    )
    said = list(_messages(session, subject))
    return Copy(
        head,
        tuple(_sections(session, subject)),
        tuple(line for _is_own, line in said),
        tuple(line for is_own, line in said if is_own),
    )


def printed_copy_of(session: Session, subject: Subject, settings: Settings, now: datetime) -> str:
    """For paper, which passes through an officer's hands: without what was said in confidence."""
    made = copy_of(session, subject, settings, now)
    open_sections = [one for one in made.sections if not one.confidential]
    kept_back = Section(
        _("Kênh trò chuyện, câu hỏi, tin nhắn"),
        (_("chỉ người nhắn tự mở: nhắn “dữ liệu của tôi” trong cuộc trò chuyện"),),
    )
    return "\n\n".join([made.head, *map(drawn, (*open_sections, kept_back))]) + "\n"


def file_name(now: datetime) -> str:
    return f"du-lieu-cua-toi-{now:%Y%m%d-%H%M}.txt"


def _sections(session: Session, subject: Subject) -> Iterator[Section]:
    if subject.person_id is not None:
        yield Section(_("Người và phân công"), tuple(held.posts(session, subject.person_id)))
        yield Section(_("Đồng ý đã cho"), tuple(held.consents(session, subject.person_id)))
    yield Section(_("Kênh trò chuyện"), tuple(held.chats(subject)), confidential=True)
    if subject.person_id is not None:
        yield Section(_("Số liệu đã gửi"), tuple(held.figures(session, subject.person_id)))
        yield Section(_("Phiếu đang nhập, chưa gửi"), tuple(held.drafts(session, subject)))
        yield Section(_("Lời giải thích đã gửi"), tuple(held.reasons(session, subject)))
        yield Section(_("Nhắc hạn"), tuple(held.reminders(session, subject.person_id)))
    yield Section(_("Ảnh và tệp đã gửi"), tuple(held.files(session, subject)))
    yield Section(
        _("Câu hỏi đã chuyển cán bộ"), tuple(held.questions(session, subject)), confidential=True
    )
    yield Section(
        _("Ý kiến về câu trả lời"), tuple(held.opinions(session, subject)), confidential=True
    )
    yield Section(_("Yêu cầu về dữ liệu cá nhân"), tuple(held.requests(session, subject)))


def _messages(session: Session, subject: Subject) -> Iterator[tuple[bool, str]]:
    """Whether the person wrote it, and the line."""
    wrote = session.scalars(select(InboundMessage).where(subject.wrote)).all()
    told = session.scalars(select(OutboundMessage).where(subject.was_told)).all()
    placed = chain(
        ((row.received_at, 0, row.id, _("Người nhắn"), _typed(row)) for row in wrote),
        ((row.made_at, 1, row.id, _("Trợ lý"), row.text) for row in told),
    )
    for at, side, _id, who, text in sorted(placed):
        line = _("[{moment}] {who}: {text}").format(moment=moment(at), who=who, text=text)
        yield side == 0, line


def _typed(row: InboundMessage) -> str:
    """The words; what was no text is named by its kind."""
    if row.text:
        return row.text
    return _("(đã xóa theo lịch lưu giữ)") if row.kind == "text" else f"({row.kind})"


def drawn(section: Section) -> str:
    """Its title in capitals and a line for each thing held."""
    lines = section.lines or (_("(không có)"),)
    return "\n".join([section.title.upper(), *(f"- {line}" for line in lines)])
