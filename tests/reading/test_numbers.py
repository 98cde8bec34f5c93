"""Each way of spelling a number, alone: what it means, and which words it leaves to others."""

from decimal import Decimal

import pytest

from qcdc_core.reading.number_words import literal
from qcdc_core.reading.numbers import NumberScanner
from qcdc_core.reading.text import fold_with_map
from qcdc_core.reading.tokens import tokenise

SURE = [
    ("7", "7", ""),
    ("02", "2", ""),
    ("không", None, ""),
    ("năm", "5", ""),
    ("mười", "10", ""),
    ("mười một", "11", ""),
    ("mười lăm", "15", ""),
    ("mười nhăm", "15", ""),
    ("muoi lam", "15", ""),
    ("hai mươi", "20", ""),
    ("hai mươi mốt", "21", ""),
    ("hai mươi tư", "24", ""),
    ("ba mươi lăm", "35", ""),
    ("hai mốt", "21", ""),
    ("bốn lăm", "45", ""),
    ("chín chín", "9", "chín"),
    ("hai chục", "20", ""),
    ("ba chục mốt", "31", ""),
    ("một trăm", "100", ""),
    ("hai trăm rưỡi", "250", ""),
    ("hai trăm rưỡi nghìn", "250000", ""),
    ("một trăm linh năm", "105", ""),
    ("một trăm lẻ tư", "104", ""),
    ("một trăm linh năm nghìn", "105000", ""),
    ("một trăm hai", "120", ""),
    ("một trăm tư", "140", ""),
    ("hai trăm hai nghìn", "220000", ""),
    ("hai trăm lăm", "250", ""),
    ("một trăm mười", "110", ""),
    ("một trăm mười lăm", "115", ""),
    ("hai trăm ba mươi", "230", ""),
    ("hai trăm ba mươi bốn", "234", ""),
    ("một trăm hai người", "100", "hai người"),
    ("hai nghìn", "2000", ""),
    ("hai ngàn", "2000", ""),
    ("nghìn rưỡi", "1500", ""),
    ("ngàn hai", "1200", ""),
    ("nghìn tư", "1400", ""),
    ("hai nghìn rưỡi", "2500", ""),
    ("một nghìn lẻ năm", "1005", ""),
    ("một nghìn không trăm linh năm", "1005", ""),
    ("một nghìn sáu trăm tám mươi", "1680", ""),
    ("một nghìn không trăm năm mươi", "1050", ""),
    ("nửa triệu", "500000", ""),
    ("nua trieu", "500000", ""),
    ("nửa tỷ", "500000000", ""),
    ("nửa thôn", None, ""),
    ("triệu hai", "1200000", ""),
    ("triệu rưỡi", "1500000", ""),
    ("triệu tư", "1400000", ""),
    ("tỷ hai", "1200000000", ""),
    ("hai triệu hai", "2200000", ""),
    ("hai triệu rưỡi", "2500000", ""),
    ("hai triệu hai trăm", "2200000", ""),
    ("hai triệu hai trăm nghìn", "2200000", ""),
    ("một triệu không trăm năm mươi nghìn", "1050000", ""),
    ("một nghìn năm trăm triệu", "1500000000", ""),
    ("hai tỷ ba trăm triệu", "2300000000", ""),
    ("2tr5", "2500000", ""),
    ("7tr200", "7200000", ""),
    ("3tr05", "3050000", ""),
    ("15tr rưỡi", "15500000", ""),
    ("1,5tr", "1500000", ""),
    ("1.5 triệu", "1500000", ""),
    ("500k", "500000", ""),
    ("500 k", "500000", ""),
    ("5 k giải quyết", "5", "k giải quyết"),
    ("2 củ", "2000000", ""),
    ("2 củ rưỡi", "2500000", ""),
    ("12.500.000", "12500000", ""),
    ("12,500,000", "12500000", ""),
    ("11.796,9 tr.đ", "11796900000", ". đ"),
    ("2 triệu 500 nghìn", "2500000", ""),
    ("2 triệu 500 triệu", "2000000", "500 triệu"),
    ("mười triệu năm trăm nghìn", "10500000", ""),
    ("ba trăm hai mươi mốt nghìn", "321000", ""),
    ("một văn bản", "1", "văn bản"),
    ("1 van ban", "1", "van ban"),
    ("ba vạn", "30000", ""),
    ("thôn", None, ""),
]

UNDECIDED = [
    ("1.200", {"1200", "1.2"}),
    ("2tr50", {"2500000", "2050000"}),
    ("3tr50", {"3500000", "3050000"}),
]


def read(text: str) -> tuple[set[Decimal], str] | None:
    tokens = tokenise(fold_with_map(text))
    number = NumberScanner(tokens, closed=[False] * len(tokens)).at(0)
    if number is None:
        return None
    return set(number.readings), " ".join(token.marked for token in tokens[number.end :])


@pytest.mark.parametrize(("text", "value", "left"), SURE)
def test_a_spelling_has_one_meaning(text: str, value: str | None, left: str) -> None:
    """And what is no part of the number stays for the figure's other words."""
    expected = None if value is None else ({Decimal(value)}, left)
    assert read(text) == expected


@pytest.mark.parametrize(("text", "values"), UNDECIDED)
def test_a_spelling_of_two_meanings_keeps_both(text: str, values: set[str]) -> None:
    """Which one is meant is asked or told by the unit, never chosen here."""
    assert read(text) == ({Decimal(value) for value in values}, "")


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1.234,5", ["1234.5"]),
        ("1,234.5", ["1234.5"]),
        ("1.234.567,8", ["1234567.8"]),
        ("1,234.5.6", []),
        ("12.34,5", []),
        ("1.234,56,7", []),
        ("1234.567,8", []),
        ("0.234,5", []),
    ],
)
def test_two_signs_are_groups_and_a_decimal_or_no_number(text: str, values: list[str]) -> None:
    """The last sign stands alone, the groups before it hold three digits."""
    assert [str(one) for one in literal(text)] == values
