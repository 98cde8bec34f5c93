"""What may be meant in two ways is asked; each of these was once taken for a sure value."""

from datetime import date
from decimal import Decimal

import pytest

from qcdc_core.forms import form
from qcdc_core.reading import read

DAY = date(2026, 10, 5)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("họp 2 buổi, buổi đầu 40 hộ, buổi sau 55 người", "hop_thon_luot"),
        ("họp 1 cuộc 70 hộ", "hop_thon_luot"),
        ("cuộc họp thứ nhất 38 hộ dự, cuộc thứ hai 60 người dự", "hop_thon_luot"),
        ("80 hộ, mỗi hộ góp 150k, 2 công", "dong_gop_cong"),
        ("80 hộ, mỗi hộ góp 150k và 2 công", "dong_gop_cong"),
        ("mỗi hộ góp 2 công và 150k, có 80 hộ", "dong_gop_tien"),
        ("80 hộ, mỗi hộ góp 150k và hiến 2 m2", "hien_dat"),
        ("65 hộ mỗi hộ đóng 200 nghìn, 3 ngày công", "dong_gop_cong"),
        ("hòa giải 1 vụ thành, đèn hỏng 3 cái", "hoa_giai_thanh"),
        ("hòa giải 2 vụ thành, ghế gãy 5 cái", "hoa_giai_thanh"),
        ("hoa giai dc 2/3 vu", "hoa_giai_vu"),
        ("họp 1 cuộc một trăm hai người", "hop_thon_luot"),
        ("quỹ thôn còn 12 triệu", "dong_gop_tien"),
        ("1 họp 40", "hop_thon"),
        ("hòa giải được 3 vụ", "hoa_giai_thanh"),
        ("dân góp: tổng 10 triệu, gồm đường 6 triệu, điện 3 triệu", "dong_gop_tien"),
        ("hòa giải 2 vụ đất đai 1 vụ ly hôn", "hoa_giai_vu"),
        ("có 3 vụ trộm, hòa giải thành 3", "hoa_giai_vu"),
        ("họp 71/85 hộ", "hop_thon"),
        ("họp 71/85 hộ", "hop_thon_luot"),
        ("họp từ 5 tới 80 người", "hop_thon"),
        ("gop tam chuc trieu", "dong_gop_tien"),
    ],
)
def test_a_measure_that_may_be_of_something_else_is_no_value(text: str, code: str) -> None:
    """Asked, or left unread; only never a number that nobody said of that figure."""
    assert code not in read(text, form("thon_thang"), DAY).figures


@pytest.mark.parametrize(
    ("text", "code", "value"),
    [
        ("65 hộ mỗi hộ 200 nghìn, ngày công 30", "dong_gop_cong", 30),
        ("mỗi hộ 200 nghìn, 65 hộ, hiến đất 100 m2", "hien_dat", 100),
        ("hòa giải 3 vụ, thành 2, không thành 1", "hoa_giai_thanh", 2),
        ("họp 2 buổi trăm mốt người", "hop_thon_luot", 110),
        ("hop1cuoc45ng hoagiai0 dongcong30", "hoa_giai_vu", 0),
        ("họp tổ 1 cuộc 45 người; họp chi bộ 2 cuộc", "hop_thon", 1),
        ("họp 3 buổi x 40 người/buổi", "hop_thon_luot", 120),
        ("70 hộ x 250k/hộ", "dong_gop_tien", 17_500_000),
        ("25 người làm 2 ngày công mỗi người", "dong_gop_cong", 50),
        ("hòa giải 1 vụ, chưa thành, đang hòa giải tiếp", "hoa_giai_dang", 1),
        ("hòa giải 1 vụ đất đai 1 vụ hôn nhân", "hoa_giai_vu", 2),
        ("hiến đất 8 thước (1 thước bằng 33,3 m2)", "hien_dat", Decimal("266.4")),
        ("sửa hòa giải 4 vụ thành 3 không thành 1", "hoa_giai_vu", 4),
        ("họp 2 cuộc 96 người, 65 hộ mỗi hộ góp 200k", "hop_thon_luot", 96),
        ("thôn họp ngày 20/9 có 66 hộ, 80 người dự", "hop_thon_luot", 80),
        ("hopp 2 cuộc 96 người", "hop_thon", 2),
        ("kiến nghị 9, giải quyết 6, 3 cái chưa", "kien_nghi_giai_quyet", 6),
        ("góp tám chục triệu", "dong_gop_tien", 80_000_000),
        ("có 3 vụ, hòa giải thành 1, không thành 1, còn 1 vụ đang làm", "hoa_giai_vu", 3),
        ("hoa giai 3 vu, xong 2 vu, con 1 vu", "hoa_giai_dang", 1),
        ("sửa số người họp thành 78 nhé, hôm qua bấm nhầm 87", "hop_thon_luot", 78),
        (
            "dan gop 1 trieu 250 nghin tien den duong, 2tr4 tien nao vet kenh",
            "dong_gop_tien",
            3_650_000,
        ),
    ],
)
def test_what_has_its_own_label_stays_sure(text: str, code: str, value: int) -> None:
    """Doubting goes no further than the words that cause it."""
    assert read(text, form("thon_thang"), DAY).figures[code].value == value


