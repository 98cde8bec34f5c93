"""What holds for every message: values come back or are asked, nothing comes out of nothing."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from qcdc_core.forms import form
from qcdc_core.reading import DoubtReason, Reading, read
from tests.reading import written
from tests.reading.labelled import FORMS, TODAY, Labelled, labelled

FIND = settings(max_examples=300, deadline=None, derandomize=True, database=None)

# Labels as people write them; {} is the number's place.
COUNTS = (
    ("thon_thang", "hop_thon", "họp thôn {} cuộc"),
    ("thon_thang", "hop_thon", "số cuộc họp thôn: {}"),
    ("thon_thang", "hop_thon_luot", "họp thôn 1 cuộc, {} người dự"),
    ("thon_thang", "hop_thon_luot", "số lượt người dự họp thôn {}"),
    ("thon_thang", "dong_gop_cong", "ngày công {}"),
    ("thon_thang", "dong_gop_cong", "bà con góp {} ngày công"),
    ("thon_thang", "hien_dat", "hiến đất {} m2"),
    ("thon_thang", "kien_nghi_nhan", "{} kiến nghị"),
    ("thon_thang", "kien_nghi_nhan", "kiến nghị - {}"),
    ("thon_thang", "giam_sat", "giám sát = {}"),
    ("xa_thang", "tiep_dan", "tiếp công dân {} lượt"),
    ("xa_thang", "ho_so_nhan", "hồ sơ tiếp nhận {}"),
    ("xa_thang", "don_nhan", "nhận {} đơn"),
    ("xa_thang", "phan_bien", "phản biện {} văn bản"),
    ("co_quan_quy", "tiep_dan", "TCD: {}"),
    ("co_quan_quy", "bien_che_giam", "tinh giản biên chế {} người"),
    ("doanh_nghiep_quy", "lao_dong", "tổng số lao động {}"),
    ("doanh_nghiep_quy", "doan_vien", "{} đoàn viên"),
    ("chi_dao_quy", "van_ban_chi_dao", "ban hành {} văn bản"),
    ("chi_dao_quy", "giam_sat_chuyen_de", "giám sát chuyên đề {} cuộc"),
)
MONEY = (
    "góp {}",
    "tiền đóng góp: {}",
    "bà con đóng góp được {} làm đường",
    "{} tiền dân góp",
    "họp 1 cuộc 40 người, góp {}, công 20",
)
POLITE = (" ạ", " nhé", " nha anh", ". Cảm ơn anh", " ạ!", ". Em cảm ơn ạ", " nhé chị.")
MESSAGES = list(labelled())


def values(reading: Reading) -> Mapping[str, Decimal]:
    return {code: figure.value for code, figure in reading.figures.items()}


def asked(reading: Reading) -> frozenset[str]:
    return frozenset(doubt.code for doubt in reading.asks)


def told(reading: Reading) -> object:
    return values(reading), asked(reading), reading.intent, reading.period, reading.not_applicable


@FIND
@given(st.data(), st.sampled_from(COUNTS), written.counts())
def test_a_count_comes_back_however_it_is_written(
    data: DataObject, label: tuple[str, str, str], count: tuple[int, str]
) -> None:
    """Digits, words, leading zeros, separators, full-width and emoji digits, NFD, zero-width.

    Where decimals are allowed "1,246" is asked.
    """
    code, (value, text) = label[1], count
    message = data.draw(written.disguised(label[2].format(text)))
    reading = read(message, form(label[0]), TODAY)
    if not (form(label[0]).figure(code).decimals and "," in text and code in asked(reading)):
        assert values(reading).get(code) == value, message


@FIND
@given(st.data(), st.sampled_from(MONEY), written.amounts())
def test_money_comes_back_however_it_is_written(
    data: DataObject, label: str, amount: tuple[Decimal, str]
) -> None:
    """12.500.000, 12tr5, 12,5 triệu, 12500k, mười hai triệu rưỡi: one value, or a question."""
    value, text = amount
    message = data.draw(written.disguised(label.format(text)))
    reading = read(message, form("thon_thang"), TODAY)
    if "dong_gop_tien" not in asked(reading):
        assert values(reading).get("dong_gop_tien") == value, message


@FIND
@given(st.sampled_from(COUNTS), written.counts())
def test_a_count_without_marks_is_never_another_value(
    label: tuple[str, str, str], count: tuple[int, str]
) -> None:
    """Typed without marks the number comes back, is asked, or is missing."""
    code, (value, text) = label[1], count
    message = written.without_marks(label[2].format(text))
    reading = read(message, form(label[0]), TODAY)
    assert values(reading).get(code, value) == value, message


@FIND
@given(st.sampled_from(MONEY), written.amounts())
def test_money_without_marks_is_never_another_value(
    label: str, amount: tuple[Decimal, str]
) -> None:
    """Typed without marks the amount comes back, is asked, or is missing."""
    value, text = amount
    message = written.without_marks(label.format(text))
    reading = read(message, form("thon_thang"), TODAY)
    assert values(reading).get("dong_gop_tien", value) == value, message


def check_quotes(text: str, reading: Reading) -> None:
    for figure in reading.figures.values():
        assert 0 <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.quote
        assert figure.quote.strip()
    for doubt in reading.asks:
        assert text[doubt.start : doubt.end] == doubt.quote


@FIND
@given(st.text(max_size=80), st.sampled_from(sorted(FORMS.values())))
def test_any_text_whatever_is_read_without_an_error(text: str, code: str) -> None:
    """Never an exception, and each value is quoted at its place."""
    check_quotes(text, read(text, form(code), TODAY))


@FIND
@given(
    st.lists(written.PARTS, max_size=14),
    st.sampled_from((" ", "", "  ")),
    st.sampled_from(sorted(FORMS)),
)
def test_words_of_reports_in_any_order_are_read_without_an_error(
    parts: list[str], glue: str, short: str
) -> None:
    """Heaps of labels, numbers and signs: no exception, and each value has its quote."""
    text = glue.join(parts)
    check_quotes(text, read(text, form(FORMS[short]), TODAY))


@FIND
@given(st.lists(written.PARTS, max_size=10), st.sampled_from(sorted(FORMS)))
def test_a_value_stands_in_the_text_or_follows_from_it(parts: list[str], short: str) -> None:
    """A figure above one needs a number somewhere in its message."""
    text = " ".join(parts)
    reading = read(text, form(FORMS[short]), TODAY)
    if not re.search(r"\d|hai|mươi|lăm|năm|tư|một|rưỡi", text):
        assert all(value <= 1 for value in values(reading).values()), text


@pytest.mark.parametrize("case", MESSAGES, ids=lambda case: f"line {case.number}")
def test_a_message_without_marks_never_gives_another_value(case: Labelled) -> None:
    """What the marks decide is asked or missing without them, not guessed.

    Only a word of doubt that is another word without its marks (cỡ 180, có 180) may go unseen.
    """
    with_marks = read(case.text, case.form, TODAY)
    without = read(written.without_marks(case.text), case.form, TODAY)
    known = values(with_marks)
    other = {code for code, value in values(without).items() if known.get(code) != value}
    rough = {one.code for one in with_marks.asks if one.reason is DoubtReason.approximate}
    assert other <= rough


@pytest.mark.parametrize("case", MESSAGES, ids=lambda case: f"line {case.number}")
def test_spaces_and_split_marks_change_nothing(case: Labelled) -> None:
    text, wanted = case.text, case.form
    right = told(read(text, wanted, TODAY))
    assert told(read(text.replace(" ", "  "), wanted, TODAY)) == right
    assert told(read(unicodedata.normalize("NFD", text), wanted, TODAY)) == right


@pytest.mark.parametrize("case", MESSAGES, ids=lambda case: f"line {case.number}")
def test_a_message_in_capitals_gives_the_same_values(case: Labelled) -> None:
    """Capitals hide which words are names: a figure may be asked, and is never another one."""
    right, capitals = (read(text, case.form, TODAY) for text in (case.text, case.text.upper()))
    missing = set(values(right)) - set(values(capitals))
    assert missing <= asked(capitals)
    assert values(capitals) == {k: v for k, v in values(right).items() if k not in missing}
    assert capitals.intent == right.intent


@pytest.mark.parametrize("polite", POLITE)
def test_polite_words_at_the_end_change_nothing(polite: str) -> None:
    for case in MESSAGES:
        text, wanted = case.text, case.form
        if text[-1].isalnum():
            right = told(read(text, wanted, TODAY))
            assert told(read(text + polite, wanted, TODAY)) == right, text + polite
