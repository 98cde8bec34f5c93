"""Numbers that are no figures: telephones, documents, hours, ages, names of places and people."""

import re

from qcdc_core.reading.text import fold
from qcdc_core.reading.vocabulary import Vocabulary

# Alternatives begin with a letter or a digit right behind one \b: that is what makes them fast.
_PATTERN = re.compile(
    # 145/2020/NĐ-CP, 12/QĐ-SNV, 14-KH/BCĐ
    r"\b(?:\d+(?:\s*[-/]\s*\d{4})?\s*[-/]\s*[a-z]{1,6}\d*(?:\s*[-/]\s*[a-z]{1,8}\d*)+"
    r"|\d+/(?:qd|nd|tt|kh|bc|cv|nq|ct|tb|kl|ubnd|hd|ttr|qh)(?:\d+)?(?:-[a-z]+)*\b"
    r"|\d+/\d{4}/[a-z]+\d*(?:-[a-z]+)*)"
    r"|(?=[\d+])(?<![\d.,])(?:\+?84|0)(?:[\s.\-]?\d){8,10}(?!\d|[.,]\d)"
    r"|\b(?:\d{1,2}\s*(?:h|gio)(?:\s*\d{2}|\s*ruoi)?\b|\d{1,2}:\d{2}\b(?!\s*(?:cuoc|vu))"
    r"|\d+\s*(?:den|-|toi)\s*\d+\s*tuoi|\d+\s*tuoi\b"
    r"|\d+(?:[.,]\d+)?\s*(?:km|kg|cm|mm|tan|lit|do c|ki lo met|cay so)\b"
    r"|20\d\d\s*-\s*20\d\d\b"
    r"|(?:20/10|8/3|2/9|30/4|1/5|27/7|20/11|22/12|18/11|19/5)\b"
    r"|so\s*\d+(?:\s*[-/]\s*\d{4})?\s*[-/]\s*[a-z]{1,6}\d*(?:\s*[-/]\s*[a-z]{1,8}\d*)+"
    r"|(?:nghi dinh|nghi quyet|quyet dinh|luat|thong tu|ket luan|chi thi|cong van|van ban|"
    r"ke hoach|ho so|giay|bien ban|qd|nd|tt|kh)\s+so\s*:?\s*\d+(?:/\d{4})?(?:[-/][a-z]+\d*)*"
    r"|(?:nghi dinh|nghi quyet|thong tu|ket luan|chi thi)\s+\d+(?:/\d{4})?"
    r"|(?:theo|tai|can cu)\s+(?:qd|quyet dinh|nq|cv|cong van|tb)\s+\d+(?:/\d{4})?"
    r"|(?:dieu|khoan|ql|quoc lo|tinh lo|duong so|so nha|lo)\s*\d+\b"
    r"|(?:mst|ma so thue|cccd|cmnd|cmt|stk|so tai khoan|tai khoan|sdt|dt lien he|"
    r"dien thoai|hotline|tel|zalo)\b[\s:.]*[\d\s.\-]{6,}(?<!\s)"
    r"|(?:do tuoi\s+)?tu\s+\d+\s*(?:den|-|toi)\s*\d+\s*tuoi"
    r"|do tuoi\s+(?:tu\s+)?\d+\s*(?:den|-|toi)\s*\d+"
    r"|(?:thon|to dan pho|tdp|khu pho|kp|to|xom|ap|ban(?<!van ban)|lang|khom|khu|doi|xa|phuong|"
    r"buon|nhom)\s+(?:so\s+)?(?P<place>\d{1,2})(?=\s*(?:$|[^\w\s]|\n|xa\b|phuong\b|hop\b|bao\b|"
    r"bc\b|s?dt\b|gui\b|co\b|xin\b|thang\b|t\d|nay\b|da\b|tong\b|thi\b|trong\b|ky\b))"
    r"(?!\s*(?:[/*+]|x\s*\d))"
    r"|(?:cap|hang(?<!tre hang)(?<!dung hang)(?<!qua hang)(?<!truoc hang)|loai|khoa|nhiem ky)"
    r"\s+\d+(?:\s*-\s*\d+)?\b)",
)
_LINK = re.compile(r"\b[\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+|https?://\S+|\bwww\.\S+")
_CLAUSE_END = re.compile(r"\s*(?:[,;.\n]|$)")
_PERSON = re.compile(
    r"\b(?:ong|anh|chi|co|chu|bac|thay|di|cau|mu|me|cu) +(?:hai|ba|tu|nam|sau|bay|tam|chin|"
    r"muoi|mot|bon)\b(?!\s*(?:cuoc|vu|luot|nguoi|don|tram|muoi|trieu|y kien|lan|buoi|ngay|"
    r"cong|noi|van|ho so|tieu|met|m2|nghin|ngan|chuc|cua|ke hoach|hoi nghi|lop|dot|to|quy che|"
    r"kien nghi|phan anh|doi thoai|hoa giai|giam sat))"
)
# Without marks "ba tu" is bà Tư behind another person, a house or a household.
_NEIGHBOURS = re.compile(
    r"\b(?:(?:nha|ho|gia dinh)(?: +(?:ong|anh|chi|co|chu|bac))?|(?:ong|anh|chi|chu|bac|thay) +\w+"
    r"(?: +(?:va|voi))?) +ba +(?:hai|tu|nam|sau|bay|tam|chin|muoi|ut)\b(?! *(?:cuoc|vu|trieu|tram))"
)
_LADY = re.compile(r"\bbà +(?:hai|ba|tư|năm|sáu|bảy|tám|chín|mười|mốt|bốn|út)\b")


