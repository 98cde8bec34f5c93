"""Plausible figures: each place has its own size and habits, months have their seasons."""

import math
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from random import Random

from qcdc_core.checking import Context, check
from qcdc_core.demo.model import Place, Values, dice
from qcdc_core.forms import Form
from qcdc_core.periods import Period

TRIES = 60

Draw = Callable[[Place, Period, Context, Random], dict[str, int | None]]

# Meetings before Tết, at mid-year, and around the day of national unity (18 November).
BUSY_MONTHS = frozenset({1, 2, 6, 11, 12})
# After the harvest and in the dry season: the months in which roads are built.
GIVING_MONTHS = frozenset({3, 4, 5, 11, 12})
NEW_CRITERIA_FROM = date(2026, 2, 15)


def draw(place: Place, form: Form, period: Period, context: Context) -> Values:
    """Figures in which no rule finds anything, so that what is odd in the demo is meant."""
    for attempt in range(TRIES):
        rng = dice(place.code, form.code, period, attempt)
        raw = _DRAWS[form.code](place, period, context, rng)
        values = {
            code: None if raw[code] is None else Decimal(raw[code] or 0) for code in form.codes
        }
        if not check(values, form, context):
            break
    return values


def _village(place: Place, period: Period, context: Context, rng: Random) -> dict[str, int | None]:
    homes = dice(place.code).randint(55, 210)
    month = period.number
    meetings = 1 + _few(rng, 0.7 if month in BUSY_MONTHS else 0.25)
    disputes = _few(rng, homes / 110)
    pending = _before(context, "hoa_giai_dang") + disputes
    still_open = min(pending, int(rng.random() < 0.2))
    failed = _share(rng, pending - still_open, 0.15)
    opinions = _few(rng, 2.2)
    gives = rng.random() < (0.75 if month in GIVING_MONTHS else 0.4)
    return {
        "hop_thon": meetings,
        "hop_thon_luot": round(meetings * homes * rng.uniform(0.6, 0.9)),
        "hoa_giai_vu": disputes,
        "hoa_giai_thanh": pending - still_open - failed,
        "hoa_giai_khong_thanh": failed,
        "hoa_giai_dang": still_open,
        "dong_gop_tien": _rounded(homes * rng.uniform(60_000, 130_000), 100_000) if gives else 0,
        "dong_gop_cong": round(homes * rng.uniform(0.25, 0.55)),
        "hien_dat": _rounded(rng.uniform(60, 240), 10) if rng.random() < 0.12 else 0,
        "kien_nghi_nhan": opinions,
        "kien_nghi_giai_quyet": _settled(
            rng, opinions, _open(context, "kien_nghi_nhan", "kien_nghi_giai_quyet")
        ),
        "giam_sat": _few(rng, 0.35),
    }


def _commune(place: Place, period: Period, context: Context, rng: Random) -> dict[str, int | None]:
    habits = dice(place.code)
    size, criteria = habits.uniform(0.7, 1.5), habits.randint(14, 19)
    carried = _before(context, "don_ton_cuoi")
    received = _few(rng, 4 * size)
    competent = _share(rng, received, 0.65)
    settled = carried + competent - min(carried + competent, _few(rng, 0.8))
    files = round(260 * size * rng.uniform(0.85, 1.15))
    done = files + _open(context, "ho_so_nhan", "ho_so_dung_han", "ho_so_tre_han")
    done -= min(done, rng.randint(3, 14))
    late = min(done, _few(rng, 2.5))
    rural = place.kind == "xa"
    return {
        "tiep_dan": round(16 * size * rng.uniform(0.6, 1.4)),
        "don_ton_dau": carried,
        "don_nhan": received,
        "don_thuoc_tham_quyen": competent,
        "don_giai_quyet": settled,
        "don_ton_cuoi": carried + competent - settled,
        "doi_thoai": _few(rng, 0.9 if period.number % 3 == 0 else 0.2),
        "ho_so_nhan": files,
        "ho_so_truc_tuyen": round(files * rng.uniform(0.62, 0.84)),
        "ho_so_dung_han": done - late,
        "ho_so_tre_han": late,
        "giam_sat_mttq": _few(rng, 0.8),
        "phan_bien": _few(rng, 0.6),
        "ban_ttnd": 1,
        "quy_che_doi_thoai": int(habits.random() < 0.8 or period.year > 2025),
        "ntm_tieu_chi": _criteria(criteria, context) if rural else None,
        "dat_ntm": int(criteria >= 18) if rural else None,
    }


