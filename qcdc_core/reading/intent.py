"""What a message is for: figures, a correction, a question, help, or talk."""

import re
from collections.abc import Sequence

from qcdc_core.reading.item import Item
from qcdc_core.reading.values import Intent

_ASKS = re.compile(
    r"\b(?:xu ly (?:sao|the nao|ra sao)|thi sao|lam (?:sao|the nao)|bao nhieu|bn|"
    r"the nao|ra sao|nhu the nao|ntn|lam sao|tai sao|vi sao|khi nao|bao gio|"
    r"bao lau|la gi|may(?<!\d may) (?:lan|nguoi|ngay|nam|cuoc|thang|buoi|gio|tuoi|phan tram)"
    r"|(?:o|tai|di|len|toi|den|gui|ve|ra|tu) dau(?! (?:nam|thang|quy|ky|nhiem|mua|tuan|gio))"
    r"|thi (?:\w+ ){0,3}lam gi\b|thi (?:\w+ ){0,3}ai\b|dung hay sai|co hay khong|"
    r"neu\b.*\bthi\b.*\b(?:khong|ko|chua)(?: (?:a|nhe|nha|vay|anh|chi|em|ha|nhi))*\W*$|"
    r""
    r"co (?:bat buoc|can phai|nhat thiet|can xin)|cho (?:\w+ )?hoi|xin hoi|muon hoi|hoi chut|"
    r"hoi ti|co (?:phai|duoc|bi|can|quyen|bat buoc)\b.*\b(?:khong|ko|k|hong|hok)"
    r"|duoc (?:khong|ko|k)|phai (?:khong|ko)|dung (?:khong|ko)|co (?:sao )?(?:khong|ko)\b"
    r"(?! (?:ro|biet|nho|chac|phat))|"
    r"hay khong|(?:duoc|phai|dung|sao|gi|nao|dau|chua) (?:a|vay|the|nhi|ha|ta|anh|chi|em|"
    r"dong chi)?\s*\?)"
)
# Who asks, unless its clause denies: "không tinh giản ai", "chưa ai trả lời".
_WHO = re.compile(
    r"(?:^|[,;.])(?![^,;.]*\b(?:khong|ko|k|kh|chua|chang|cu|co)\b[^,;.]*\bai\b)[^,;.]*"
    r"\bai (?!(?:cung|deu|nay|do|khac|a|nhe|nha|ca|het)\b)\w"
)
# Words that ask unless the sentence denies: "gửi cấp nào", but "không họp cuộc nào".
_WHICH = re.compile(
    r"^(?!.*\b(?:khong|ko|k|kh|kg|chua|chang|hok|hong|khum|hum|hem|het|bat cu|bat ky)\b)"
    r".*\b(?:nao|gi)\b(?! (?:cung|do|day|het|nua|deu|vet))"
)
_FORGOT = re.compile(r"\b(?:khong|ko|k|chang) (?:nho|ro|con nho)\b.*\bmay\b[^?]*$")
_WHAT = re.compile(r"\b(?:quy dinh|dieu \d+|luat|nghi dinh|thong tu|hieu luc|the nao)\b")
_HELP = re.compile(
    r"^\W*/?(?:help|start|menu|tro giup|giup|giup do|huong dan)\b|\bhuong dan\b|\b(?:cach|"
    r"lam sao|the nao de|ntn de|bang cach nao)\b.{0,30}\b(?:gui|bao cao|nhap|dien|sua|ghi|"
    r"su dung|dung)\b"
    r"|\b(?:gui|bao cao|nhap|dien|sua|ghi|su dung|bam|nhan)\b.{0,40}\b(?:lam sao|the nao|ntn|"
    r"nhu nao|sao|bang cach nao|cach nao|kieu gi|o dau|muc nao|cho nao)\b|"
    r"\bkhong biet (?:dien|nhap|gui|ghi|lam|bao cao|su dung|dung)\b"
    r"|\b(?:chi|day|giup) (?:em|toi|minh|tui|bac|chau|anh|chi) (?:cach|voi|nhap|dien|gui)\b|"
    r"\b(?:chi|day|huong dan) (?:giup |dum |cho |\w+ )?cach\b|"
    r"\bcan (?:bao|gui|nhap|dien) (?:nhung )?(?:gi|muc nao|so nao)\b|\bmau (?:bao cao|"
    r"tin nhan|phieu)\b.*\?|\bco mau khong\b"
)
_ABOUT_THE_FORM = re.compile(
    r"\bvi du\b|\btinh (?:nhung )?(?:gi|the nao|sao|ra sao|lam sao|nhu the nao|ntn)\b"
    r"|\bhan (?:nop|gui|chot|bao cao)\b"
    r"|\b(?:nop|gui|chot) (?:truoc )?(?:khi nao|luc nao|ngay nao|bao gio)"
    r"|\b(?:gui|nhap|bam|vao) (?:khong|ko|k) (?:duoc|dc)\b"
    r"|\b(?:khong|ko|k) (?:gui|nhap|vao) (?:duoc|dc)\b|\bbi loi\b"
    r"|\b(?:bao cao|phieu|mau|so lieu) (?:nay )?(?:gom|co|can)"
    r" (?:nhung )?(?:gi|muc nao|muc gi|cai gi)\b"
    r"|\bmuc (?:nay|do|\d+) (?:la|ghi|dien|tinh|co nghia)\b"
    r"|\bcach (?:dung|lam|gui|nhap|dien|su dung|bao cao|tinh|ghi)\b"
    r"|\bdung (?:the nao|nhu nao|sao|lam sao|ntn)\b|\bgiup (?:toi|em|minh|tui|bac|chau|voi|do)\b"
    r"|\b(?:can|phai) (?:bao|gui|ghi|dien|nhap)\b.*\b(?:gi|nao)\b"
    r"|^\W*(?:hd(?:sd)?\b(?:\W+(?:a|nhe|nha|voi|anh|chi|em|ban|ad|bot|cam on))*|\?)\W*$"
    r"|\b(?:gui|nhap|bao) (?:bang |qua |kem )?(?:file|tep|excel|hinh|word|giong noi|zalo|"
    r"telegram|tin nhan|web)\b"
    r"|\b(?:bam|an|nhan) (?:vao )?(?:gi|nut nao|nut gi|phim nao|dau|cho nao|o dau|cai gi)\b"
    r"|\b(?:xoa|huy|sua|thoat|dang nhap|dang ky|doi|quay lai|lam lai)\b.{0,40}\b(?:gi|sao|the nao|"
    r"nhu nao|o dau|cho nao|kieu gi|cach nao)\b"
    r"|\b(?:cu phap|danh sach lenh|cac lenh|lenh nao|chuc nang)\b|\bbot\b.*\b(?:gi|the nao|sao)\b"
    r"|\b(?:muc|chi tieu|phieu|cot|dong|o)\b.{0,40}\b(?:khac nhau|khac gi|nghia la|la sao|la gi|"
    r"hieu (?:the nao|sao|nhu nao)|gom (?:nhung )?gi)\b"
    r"|\b(?:co )?(?:tinh|dien|nhap|dem|ke|gop) "
    r"(?:la|ca|luon|chung|vao|rieng|them|chung voi)\b.{0,40}\b(?:khong|ko|k|hong)\b"
    r"|\b(?:de trong|bo trong|bo qua|gui sau|gui lai|nop tre|nop sau|gui tre)\b.{0,15}"
    r"\b(?:duoc|dc|co sao) ?(?:khong|ko|k|hong)\b"
    r"|\btinh tu (?:ngay|hom|thang) (?:nao|may)\b"
    r"|\b(?:bao cao|phieu|so lieu)\b.{0,20}\b(?:gui|nop)? ?(?:cho |ve |len )?(?:ai|dau)\b"
)
_NOT = frozenset({"khong", "ko", "k", "kh", "chua"})
_SENTENCE = re.compile(r"[^.?!;\n]*(?:[.](?=\d)[^.?!;\n]*)*[.?!;\n]*")


