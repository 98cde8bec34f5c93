"""The reports that are meant to be odd, so that every page has something to show.

Each stands a number of periods before the last finished one (``back``: 0 is that one itself).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from qcdc_core.demo.model import Values
from qcdc_core.forms import Form

Ending = Literal["accepted", "sent", "returned"]


@dataclass(frozen=True)
class Plot:
    """``times`` multiplies a figure; ``instead`` puts values (taken after ``times``).

    ``left_out``: figures not reported. ``rule`` is the warning it is meant to raise, ``answer`` the
    reason that the sender gave; ``asked`` is what an officer asked about ``code``.
    """

    code: str = ""
    times: Mapping[str, int] = field(default_factory=dict)
    instead: Mapping[str, int] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    rule: str = ""
    answer: str = ""
    asked: str = ""
    ending: Ending = "accepted"

    def changed(self, values: Values) -> Values:
        new = {code: value for code, value in values.items() if code not in self.left_out}
        for code, factor in self.times.items():
            new[code] = (new[code] or Decimal(0)) * factor
        return new | {code: Decimal(value) for code, value in self.instead.items()}


def plot_of(place_code: str, form: Form, back: int) -> Plot | None:
    return _PLOTS.get((place_code, form.code, back))


def _outlier(code: str, answer: str, ending: Ending = "accepted", **instead: int) -> Plot:
    return Plot(code, instead=instead, rule="bat_thuong", answer=answer, ending=ending)


_PLOTS: Mapping[tuple[str, str, int], Plot] = {
    ("MH-SL-T", "thon_thang", 0): _outlier(
        "dong_gop_tien",
        "đúng, 3 đoạn đường bê tông làm cùng lúc, có sổ thu từng hộ",
        "sent",
        dong_gop_tien=385_000_000,
    ),
    ("MH-BM-5", "thon_thang", 4): _outlier(
        "dong_gop_tien",
        "đúng, dân góp xây nhà văn hóa thôn",
        dong_gop_tien=262_500_000,
    ),
    ("MH-TH-3", "thon_thang", 3): _outlier(
        "dong_gop_cong",
        "đúng, cả thôn ra quân làm kênh mương ba tuần liền",
        dong_gop_cong=860,
    ),
    ("MH-PL-2", "thon_thang", 0): Plot(
        "",
        instead={"kien_nghi_nhan": 2, "kien_nghi_giai_quyet": 14},
        rule="kien_nghi_khong_vuot",
        answer="12 ý kiến tồn từ trước khi báo cáo qua đây, nay xã trả lời hết",
        ending="sent",
    ),
    ("MH-MT-3", "thon_thang", 0): Plot(
        "",
        instead={"hop_thon": 1, "hop_thon_luot": 0},
        rule="hop_co_nguoi",
        answer="họp qua nhóm Zalo, chưa ghi số người dự",
        ending="sent",
    ),
    ("MH-BM-2", "thon_thang", 0): Plot(
        left_out=("dong_gop_cong", "hien_dat", "giam_sat"), ending="sent"
    ),
    ("MH-DR-4", "thon_thang", 0): Plot(
        "kien_nghi_giai_quyet",
        instead={"kien_nghi_nhan": 4, "kien_nghi_giai_quyet": 3},
        asked="Văn bản trả lời của xã mới có 2. Kiểm tra giúp.",
        ending="returned",
    ),
    ("MH-MT-6", "thon_thang", 0): Plot(
        "hop_thon_luot",
        asked="Biên bản họp ghi ít người hơn. Xem lại giúp số lượt người dự.",
        ending="returned",
    ),
    ("MH-TH", "xa_thang", 0): Plot(
        "ho_so_tre_han",
        asked="Trung tâm phục vụ hành chính công ghi nhiều hồ sơ trễ hạn hơn. Kiểm tra giúp.",
        ending="returned",
    ),
    ("MH-PL", "xa_thang", 2): Plot(
        "",
        times={"ho_so_dung_han": 2},
        rule="ho_so_can_bang",
        answer="gồm hồ sơ cấp đổi đất tồn từ năm trước, trả hết trong tháng",
    ),
    ("MH-TH", "chi_dao_quy", 0): Plot(
        "",
        instead={"kiem_tra_ke_hoach": 4, "kiem_tra_da_lam": 6},
        rule="kiem_tra_ke_hoach",
        answer="thêm 2 cuộc kiểm tra đột xuất theo chỉ đạo của tỉnh",
    ),
    ("MH-SYT", "co_quan_quy", 0): _outlier(
        "tiep_dan",
        "đúng, tiếp dân về chuyển tuyến bảo hiểm y tế trong cả quý",
        tiep_dan=640,
    ),
    ("MH-SCT", "co_quan_quy", 0): Plot(
        "hoi_nghi_cbcc",
        instead={"hoi_nghi_cbcc": 0},
        rule="khong_lui",
        answer="quý trước báo nhầm, hội nghị dời sang quý IV",
        ending="sent",
    ),
    ("MH-DN-03", "doanh_nghiep_quy", 1): Plot(
        "",
        instead={"dinh_cong_vu": 1, "dinh_cong_nguoi": 130, "doi_thoai_yeu_cau": 1},
    ),
    ("MH-DN-10", "doanh_nghiep_quy", 0): Plot(
        "doi_thoai_dinh_ky",
        instead={"doi_thoai_dinh_ky": 1},
        asked="Liên đoàn Lao động tỉnh chưa nhận biên bản đối thoại của quý này. Kiểm tra giúp.",
        ending="returned",
    ),
}