def _agency(place: Place, period: Period, context: Context, rng: Random) -> dict[str, int | None]:
    habits = dice(place.code)
    size = habits.uniform(0.6, 1.6)
    one_stop = habits.random() < 0.8
    carried = _before(context, "don_ton_cuoi")
    received = _few(rng, 4 * size)
    settled = carried + received - min(carried + received, _few(rng, 0.7))
    opinions = _few(rng, 3 * size)
    held_in = habits.choice((1, 1, 1, 2))
    return {
        "hoi_nghi_cbcc": int(period.number >= held_in),
        "quy_che_dan_chu_cq": 1,
        "mot_cua_dien_tu": 1 if one_stop else None,
        "cong_khai_tai_chinh": int(period.number > 1 or habits.random() < 0.7),
        "tiep_dan": round(30 * size * rng.uniform(0.7, 1.3)),
        "don_nhan": received,
        "don_giai_quyet": settled,
        "don_ton_cuoi": carried + received - settled,
        "kien_nghi_cbcc_nhan": opinions,
        "kien_nghi_cbcc_giai_quyet": _settled(
            rng, opinions, _open(context, "kien_nghi_cbcc_nhan", "kien_nghi_cbcc_giai_quyet")
        ),
        "bien_che_giam": _few(rng, 0.5),
    }


def _enterprise(
    place: Place, period: Period, context: Context, rng: Random
) -> dict[str, int | None]:
    habits = dice(place.code)
    workers = round(place.known["size"] * rng.uniform(0.95, 1.05))
    union = bool(place.known.get("union"))
    held_in = habits.choice((1, 1, 2)) if union or habits.random() < 0.2 else None
    opinions = _few(rng, 2.5 if union else 0.7)
    return {
        "lao_dong": workers,
        "doan_vien": round(workers * habits.uniform(0.75, 0.95)) if union else 0,
        "to_chuc_cong_doan": int(union),
        "to_chuc_dang": int(bool(place.known.get("party"))),
        "hoi_nghi_nld": int(held_in is not None and period.number >= held_in),
        "hoi_nghi_nld_du": round(workers * rng.uniform(0.3, 0.6))
        if period.number == held_in
        else 0,
        "doi_thoai_dinh_ky": int(rng.random() < (0.6 if union else 0.15)),
        "doi_thoai_yeu_cau": int(rng.random() < (0.15 if union else 0.03)),
        "thoa_uoc": int(union and habits.random() < 0.7),
        "quy_che_dan_chu_dn": int(union or habits.random() < 0.3),
        "kien_nghi_nld_nhan": opinions,
        "kien_nghi_nld_giai_quyet": _settled(
            rng, opinions, _open(context, "kien_nghi_nld_nhan", "kien_nghi_nld_giai_quyet")
        ),
        "dinh_cong_vu": 0,
        "dinh_cong_nguoi": 0,
    }


def _steering(
    place: Place, period: Period, _context: Context, rng: Random
) -> dict[str, int | None]:
    """A plan for the year, worked off quarter by quarter."""
    province = place.kind == "tinh"
    plan = dice(place.code, period.year).randint(8, 12) if province else 4
    done = math.floor(plan * period.number / 4)
    lessons = 1 + _few(rng, 2 if province else 0.8)
    return {
        "kiem_tra_ke_hoach": plan,
        "kiem_tra_da_lam": done,
        "giam_sat_chuyen_de": _few(rng, 0.8),
        "van_ban_chi_dao": 1 + _few(rng, 3 if province else 1),
        "hoi_nghi_tuyen_truyen": lessons,
        "luot_nguoi_tuyen_truyen": round(lessons * rng.uniform(60, 110)),
    }


_DRAWS: Mapping[str, Draw] = {
    "thon_thang": _village,
    "xa_thang": _commune,
    "co_quan_quy": _agency,
    "doanh_nghiep_quy": _enterprise,
    "chi_dao_quy": _steering,
}


def _criteria(old: int, context: Context) -> int:
    """Of 19 until 14/02/2026, of another set of 10 from 15/02/2026 (Quyết định 51/2025)."""
    return old if context.last_day < NEW_CRITERIA_FROM else old // 2


def _before(context: Context, code: str) -> int:
    return int((context.before or {}).get(code) or 0)


def _open(context: Context, opened: str, *closed: str) -> int:
    """What the last twelve periods left open."""
    settled = sum(sum(context.own(code)) for code in closed)
    return max(int(sum(context.own(opened)) - settled), 0)


def _settled(rng: Random, received: int, still_open: int) -> int:
    """Most of what there is; old opinions are answered later."""
    return _share(rng, received, 0.85) + _share(rng, min(still_open, 3), 0.7)


def _share(rng: Random, count: int, chance: float) -> int:
    return sum(rng.random() < chance for _ in range(count))


def _few(rng: Random, mean: float) -> int:
    """A count of independent events with this mean (Poisson; Knuth's way, for small means)."""
    limit, product, count = math.exp(-mean), rng.random(), 0
    while product > limit:
        product *= rng.random()
        count += 1
    return count


def _rounded(value: float, step: int) -> int:
    return round(value / step) * step
