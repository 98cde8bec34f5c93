"""Kinds of unit and the word that stands before the name ('thôn Đông', 'xã Sơn Lang').

Agencies and enterprises carry their whole name themselves, so their word is empty.
"""

KIND_WORDS = {
    "tinh": "tỉnh",
    "thanh_pho": "thành phố",
    "huyen": "huyện",
    "xa": "xã",
    "phuong": "phường",
    "dac_khu": "đặc khu",
    "thi_tran": "thị trấn",
    "thon": "thôn",
    "lang": "làng",
    "ban": "bản",
    "ap": "ấp",
    "buon": "buôn",
    "khom": "khóm",
    "to_dan_pho": "tổ dân phố",
    "khu_pho": "khu phố",
    "co_quan": "",
    "doanh_nghiep": "",
}

PROVINCES = frozenset({"tinh", "thanh_pho"})
COMMUNES = frozenset({"xa", "phuong", "dac_khu", "thi_tran"})
VILLAGES = frozenset({"thon", "lang", "ban", "ap", "buon", "khom", "to_dan_pho", "khu_pho"})
