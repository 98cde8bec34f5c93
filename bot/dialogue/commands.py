"""Short commands in the words people really type; compared folded (no marks, no signs)."""

import re


def _words(listed: str) -> frozenset[str]:
    return frozenset(" ".join(word.split()) for word in listed.split(","))


YES = frozenset(
    [
        "gui",
        "gui di",
        "gui luon",
        "ok",
        "oke",
        "okay",
        "okie",
        "dong y",
        "dung",
        "dung roi",
        "dung vay",
        "chinh xac",
        "xac nhan",
        "duoc",
        "duoc roi",
        "u",
        "uh",
        "uhm",
        "um",
        "co",
        "roi",
        "vang",
        "da",
        "da dung",
        "da gui di",
        "phai",
        "phai roi",
        "yes",
        "nhat tri",
        "chuan",
    ]
)
NO = frozenset(
    [
        "khong",
        "ko",
        "k",
        "khg",
        "hok",
        "khong dung",
        "sai",
        "sai roi",
        "khong phai",
        "chua",
        "chua dung",
        "khong dong y",
        "no",
        "nham",
    ]
)
# Consent is more than assent to a figure: “gửi”, “ừ”, “rồi” are not words for it.
AGREE = _words(
    "dong y, toi dong y, em dong y, minh dong y, dong y het, dong y tat ca, co dong y, dong y nhe, "
    "dong y a, da dong y, vang dong y, ok dong y, ok, oke, okay, nhat tri, co, vang, yes"
)
AGREE_WITHOUT_REMINDERS = _words(
    "dong y khong nhac han, dong y khong nhac, dong y nhung khong nhac, "
    "dong y nhung khong nhac han, dong y nhung dung nhac"
)
SEND = frozenset(
    [
        "gui",
        "gui di",
        "gui luon",
        "gui phieu",
        "gui bao cao",
        "xac nhan",
        "nop",
        "nop luon",
        "nop di",
    ]
)
CANCEL = frozenset(
    [
        "huy",
        "huy bo",
        "huy phieu",
        "huy nhap",
        "bo",
        "bo phieu",
        "bo qua phieu",
        "xoa nhap",
        "thoi khong gui",
        "lam lai",
        "lam lai tu dau",
    ]
)
# Leaves the draft as it is; only an explicit word throws it away.
LEAVE = frozenset(["thoi", "dung", "dung lai", "thoi nhe", "de mai", "mai gui", "tam dung"])
NOTHING = frozenset(
    [
        "khong co",
        "ko co",
        "k co",
        "khong",
        "ko",
        "k",
        "0",
        "het",
        "khong co gi",
        "ko co gi",
        "khong co ca",
        "deu khong co",
        "khong co cai nao",
        "khong co muc nao",
        "deu khong",
        "con lai khong co",
        "con lai khong",
        "con lai bang 0",
        "con lai 0",
        "chua co",
        "khong phat sinh",
        "ko phat sinh",
        "con lai khong phat sinh",
    ]
)
LATER = frozenset(
    ["de sau", "bo qua", "sau", "luc khac", "bo sung sau", "gui bo sung sau", "de do", "tiep"]
)
EDIT = frozenset(["sua", "sua lai", "sua so", "chinh", "chinh sua", "can sua", "toi muon sua"])
STEPS = frozenset(
    [
        "bao cao tung muc",
        "tung muc",
        "hoi tung muc",
        "tung buoc",
        "tung cau",
        "hoi tung cau",
        "lam tung muc",
    ]
)
HELLO = frozenset(
    ["start", "bat dau", "chao", "xin chao", "hello", "hi", "alo", "chao ban", "chao ad", "chao em"]
)
ASK_PERSON = _words(
    "hoi can bo, chuyen can bo, chuyen, chuyen cau hoi, gap can bo, hoi nguoi, can bo tra loi, "
    "toi muon hoi can bo, cho hoi can bo, nho can bo tra loi"
)
NOT_RIGHT = _words(
    "chua dung, khong dung, ko dung, sai, sai roi, khong phai, chua dung y, khong phai y nay"
)
GOOD = _words("dung y, dung roi, cam on, cam on nhieu, ok cam on, ro roi, hieu roi, hay qua, tot")
VERBATIM = _words(
    "xem nguyen van, nguyen van, doc nguyen van, cho xem nguyen van, trich nguyen van, "
    "nguyen van the nao, xem dieu luat, luat ghi the nao"
)
MORE = _words("xem them, noi them, noi ro hon, chi tiet, chi tiet hon, giai thich them, them")
WITHDRAW = _words("rut cau hoi, rut lai cau hoi, huy cau hoi, xoa cau hoi, xoa cau hoi cua toi")
LINK = _words(
    "lien ket, noi kenh, lien ket kenh, ket noi kenh, noi them kenh, them kenh, "
    "lien ket tai khoan, noi tai khoan, lien ket zalo, noi zalo, lien ket telegram, noi telegram"
)
UNLINK = _words(
    "bo lien ket, huy lien ket, ngat lien ket, go lien ket, bo noi kenh, huy noi kenh, "
    "ngat ket noi, bo ket noi, bo kenh"
)

_STATUS = re.compile(
    r"""\b(
        con\ (no|thieu)\ (gi|phieu\ nao|muc\ nao|cai\ gi)
        | (tinh\ hinh|trang\ thai|tinh\ trang)(\ bao\ cao|\ phieu)?$
        | toi\ (da\ )?no\ gi
        | (gui|nop)\ (xong\ )?(chua|het\ chua)
        | (phieu|bao\ cao)\ cua\ toi
        | han\ (nop|gui|bao\ cao|den)
        | bao\ gio\ (den\ |het\ )?han
        | tra\ lai\ (gi|phieu\ nao)
        | con\ phieu\ nao
    )\b""",
    re.VERBOSE,
)


def asks_status(folded: str) -> bool:
    """'tôi còn nợ gì', 'còn thiếu gì', 'tình hình', 'gửi chưa', 'hạn nộp'."""
    return len(folded) <= 60 and _STATUS.search(folded) is not None
