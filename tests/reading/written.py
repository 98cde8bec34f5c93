"""Values written down in the ways people write them: digits, words, money, odd characters."""

import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

_ONES = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_SCALES = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"))
_ZERO_WIDTH = ("\u200b", "\u200c", "\u200d", "\ufeff", "\u2060")


@st.composite
def counts(draw: DrawFn, most: int = 9999) -> tuple[int, str]:
    """A whole number and one way of writing it."""
    value = draw(st.integers(0, 120) | st.integers(0, most))
    ways = [digits(value), full_width(value), keycaps(value)]
    if value:
        ways.append(draw(words(value)))
    if value < 100:
        ways.append(f"0{value}" if value < 10 else digits(value))
    if value >= 1000:
        ways += [grouped(value, "."), grouped(value, ",")]
    return value, draw(st.sampled_from(ways))


@st.composite
def amounts(draw: DrawFn) -> tuple[Decimal, str]:
    """Money in đồng, in thousands, and one way of writing it with its unit."""
    thousands = draw(st.integers(100, 999) | st.integers(1000, 2_000_000))
    rounded = draw(st.sampled_from((1, 10, 100, 500, 1000)))
    thousands = max(rounded, thousands // rounded * rounded)
    value = thousands * 1000
    ways = [
        grouped(value, "."),
        grouped(value, ","),
        f"{value} đồng",
        f"{grouped(value, '.')}đ",
        f"{grouped(value, '.')} VNĐ",
        f"{thousands}k",
        f"{thousands} nghìn",
        f"{thousands} ngàn đồng",
        *_in_millions(thousands),
        draw(words(value)) + draw(st.sampled_from(("", " đồng"))),
        *_mixed(value),
    ]
    return Decimal(value), draw(st.sampled_from(ways))


def _in_millions(thousands: int) -> Sequence[str]:
    whole, rest = divmod(thousands, 1000)
    tail = f"{rest:03}".rstrip("0")
    ways = [f"{whole}tr{rest:03}", f"{whole}tr {rest}k" if rest else f"{whole}tr"]
    if not tail:
        ways += [f"{whole} triệu", f"{whole}tr", f"{whole} củ", f"{whole} tr.đ", f"{whole}trđ"]
    if tail and len(tail) < 3:
        ways += [f"{whole},{tail} triệu", f"{whole}.{tail}tr", f"{whole},{tail} tr đồng"]
    if len(tail) == 1 and whole:
        ways += [f"{whole}tr{tail}", f"{whole} triệu {tail}"]
    if rest == 500 and whole:
        ways += [f"{whole} triệu rưỡi", f"{whole}tr rưỡi", f"{spelled(whole)} triệu rưỡi"]
    return [way for way in ways if whole or not way.startswith("0tr")]


def _mixed(value: int) -> Sequence[str]:
    """1 tỷ 200 triệu, 12 triệu 500 nghìn."""
    parts = []
    for size, name in _SCALES:
        count, value = divmod(value, size)
        if count:
            parts.append(f"{count} {name}")
    return [" ".join(parts)]


def digits(value: int) -> str:
    return str(value)


def full_width(value: int) -> str:
    return str(value).translate(_FULL_WIDTH)


def keycaps(value: int) -> str:
    return "".join(f"{digit}\ufe0f\u20e3" for digit in str(value))


def grouped(value: int, sign: str) -> str:
    return f"{value:,}".replace(",", sign)


@st.composite
def words(draw: DrawFn, value: int) -> str:
    """The number in words, with the choices that speakers have."""
    return " ".join(_choose(draw, word) for word in spelled(value).split())


def _choose(draw: DrawFn, word: str) -> str:
    choices = {
        "nghìn": ("nghìn", "ngàn"),
        "linh": ("linh", "lẻ"),
        "tỷ": ("tỷ", "tỉ"),
        "lăm": ("lăm", "nhăm"),
        "tư": ("tư", "bốn"),
        "bảy": ("bảy", "bẩy"),
    }
    return draw(st.sampled_from(choices.get(word, (word,))))


def spelled(value: int) -> str:
    """Vietnamese number words up to 999 tỷ."""
    if value < 1000:
        return _below_thousand(value)
    parts = []
    for size, name in _SCALES:
        count, value = divmod(value, size)
        if count:
            parts += [_below_thousand(count), name]
    if value:
        parts.append(_below_thousand(value, behind=True))
    return " ".join(parts)


def _below_thousand(value: int, *, behind: bool = False) -> str:
    hundreds, rest = divmod(value, 100)
    if not hundreds and not behind:
        return _below_hundred(rest)
    head = f"{_ONES[hundreds]} trăm"
    if not rest:
        return head
    return f"{head} linh {_ONES[rest]}" if rest < 10 else f"{head} {_below_hundred(rest)}"


def _below_hundred(value: int) -> str:
    tens, ones = divmod(value, 10)
    if not tens:
        return _ONES[ones]
    if tens == 1:
        return "mười" + ("" if not ones else " lăm" if ones == 5 else f" {_ONES[ones]}")
    tail = {0: "", 1: " mốt", 4: " tư", 5: " lăm"}.get(ones, f" {_ONES[ones]}")
    return f"{_ONES[tens]} mươi{tail}"


# Ways in which telephones change a text that mean the same.


@st.composite
def disguised(draw: DrawFn, text: str) -> str:
    """The text in NFC or NFD, with zero-width characters somewhere."""
    form = draw(st.sampled_from(("NFC", "NFD")))
    text = unicodedata.normalize(form, text)
    for place in draw(st.lists(st.integers(0, len(text)), max_size=3)):
        text = text[:place] + draw(st.sampled_from(_ZERO_WIDTH)) + text[place:]
    return text


def without_marks(text: str) -> str:
    split = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return unicodedata.normalize("NFC", "".join(c for c in split if not unicodedata.combining(c)))


_PARTS = (
    "họp|họp thôn|hòa giải|thành|không thành|đang|góp|tiền|công|hiến đất|kiến nghị|"
    "giải quyết|giám sát|cuộc|vụ|lượt|người|hộ|m2|sào|triệu|tr|k|nghìn|rưỡi|không|chưa|có|"
    "rồi|hết|cả|còn lại|một nửa|trong đó|mỗi hộ|tổng|sửa|thành 3|nhầm|khoảng|gần|"
    "từ đầu năm|tháng 9|quý III|t9|lũy kế|và|hoặc|đến|x|+|-|/|=|:|;|,|.|(|)|?|\n|1.|2.|3.|"
    "a)|b)|hai mươi|mười lăm|năm|tư|1|2|5|02|12|1.250|1,5|12.500.000|2tr5|3/5|40%|100%|"
    "0912345678|20/9|ạ|nhé|anh ơi|đơn|tồn|hồ sơ|đúng hạn|trực tuyến|tiếp dân|lao động|"
    "đoàn viên|đối thoại|định kỳ|thỏa ước|đình công|văn bản|kiểm tra|kế hoạch|hội nghị|"
    "không phát sinh|như tháng trước|ĐVT: nghìn đồng|1 sào = 500m2"
)
PARTS: SearchStrategy[str] = st.sampled_from(_PARTS.split("|"))
