"""The checks of `qcdc doctor`, in the order in which one thing rests on another."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from fontTools.ttLib import TTLibError
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from qcdc_core import db
from qcdc_core.audit import first_broken
from qcdc_core.audit.tables import AuditEntry
from qcdc_core.config import Settings
from qcdc_core.health.channels import channels_well
from qcdc_core.health.data_key import data_key_fits
from qcdc_core.health.disk import disks_well
from qcdc_core.health.duties import duties_well
from qcdc_core.health.messages import inbox_well, outbox_well
from qcdc_core.health.reachable import platforms_reach
from qcdc_core.health.result import Result
from qcdc_core.health.secrets import secrets_kept
from qcdc_core.health.ticker import ticker_well
from qcdc_core.language import gettext as _
from qcdc_core.language import moment
from qcdc_core.look import typeface
from qcdc_core.messages.tables import InboundMessage
from qcdc_core.migrations import is_newest

# This version was written in 2026; a machine that lost its clock wakes up years earlier.
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
CLOCK_SLACK = timedelta(minutes=5)


def examine(settings: Settings, now: datetime) -> Iterator[Result]:
    """Results in order; what needs the database is left out when that cannot be used."""
    yield from secrets_kept(settings)
    yield _fonts(settings)
    yield from disks_well(settings)
    usable = _database(settings.database_url)
    yield usable
    if not usable.is_well:
        yield _clock(now, None)
        return
    engine = db.engine_for(settings.database_url)
    with db.reading(engine).begin() as session:
        yield _clock(now, _newest_moment(session))
        yield _audit(session)
        yield from inbox_well(session, now)
        yield outbox_well(session, now)
        yield from ticker_well(session, now)
        yield data_key_fits(session, settings)
        yield from platforms_reach(session, settings)
        yield from channels_well(session, settings, now)
        yield from duties_well(session, now)


def _fonts(settings: Settings) -> Result:
    """Makes the typeface of the pages if it is not there yet, so that the folder is tried too."""
    try:
        for weight in typeface.STYLES:
            typeface.woff2(weight, settings.var)
            typeface.figures_woff2(weight, settings.var)
    except (OSError, TTLibError) as error:
        words = _("Không tạo được phông chữ trong {var} ({error}). Cài lại: make install")
        shown = words.format(var=settings.var, error=type(error).__name__)
        return Result("fonts", is_well=False, text=shown)
    return Result("fonts", is_well=True, text=_("Phông chữ Be Vietnam Pro: có."))


def _database(url: str) -> Result:
    """A folder that cannot be made and a misspelled address are told like a server that is down."""
    kind = url.partition(":")[0].partition("+")[0]
    try:
        engine = db.engine_for(url)
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        newest = is_newest(engine)
    except (SQLAlchemyError, OSError, ImportError) as error:
        words = _(
            "Không mở được cơ sở dữ liệu {kind} ({error}). "
            "Xem QCDC_DATABASE_URL, máy chủ và quyền ghi thư mục."
        )
        shown = words.format(kind=kind, error=type(error).__name__)
        return Result("database", is_well=False, text=shown)
    if not newest:
        words = _("Cơ sở dữ liệu chưa có cấu trúc của bản này. Chạy: qcdc migrate")
        return Result("migrations", is_well=False, text=words)
    words = _("Cơ sở dữ liệu {kind}: mở được, cấu trúc mới nhất.").format(kind=kind)
    return Result("database", is_well=True, text=words)


def _clock(now: datetime, newest: datetime | None) -> Result:
    """The clock must not stand before this version was written, nor before what is stored."""
    floor = max(EARLIEST, newest - CLOCK_SLACK) if newest else EARLIEST
    if now < floor:
        words = _(
            "Đồng hồ của máy chỉ {now}, trước cả dữ liệu đã lưu ({newest}). "
            "Chỉnh giờ máy rồi khởi động lại; hạn và kỳ báo cáo tính theo giờ này."
        )
        shown = words.format(now=moment(now), newest=moment(newest or EARLIEST))
        return Result("clock", is_well=False, text=shown)
    return Result("clock", is_well=True, text=_("Đồng hồ: {now}.").format(now=moment(now)))


def _newest_moment(session: Session) -> datetime | None:
    moments = [
        session.scalar(select(func.max(column)))
        for column in (InboundMessage.received_at, AuditEntry.at)
    ]
    return max((one for one in moments if one is not None), default=None)


def _audit(session: Session) -> Result:
    broken = first_broken(session)
    if broken is None:
        return Result("audit", is_well=True, text=_("Nhật ký: nguyên vẹn."))
    words = _(
        "Nhật ký bị sửa từ mục số {id}. Giữ nguyên cơ sở dữ liệu, báo người phụ trách an toàn."
    )
    return Result("audit", is_well=False, text=words.format(id=broken.id))