# "…, cho em hỏi …" behind a report begins a sentence of its own.
_TURN = re.compile(
    r",\s*(?=(?:(?:a|ma|va|nhan tien|tien the|tien|roi|con)\s+)*"
    r"(?:cho (?:\w+ ){0,2}hoi|xin hoi|(?:em|toi|minh|tui|bac|chau) (?:muon |xin )hoi|"
    r"hoi (?:chut|ti|them))\b)"
)
_NUMBER = re.compile(r"\d+")
_REPORTED = 2  # numbers in front of a question that make a report of it


_SAME = re.compile(
    r"\b(?:nhu|giong|y|het|chang|bang|giu nguyen|(?:su )?dung lai|lay(?: lai)?|"
    r"copy|chep(?: lai)?|theo|khac(?: gi)?)"
    r"\s+(?:so lieu |so |cua |bao cao |nhu )*"
    r"(?:(?:thang|quy|ky|lan|dot|hom|bua)\s*(?:truoc|vua roi|roi|vua qua|no)"
    r"|(?:thang|t|quy|q)\s*(?:\d{1,2}|i{1,3}|iv)\b|cu\b)"
    r"|\bgiu nguyen\b"
)


# What a denial must be about, or "anh không hiểu" would report that nothing happened.
_NO_EVENT = re.compile(
    r"\W*(?:(?:co|he|thay|xay ra|dien ra|to chuc|them|bat ky|bat cu|mot|1|cac|nhung|mot so)\W+)*"
    r"(?:gi|chi|ji|j|ps|phat sinh|so lieu|hoat dong|viec|vu viec|su viec|bien dong|noi dung|"
    r"truong hop|chi tieu|muc|thay doi)\b(?! (?:cua|lam|de lam))"
)
_POLITELY = frozenset(
    {"a", "ah", "u", "ha", "nhe", "nha", "nhen", "nghe", "oi", "thua", "dau", "that", "luon"}
    | {"em", "anh", "chi", "bac", "co", "chu", "ban", "tui", "toi", "minh", "dong", "cam", "on"}
    | {"het", "ca", "tron", "roi", "nua"}
)


