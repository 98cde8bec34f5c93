"""Amounts with declared or spoken units: the value, or why it is asked and what is offered."""

from datetime import date
from decimal import Decimal

import pytest

from qcdc_core.forms import form
from qcdc_core.reading import read
from qcdc_core.reading.values import DoubtReason

DAY = date(2026, 10, 5)
MONEY, LAND, HELD, THERE = "dong_gop_tien", "hien_dat", "hop_thon", "hop_thon_luot"


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        ("ĐVT: nghìn đồng. Dân góp 12.300", MONEY, "12300000"),
        ("ĐVT: nghìn đồng. Dân góp 999", MONEY, "999000"),
        ("ĐVT: triệu đồng. Dân góp 12,5", MONEY, "12500000"),
        ("ĐVT: đồng. Dân góp 1.200", MONEY, "1200"),
        ("1 công đất = 1000 m2, hiến 2 công đất", LAND, "2000"),
        ("hiến đất 1,5 sào (1 sào = 500 m2)", LAND, "750"),
        ("hiến 1.250 m2", LAND, "1250"),
    ],
)
def test_an_amount_in_the_unit_of_the_form(text: str, code: str, value: str) -> None:
    """Đồng and m², whatever unit the table or the people of the place have."""
    assert read(text, form("thon_thang"), DAY).figures[code].value == Decimal(value)


@pytest.mark.parametrize(
    ("text", "code", "reason", "choices"),
    [
        ("ĐVT: triệu đồng. Dân góp 12.500.000", MONEY, "unclear", ["12500000", "12500000000000"]),
        ("ĐVT: nghìn đồng. Dân góp 1.500.000", MONEY, "unclear", ["1500000", "1500000000"]),
        ("ĐVT: triệu đồng. Dân góp 1.250", MONEY, "separator", ["1250000000", "1250000"]),
        ("góp 2tr50", MONEY, "separator", ["2050000", "2500000"]),
        ("góp 3-4 triệu", MONEY, "range", ["3000000", "4000000"]),
        ("góp trăm triệu", MONEY, "approximate", []),
        ("họp trăm người", THERE, "approximate", []),
        ("họp 1 cuộc một trăm hai người", THERE, "separator", ["120", "102"]),
        ("họp 2,5 cuộc", HELD, "fraction", []),
        ("hiến 3 sào", LAND, "local_unit", []),
        ("hiến đất 2 công", LAND, "local_unit", []),
        ("hiến đất 5m", LAND, "unclear", ["5"]),
        ("hiến đất 12", LAND, "no_unit", ["12"]),
        ("hiến 1,250 ha", LAND, "separator", ["12500", "12500000"]),
    ],
)
def test_an_amount_that_is_asked_says_why_and_offers_what_it_may_be(
    text: str, code: str, reason: str, choices: list[str]
) -> None:
    """The reason makes the sentence, the choices are its buttons."""
    reading = read(text, form("thon_thang"), DAY)
    assert code not in reading.figures
    (doubt,) = [one for one in reading.asks if one.code == code]
    assert doubt.reason is DoubtReason(reason)
    assert list(doubt.choices) == [Decimal(one) for one in choices]
