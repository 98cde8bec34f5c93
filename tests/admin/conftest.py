"""A province with two communes, its users, and reports that wait."""

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from admin.create_app import create_app
from qcdc_core.config import Settings
from qcdc_core.periods import Period
from tests import builders
from tests.admin.site import NOW, Site, Visitor

NOVEMBER = Period.month(2026, 11)
CLEAN = {"hop_thon": 1, "hop_thon_luot": 30, "kien_nghi_nhan": 1, "kien_nghi_giai_quyet": 1}
ODD = CLEAN | {"hoa_giai_vu": 5, "hoa_giai_thanh": 3, "hoa_giai_khong_thanh": 1}
SAID = "t11 họp 1 cuộc 30 người, hòa giải 5 vụ thành 3 không thành 1, kiến nghị 1 xong 1"
QUOTES = {"hop_thon": "1 cuộc", "hop_thon_luot": "30 người", "hoa_giai_vu": "5 vụ"}


@pytest.fixture
def site(engine: Engine, sessions: sessionmaker[Session], tmp_path: Path) -> Site:
    """Users: hoa (officer of Sơn Lang), rin (officer of Đak Rong), tinh (office), quan (admin).

    Reports of November: ``odd`` (thôn Đông, a sum that does not fit), ``clean`` (thôn Tây) and
    ``other`` (làng Kon Brung, of the other commune).
    """
    settings = Settings(
        database_url="sqlite://", var=tmp_path, secret_key="khóa thử", _env_file=None
    )
    app = create_app(settings, engine, lambda: NOW)
    with sessions.begin() as session:
        ids = _fill(session)
    return Site(app, sessions, lambda: NOW, ids)


def _fill(session: Session) -> dict[str, int]:
    province = builders.build_province(session)
    builders.user(session, "hoa", "officer", province.commune)
    builders.user(session, "rin", "officer", province.other_commune, name="Rin")
    builders.user(session, "tinh", "office", province.province, name="Văn Bình")
    builders.user(session, "quan", "admin", province.province, name="Thu")
    figures = {
        "odd": (province.village, ODD, SAID),
        "clean": (province.second_village, CLEAN, None),
        "other": (province.other_village, CLEAN, None),
    }
    ids = {"village": province.village.id}
    for name, (unit, values, text) in figures.items():
        ids[name] = builders.report(
            session,
            unit,
            "thon_thang",
            NOVEMBER,
            builders.zeros("thon_thang", **values),
            text=text,
            quotes=QUOTES if text else None,
        ).id
    return ids


@pytest.fixture
def hoa(site: Site) -> Visitor:
    return site.signed_in("hoa")


@pytest.fixture
def tinh(site: Site) -> Visitor:
    return site.signed_in("tinh")


@pytest.fixture
def quan(site: Site) -> Visitor:
    return site.signed_in("quan")