_NAME = re.compile(
    r"\b(?:ông|bà|anh|chị|hộ|cô|chú|bác|cụ|ong|ba|ho|chi)(?: (?:ông|bà|anh|chị|ong|ba))?"
    r"((?: \w[\w']*){1,4})",
    re.IGNORECASE,
)


def names(text: str, words: Vocabulary) -> list[tuple[int, int]]:
    """People with a capital letter, as spans: bà Lan, hộ ông Nguyễn Văn Thọ.

    Words of the forms are no names (Hộ Dự Họp).
    """
    if text.isupper():
        found = (_capital(found, words.known) for found in _NAME.finditer(text))
        return [span for span in found if span]
    return [span for found in _NAME.finditer(text) if (span := _named(found, words.labelled))]


def _named(found: re.Match[str], known: frozenset[str]) -> tuple[int, int] | None:
    end = found.start(1)
    lower = found[0].split()[0].islower()  # "nhà ông Quý": in running text a capital is a name
    for word in found[1].split():
        if (
            word == "X"
            or not word[0].isupper()
            or (word.isupper() and len(word) > 1)
            or (not lower and fold(word) in known)
        ):
            break
        end += len(word) + 1
    return (found.start(), end) if end > found.start(1) else None


def _capital(found: re.Match[str], known: frozenset[str]) -> tuple[int, int] | None:
    """In a text of capitals a name is a single letter, or what no form knows: HỘ A, BÀ LAN."""
    end = found.start(1)
    for word in found[1].split():
        if word in "Xx" or not word.isalpha() or (len(word) > 1 and fold(word) in known):
            break
        end += len(word) + 1
    return (found.start(), end) if end > found.start(1) else None


def _counts(found: re.Match[str], plain: str) -> bool:
    """Meant: "họp thôn 3" at the end of its clause counts meetings, and names no village."""
    if found["place"] is None or not plain.endswith("hop ", 0, found.start()):
        return False
    return _CLAUSE_END.match(plain, found.end()) is not None


def noise(plain: str, marked: str) -> list[tuple[int, int]]:
    """Spans of the folded text that hold numbers which are no figures."""
    spans = [found.span() for found in _PATTERN.finditer(plain) if not _counts(found, plain)]
    if "@" in plain or "://" in plain or "www." in plain:
        spans += [found.span() for found in _LINK.finditer(plain)]
    spans += [
        found.span()
        for found in _PERSON.finditer(plain)
        if marked[found.start() : found.start() + 3] not in ("có ", "cỡ ", "chỉ")
    ]
    if "ba " in plain:
        spans += [found.span() for found in _NEIGHBOURS.finditer(plain)]
    if "bà" in marked:
        spans += [found.span() for found in _LADY.finditer(marked)]
    return spans