@pytest.mark.parametrize(
    ("of", "text", "wanted"),
    [
        ("xa_thang", "xã đã đạt chuẩn NTM từ 2022", {"dat_ntm": 1}),
        ("doanh_nghiep_quy", "HNNLĐ dự kiến 15/12", {"hoi_nghi_nld": 0}),
        ("doanh_nghiep_quy", "công đoàn 158 người", {"doan_vien": 158}),
        ("doanh_nghiep_quy", "Đoàn viên để em hỏi lại công đoàn đã", {}),
        ("co_quan_quy", "Kiến nghị CBCC 5 trả lời gần hết", {"kien_nghi_cbcc_nhan": 5}),
        ("co_quan_quy", "kiến nghị của cbcc: 3 đã trả lời, 1 chưa", {}),
        ("doanh_nghiep_quy", "quý trước 120 lđ quý này 118", {}),
        ("doanh_nghiep_quy", "quý 3 đối thoại định kỳ 1, quý 4 chưa", {}),
        ("thon_thang", "nợ 3 hộ chưa góp", {}),
        ("thon_thang", "họp thôn tối 15 có 42 người", {"hop_thon_luot": 42}),
        ("thon_thang", "hôm 12 họp thôn, 35 người dự", {"hop_thon_luot": 35}),
        ("thon_thang", "toi 2 vu hoa giai", {"hoa_giai_vu": 2}),
        ("thon_thang", "sửa họp 12 sang 15", {"hop_thon": 15}),
        ("thon_thang", "dân góp 30% của 100 triệu", {}),
        (
            "xa_thang",
            "hồ sơ: nhận 500 (kỳ trước chuyển sang 20), giải quyết 480, trễ 2",
            {"ho_so_nhan": 500, "ho_so_tre_han": 2},
        ),
        (
            "chi_dao_quy",
            "ban hành 4 công văn và 1 kế hoạch, mở 1 hội nghị 75 người",
            {"van_ban_chi_dao": 5, "hoi_nghi_tuyen_truyen": 1, "luot_nguoi_tuyen_truyen": 75},
        ),
    ],
)
def test_no_number_or_word_answers_for_something_else(
    of: str, text: str, wanted: dict[str, int]
) -> None:
    """A year, a date, a person to ask, nearly all: each was once a value of its own."""
    found = {code: one.value for code, one in read(text, form(of), DAY).figures.items()}
    assert found == wanted


def test_the_month_of_a_conference_is_not_the_period() -> None:
    """A form of quarters; and a report's own month comes before a year at its head."""
    said = read("Đã họp hội nghị CBCCVC tháng 1", form("co_quan_quy"), DAY)
    assert said.period is None
    own = read("Năm nay thôn có 120 hộ, tháng 9 họp 1 cuộc", form("thon_thang"), DAY)
    assert str(own.period) == "2026-09"