def says_nothing_happened(plain: str, items: Sequence[Item]) -> bool:
    """Không phát sinh, chẳng có chi, or a bare không; never a denial of something else."""
    denials = [at for at, item in enumerate(items) if item.mark == "negation"]
    if not denials or any(item.quantity for item in items):
        return False
    if any(_NO_EVENT.match(plain, items[at].end) for at in denials):
        return True
    last = denials[-1]
    return (
        plain[items[last].start : items[last].end] != "chua"
        and not any(item.kind in "LW" for item in items)
        and all(_adds_nothing(item) for item in items[last:])
    )


def _adds_nothing(item: Item) -> bool:
    if item.kind == "M":
        return item.mark in ("negation", "all") or item.text == "co"
    return item.kind != "F" or item.text in _POLITELY


def is_same_as_last(plain: str) -> bool:
    return bool(_SAME.search(plain))


def sentences(plain: str) -> list[tuple[int, int]]:
    """Spans of the sentences of a folded text; a dot inside a number ends none."""
    spans = [found.span() for found in _SENTENCE.finditer(plain) if found[0].strip()]
    return [part for span in spans for part in _turned(plain, *span)]


def _turned(plain: str, start: int, end: int) -> list[tuple[int, int]]:
    """A report and the question behind it, which one comma parts."""
    found = _TURN.search(plain, start, end)
    if found is None or len(_NUMBER.findall(plain, start, found.start())) < _REPORTED:
        return [(start, end)]
    return [(start, found.start()), (found.end(), end)]


def asks_at_its_end(items: Sequence[Item]) -> bool:
    """Góp 5 triệu có hóa đơn không: "có" and "không" with no label or comma between."""
    kept = [item for item in items if item.kind != "B" and item.text != "?"]
    while kept and kept[-1].kind == "F":
        kept.pop()
    if not kept or kept[-1].text not in _NOT:
        return False
    for at in range(len(kept) - 2, -1, -1):
        if kept[at].text == "co":
            return at < len(kept) - 2
        if kept[at].kind in "CQ" or (kept[at].kind == "L" and at != 1):
            return False
    return False


# Words that ask only without their marks, or with others: nạo vét, máy bơm, một sào.
_OTHER_WORDS = re.compile(
    r"\b(?:nạo|não|náo|máy|mày|may|sào|sáo|sạo|ái|ải|gỉ|gí|đầu|dâu|dầu|bàn|bán|chùa|bạo|bảo|báo)\b"
)


def askable(plain: str, marked: str) -> str:
    """The folded text without the words whose marks say that they ask nothing."""
    if plain == marked:
        return plain
    kept = list(plain)
    for found in _OTHER_WORDS.finditer(marked):
        kept[found.start() : found.end()] = "x" * (found.end() - found.start())
    return "".join(kept)


def asks(sentence: str) -> bool:
    """Whether a sentence asks something."""
    stripped = sentence.rstrip()
    if stripped.endswith("?") and not stripped.endswith("??"):
        return bool(re.search(r"[a-z]\W*\?$", stripped))
    if _FORGOT.search(stripped):
        return False
    which = ("nao" in stripped or "gi" in stripped) and _WHICH.search(stripped)
    who = "ai " in stripped and _WHO.search(stripped)
    return bool(which or who or _ASKS.search(stripped))


def asks_for_help(plain: str) -> bool:
    return bool(_HELP.search(plain) or _ABOUT_THE_FORM.search(plain))


def is_word_of_law(plain: str) -> bool:
    return bool(_WHAT.search(plain))


def without_figures(plain: str, *, asked: bool) -> Intent:
    """The intent of a message in which no figure was found."""
    if asks_for_help(plain):
        return Intent.help
    return Intent.question if asked else Intent.chat
