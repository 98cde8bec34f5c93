"""A third quarter of 2026 in tỉnh Minh Họa, with everything that makes a quarter untidy.

Thôn Đông sent all three months, thôn Tây two, làng Kon Brung three without mediation; both
communes, the agency, the enterprise and the standing office sent theirs, some figures left out.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from qcdc_core.briefs import Brief, compose
from qcdc_core.forms.calendar import ReportingCalendar
from qcdc_core.periods import Period
from qcdc_core.reports.tables import Report
from qcdc_core.units.tables import Unit
from tests import builders
from tests.builders import CALENDAR, Province, build_province, zeros

QUARTER = Period.quarter(2026, 3)
JULY, AUGUST, SEPTEMBER = QUARTER.months()
NOW = datetime(2026, 10, 1, 3, tzinfo=UTC)
COMMITTEE = "Ban Chỉ đạo thực hiện dân chủ ở cơ sở"
SAID = "t9 họp 3 cuộc 100 người, hòa giải 3 vụ thành 1, đang 2, góp 12tr5, hiến 120,25 m2 đất"

DONG = {
    JULY: {"hop_thon": 1, "hop_thon_luot": 30, "hoa_giai_vu": 2, "hoa_giai_thanh": 2},
    AUGUST: {"hop_thon": 2, "hop_thon_luot": 70, "hoa_giai_vu": 1, "hoa_giai_khong_thanh": 1},
    SEPTEMBER: {
        "hop_thon": 3,
        "hop_thon_luot": 100,
        "hoa_giai_vu": 3,
        "hoa_giai_thanh": 1,
        "hoa_giai_dang": 2,
        "dong_gop_tien": 12_500_000,
        "hien_dat": "120.25",
    },
}
SON_LANG = {
    JULY: {"don_ton_dau": 2, "don_nhan": 4, "don_thuoc_tham_quyen": 3, "don_giai_quyet": 4},
    AUGUST: {"don_ton_dau": 1, "don_nhan": 2, "don_thuoc_tham_quyen": 2, "don_giai_quyet": 3},
    SEPTEMBER: {"don_nhan": 6, "don_thuoc_tham_quyen": 6, "don_giai_quyet": 4, "doi_thoai": 1},
}
LEFT_OPEN = {JULY: 1, AUGUST: 0, SEPTEMBER: 2}
STATES = {"ban_ttnd": 1, "quy_che_doi_thoai": 1, "ntm_tieu_chi": 8, "dat_ntm": 0}


def build(session: Session, calendar: ReportingCalendar = CALENDAR) -> Province:
    place = build_province(session)
    fill(session, place, QUARTER, calendar)
    return place


def fill(
    session: Session, place: Province, quarter: Period, calendar: ReportingCalendar = CALENDAR
) -> None:
    """The same figures in any quarter."""
    by = builders.sender(session, place.village)
    months = dict(zip(QUARTER.months(), quarter.months(), strict=True))

    def send(unit: Unit, form: str, period: Period, values: Mapping[str, Decimal | None]) -> Report:
        return builders.report(session, unit, form, period, values, calendar=calendar)

    for month, values in DONG.items():
        builders.report(
            session,
            place.village,
            "thon_thang",
            months[month],
            zeros("thon_thang", **values),
            by=by,
            text=SAID if month is SEPTEMBER else None,
            quotes={"hop_thon": "3 cuộc", "hoa_giai_vu": "3 vụ", "dong_gop_tien": "12tr5"},
            calendar=calendar,
        )
    for month in (JULY, AUGUST):
        figures = zeros("thon_thang", hop_thon=1, hop_thon_luot=20, hoa_giai_dang=1)
        send(place.second_village, "thon_thang", months[month], figures)
    for month in (JULY, AUGUST, SEPTEMBER):
        figures = zeros("thon_thang", hop_thon=1, hop_thon_luot=15)
        told = {code: value for code, value in figures.items() if "hoa_giai" not in code}
        send(place.other_village, "thon_thang", months[month], told)
        left = {"don_ton_cuoi": LEFT_OPEN[month], **STATES}
        send(place.commune, "xa_thang", months[month], zeros("xa_thang", **SON_LANG[month], **left))
    ward = {**zeros("xa_thang", ban_ttnd=0), "ntm_tieu_chi": None, "dat_ntm": None}
    send(place.other_commune, "xa_thang", months[SEPTEMBER], ward)
    agency = zeros("co_quan_quy", hoi_nghi_cbcc=1, tiep_dan=12, don_nhan=3, don_giai_quyet=2)
    send(place.agency, "co_quan_quy", quarter, agency | {"don_ton_cuoi": Decimal(1)})
    enterprise = {"lao_dong": 40, "doan_vien": 30, "to_chuc_cong_doan": 1, "hoi_nghi_nld": 1}
    send(place.enterprise, "doanh_nghiep_quy", quarter, zeros("doanh_nghiep_quy", **enterprise))
    office = zeros("chi_dao_quy", kiem_tra_ke_hoach=5, kiem_tra_da_lam=3, van_ban_chi_dao=4)
    send(place.province, "chi_dao_quy", quarter, office)


def brief_of(
    session: Session,
    unit: str = "MH",
    period: Period = QUARTER,
    calendar: ReportingCalendar = CALENDAR,
    now: datetime = NOW,
) -> Brief:
    return compose(session, unit, period, calendar, now, COMMITTEE)


def text_of(brief: Brief) -> str:
    return "\n".join(one.text for one in brief.sentences)


def day(text: str) -> date:
    return date.fromisoformat(text)
