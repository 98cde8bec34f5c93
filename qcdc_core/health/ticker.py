"""What happens by the clock: does some process lead, and did the last runs go well?"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.health.result import Result
from qcdc_core.language import gettext as _
from qcdc_core.language import moment
from qcdc_core.leader import TICKER
from qcdc_core.leader.tables import Lease, PeriodicJob


def ticker_well(session: Session, now: datetime) -> Iterator[Result]:
    """One result for the lease, one more when jobs failed at their last run."""
    yield _lease(session.get(Lease, TICKER), now)
    failed = session.execute(
        select(PeriodicJob.name, PeriodicJob.failure)
        .where(PeriodicJob.failure.is_not(None))
        .order_by(PeriodicJob.name)
    ).all()
    if failed:
        text = _(
            "Việc định kỳ lần chạy gần nhất bị lỗi: {jobs}. Tự chạy lại sau ít phút; còn lỗi thì"
            " xem nhật ký của bot."
        )
        jobs = ", ".join(f"{name} ({failure})" for name, failure in failed)
        yield Result("jobs", is_well=False, text=text.format(jobs=jobs))


def _lease(row: Lease | None, now: datetime) -> Result:
    if row is None:
        text = _(
            "Tiến trình bot chưa chạy lần nào, nên chưa nhắc hạn, chưa gia hạn mã truy cập. "
            "Khởi động bot (dòng bot trong Procfile)."
        )
        return Result("ticker", is_well=False, text=text)
    if row.until <= now:
        text = _(
            "Không tiến trình bot nào chạy việc định kỳ từ {since}: nhắc hạn và gia hạn mã truy cập"
            " đang dừng. Khởi động lại bot (dòng bot trong Procfile)."
        )
        return Result("ticker", is_well=False, text=text.format(since=moment(row.until)))
    text = _("Việc định kỳ: đang chạy ở {holder}.").format(holder=row.holder)
    return Result("ticker", is_well=True, text=text)