@pytest.mark.parametrize(
    ("kind", "text", "figures"),
    [
        ("xa_thang", "không hồ sơ nào trễ hạn", {"ho_so_tre_han": 0}),
        ("xa_thang", "ko có hs nào nộp trực tuyến", {"ho_so_truc_tuyen": 0}),
        (
            "xa_thang",
            "nhận 31 hồ sơ, không cái nào quá hạn",
            {"ho_so_nhan": 31, "ho_so_tre_han": 0},
        ),
        ("thon_thang", "không vụ nào hòa giải không thành", {"hoa_giai_khong_thanh": 0}),
        ("thon_thang", "không có vụ nào phải hòa giải", {"hoa_giai_vu": 0}),
        ("thon_thang", "không kiến nghị nào chưa giải quyết", {}),
        ("thon_thang", "không có vụ nào nghiêm trọng", {}),
        ("doanh_nghiep_quy", "không kiến nghị nào được trả lời", {"kien_nghi_nld_giai_quyet": 0}),
        ("co_quan_quy", "không nhận đơn nào cả", {"don_nhan": 0}),
    ],
)
def test_a_denial_is_of_what_stands_behind_it(
    kind: str, text: str, figures: dict[str, int]
) -> None:
    """None is late does not say that none came in."""
    found = read(text, form(kind), DAY).figures
    assert {code: one.value for code, one in found.items()} == figures


@pytest.mark.parametrize(
    ("kind", "text", "figures"),
    [
        (
            "xa_thang",
            "nhận 100 hồ sơ, đúng hạn 90, còn lại trễ",
            {"ho_so_nhan": 100, "ho_so_dung_han": 90, "ho_so_tre_han": 10},
        ),
        (
            "xa_thang",
            "nhận 431 hồ sơ, trực tiếp 97, còn lại trực tuyến",
            {"ho_so_nhan": 431, "ho_so_truc_tuyen": 334},
        ),
        (
            "doanh_nghiep_quy",
            "Lao động xưởng A 210, xưởng B 180, văn phòng 25",
            {"lao_dong": 415},
        ),
    ],
)
def test_the_rest_and_the_parts_make_the_whole(
    kind: str, text: str, figures: dict[str, int]
) -> None:
    """The rest is worked out from what was said, or asked."""
    found = read(text, form(kind), DAY).figures
    assert {code: one.value for code, one in found.items()} == figures


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("xa_thang", "ho so 300 may cai", "ho_so_nhan"),
        ("thon_thang", "mỗi nhà đóng 300 nghìn làm rãnh, chưa thu hết", "dong_gop_tien"),
        ("xa_thang", "nhận 100 hồ sơ, còn lại trễ", "ho_so_tre_han"),
        ("xa_thang", "nhận 100 hồ sơ, đúng hạn khoảng 90, còn lại trễ", "ho_so_tre_han"),
        ("xa_thang", "nhận 100 hồ sơ, trực tuyến 60, còn lại trễ", "ho_so_tre_han"),
        ("xa_thang", "nhận 431 hồ sơ, đúng hạn 400, còn lại trực tuyến", "ho_so_truc_tuyen"),
        ("xa_thang", "nhận 431 hồ sơ, trực tiếp khoảng 97, còn lại trực tuyến", "ho_so_truc_tuyen"),
        ("xa_thang", "nhận 431 hồ sơ, trực tiếp 90 hay 97, còn lại trực tuyến", "ho_so_truc_tuyen"),
        ("doanh_nghiep_quy", "lao động 200, đoàn viên 150, còn lại dự hội nghị", "hoi_nghi_nld_du"),
        ("thon_thang", "hòa giải 5 vụ, thành khoảng 2, còn lại đang làm", "hoa_giai_dang"),
        ("thon_thang", "họp 2 buổi 66 hộ, buổi sau 80 người", "hop_thon_luot"),
    ],
)
def test_what_is_not_sure_is_a_question(kind: str, text: str, code: str) -> None:
    """Nothing said, said roughly, or of another matter: a question, not a number."""
    found = read(text, form(kind), DAY)
    assert code not in found.figures
    assert code in {one.code for one in found.asks}


def test_the_number_of_a_decision_is_no_figure() -> None:
    """Theo QĐ 1532: no commune meets 1,532 criteria."""
    found = read("được công nhận đạt chuẩn NTM theo QĐ 1532", form("xa_thang"), DAY).figures
    assert {code: one.value for code, one in found.items()} == {"dat_ntm": 1}


@pytest.mark.parametrize("meetings", ["2 cuộc", "2 bữa", "1 buổi"])
def test_households_told_beside_the_people_leave_nothing_unread(meetings: str) -> None:
    """Nobody is asked which figure the 66 households are: the people behind them say who came."""
    said = read(f"họp {meetings} 66 hộ, 80 người dự", form("thon_thang"), DAY)
    assert said.unread == ()
    assert said.figures["hop_thon_luot"].value == 80
