"""What people must do in time: requests about personal data, and files that do not arrive."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from qcdc_core.clock import local_day
from qcdc_core.evidence.tables import EvidenceFile
from qcdc_core.health.result import Result
from qcdc_core.language import gettext as _
from qcdc_core.personal.requests import late, waiting

# Fetched within a minute; Telegram's own addresses of files hold for one hour.
LONGEST_FETCH = timedelta(minutes=30)


def duties_well(session: Session, now: datetime) -> Iterator[Result]:
    yield _requests(session, now)
    yield from _files(session, now)


def _requests(session: Session, now: datetime) -> Result:
    rows = waiting(session)
    overdue = sum(late(one, local_day(now)) for one in rows)
    if not overdue:
        text = _("Yêu cầu về dữ liệu cá nhân chưa xong: {count}, không có yêu cầu quá hạn.")
        return Result("data_requests", is_well=True, text=text.format(count=len(rows)))
    text = _(
        "{count} yêu cầu về dữ liệu cá nhân đã quá hạn luật định. Làm ngay ở trang Dữ liệu cá nhân."
    )
    return Result("data_requests", is_well=False, text=text.format(count=overdue))


def _files(session: Session, now: datetime) -> Iterator[Result]:
    count, failure = session.execute(
        select(func.count(), func.max(EvidenceFile.failure)).where(
            EvidenceFile.state == "waiting", EvidenceFile.received_at < now - LONGEST_FETCH
        )
    ).one()
    if count:
        text = _(
            "{count} ảnh, tệp kèm phiếu chưa tải được từ nền tảng ({failure}). Kiểm tra mạng và mã"
            " truy cập của kênh; bot tự thử lại."
        )
        yield Result("files", is_well=False, text=text.format(count=count, failure=failure or "?"))
