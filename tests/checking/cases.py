"""Cases of every rule: values that fit and values that do not, with what the finding must hold.

A case is (rule, form, values, earlier values of the period before, figure codes of the finding);
no codes: nothing is found.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    rule: str
    form: str
    values: Mapping[str, int]
    codes: tuple[str, ...] = ()
    before: Mapping[str, int] | None = None
    severity: str = "error"
    repairs: Mapping[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        what = "fails" if self.codes else "fits"
        return f"{self.rule} of {self.form} {what}: {dict(self.values)}"


CASES = (
    Case(
        "hoa_giai_can_bang",
        "thon_thang",
        {"hoa_giai_vu": 3, "hoa_giai_thanh": 2, "hoa_giai_khong_thanh": 1, "hoa_giai_dang": 1},
        before={"hoa_giai_dang": 1},
    ),
    Case(
        "hoa_giai_can_bang",
        "thon_thang",
        {"hoa_giai_vu": 5, "hoa_giai_thanh": 2, "hoa_giai_khong_thanh": 1, "hoa_giai_dang": 0},
        ("hoa_giai_vu", "hoa_giai_thanh", "hoa_giai_khong_thanh", "hoa_giai_dang"),
        before={"hoa_giai_dang": 0},
        repairs={"hoa_giai_dang": 2, "hoa_giai_vu": 3},
    ),
    Case("hop_co_nguoi", "thon_thang", {"hop_thon": 2, "hop_thon_luot": 96}),
    Case("hop_co_nguoi", "thon_thang", {"hop_thon": 0, "hop_thon_luot": 0}),
    Case(
        "hop_co_nguoi",
        "thon_thang",
        {"hop_thon": 0, "hop_thon_luot": 5},
        ("hop_thon_luot",),
        severity="warning",
    ),
    Case(
        "hop_co_nguoi",
        "thon_thang",
        {"hop_thon": 2, "hop_thon_luot": 0},
        ("hop_thon_luot",),
        severity="warning",
    ),
    Case(
        "kien_nghi_khong_vuot",
        "thon_thang",
        {"kien_nghi_nhan": 1, "kien_nghi_giai_quyet": 3},
        before={"kien_nghi_nhan": 4, "kien_nghi_giai_quyet": 2},
    ),
    Case(
        "kien_nghi_khong_vuot",
        "thon_thang",
        {"kien_nghi_nhan": 1, "kien_nghi_giai_quyet": 4},
        ("kien_nghi_giai_quyet", "kien_nghi_nhan"),
        before={"kien_nghi_nhan": 4, "kien_nghi_giai_quyet": 2},
        severity="warning",
    ),
    Case(
        "kien_nghi_khong_vuot",
        "co_quan_quy",
        {"kien_nghi_cbcc_nhan": 2, "kien_nghi_cbcc_giai_quyet": 2},
    ),
    Case(
        "kien_nghi_khong_vuot",
        "co_quan_quy",
        {"kien_nghi_cbcc_nhan": 2, "kien_nghi_cbcc_giai_quyet": 3},
        ("kien_nghi_cbcc_giai_quyet", "kien_nghi_cbcc_nhan"),
        severity="warning",
    ),
    Case(
        "kien_nghi_khong_vuot",
        "doanh_nghiep_quy",
        {"kien_nghi_nld_nhan": 2, "kien_nghi_nld_giai_quyet": 2},
    ),
    Case(
        "kien_nghi_khong_vuot",
        "doanh_nghiep_quy",
        {"kien_nghi_nld_nhan": 2, "kien_nghi_nld_giai_quyet": 3},
        ("kien_nghi_nld_giai_quyet", "kien_nghi_nld_nhan"),
        severity="warning",
    ),
    Case(
        "don_can_bang",
        "xa_thang",
        {"don_ton_dau": 2, "don_thuoc_tham_quyen": 5, "don_giai_quyet": 4, "don_ton_cuoi": 3},
    ),
    Case(
        "don_can_bang",
        "xa_thang",
        {"don_ton_dau": 2, "don_thuoc_tham_quyen": 5, "don_giai_quyet": 4, "don_ton_cuoi": 2},
        ("don_ton_dau", "don_thuoc_tham_quyen", "don_giai_quyet", "don_ton_cuoi"),
        repairs={"don_ton_cuoi": 3, "don_giai_quyet": 5},
    ),
    Case("don_tham_quyen", "xa_thang", {"don_thuoc_tham_quyen": 4, "don_nhan": 4}),
    Case(
        "don_tham_quyen",
        "xa_thang",
        {"don_thuoc_tham_quyen": 5, "don_nhan": 4},
        ("don_thuoc_tham_quyen", "don_nhan"),
    ),
    Case("don_noi_ky", "xa_thang", {"don_ton_dau": 3}, before={"don_ton_cuoi": 3}),
    Case(
        "don_noi_ky",
        "xa_thang",
        {"don_ton_dau": 2},
        ("don_ton_dau",),
        before={"don_ton_cuoi": 3},
        repairs={"don_ton_dau": 3},
    ),
    Case(
        "ho_so_can_bang",
        "xa_thang",
        {"ho_so_nhan": 10, "ho_so_dung_han": 11, "ho_so_tre_han": 1},
        before={"ho_so_nhan": 5, "ho_so_dung_han": 2, "ho_so_tre_han": 1},
    ),
    Case(
        "ho_so_can_bang",
        "xa_thang",
        {"ho_so_nhan": 10, "ho_so_dung_han": 12, "ho_so_tre_han": 1},
        ("ho_so_dung_han", "ho_so_tre_han", "ho_so_nhan"),
        before={"ho_so_nhan": 5, "ho_so_dung_han": 2, "ho_so_tre_han": 1},
        severity="warning",
    ),
    Case("ho_so_truc_tuyen", "xa_thang", {"ho_so_nhan": 8, "ho_so_truc_tuyen": 8}),
    Case(
        "ho_so_truc_tuyen",
        "xa_thang",
        {"ho_so_nhan": 8, "ho_so_truc_tuyen": 9},
        ("ho_so_truc_tuyen", "ho_so_nhan"),
    ),
    Case("ntm_toi_da", "xa_thang", {"ntm_tieu_chi": 10}),
    Case("ntm_toi_da", "xa_thang", {"ntm_tieu_chi": 11}, ("ntm_tieu_chi",)),
    Case(
        "doan_vien_khong_vuot",
        "doanh_nghiep_quy",
        {"doan_vien": 40, "lao_dong": 40, "to_chuc_cong_doan": 1},
    ),
    Case(
        "doan_vien_khong_vuot",
        "doanh_nghiep_quy",
        {"doan_vien": 41, "lao_dong": 40, "to_chuc_cong_doan": 1},
        ("doan_vien", "lao_dong"),
    ),
    Case(
        "doan_vien_khong_vuot",
        "doanh_nghiep_quy",
        {"doan_vien": 5, "lao_dong": 40, "to_chuc_cong_doan": 0},
        ("doan_vien",),
        repairs={"to_chuc_cong_doan": 1, "doan_vien": 0},
    ),
    Case(
        "hoi_nghi_du",
        "doanh_nghiep_quy",
        {"hoi_nghi_nld": 1, "hoi_nghi_nld_du": 40, "lao_dong": 40},
    ),
    Case(
        "hoi_nghi_du",
        "doanh_nghiep_quy",
        {"hoi_nghi_nld": 1, "hoi_nghi_nld_du": 41, "lao_dong": 40},
        ("hoi_nghi_nld_du", "lao_dong"),
    ),
    Case(
        "hoi_nghi_du",
        "doanh_nghiep_quy",
        {"hoi_nghi_nld": 0, "hoi_nghi_nld_du": 30, "lao_dong": 40},
        ("hoi_nghi_nld_du",),
        repairs={"hoi_nghi_nld": 1, "hoi_nghi_nld_du": 0},
    ),
    Case(
        "dinh_cong", "doanh_nghiep_quy", {"dinh_cong_vu": 2, "dinh_cong_nguoi": 80, "lao_dong": 40}
    ),
    Case(
        "dinh_cong",
        "doanh_nghiep_quy",
        {"dinh_cong_vu": 0, "dinh_cong_nguoi": 3, "lao_dong": 40},
        ("dinh_cong_nguoi",),
    ),
    Case(
        "dinh_cong",
        "doanh_nghiep_quy",
        {"dinh_cong_vu": 1, "dinh_cong_nguoi": 0, "lao_dong": 40},
        ("dinh_cong_nguoi",),
    ),
    Case(
        "dinh_cong",
        "doanh_nghiep_quy",
        {"dinh_cong_vu": 2, "dinh_cong_nguoi": 81, "lao_dong": 40},
        ("dinh_cong_nguoi", "lao_dong", "dinh_cong_vu"),
    ),
    Case("kiem_tra_ke_hoach", "chi_dao_quy", {"kiem_tra_da_lam": 6, "kiem_tra_ke_hoach": 6}),
    Case(
        "kiem_tra_ke_hoach",
        "chi_dao_quy",
        {"kiem_tra_da_lam": 7, "kiem_tra_ke_hoach": 6},
        ("kiem_tra_da_lam", "kiem_tra_ke_hoach"),
        severity="warning",
    ),
    Case("khong_lui", "co_quan_quy", {"hoi_nghi_cbcc": 1}, before={"hoi_nghi_cbcc": 1}),
    Case(
        "khong_lui",
        "co_quan_quy",
        {"hoi_nghi_cbcc": 0},
        ("hoi_nghi_cbcc",),
        before={"hoi_nghi_cbcc": 1},
        severity="warning",
    ),
    Case("khong_lui", "doanh_nghiep_quy", {"thoa_uoc": 0}, before={"thoa_uoc": 1}),
    Case(
        "khong_lui",
        "doanh_nghiep_quy",
        {"hoi_nghi_nld": 0},
        ("hoi_nghi_nld",),
        before={"hoi_nghi_nld": 1},
        severity="warning",
    ),
    *(
        Case("bat_thuong", form, {code: most})
        for form, code, most in (
            ("thon_thang", "hop_thon", 100),
            ("xa_thang", "don_ton_cuoi", 2000),
            ("co_quan_quy", "bien_che_giam", 100_000),
            ("doanh_nghiep_quy", "lao_dong", 100_000),
            ("chi_dao_quy", "van_ban_chi_dao", 500),
        )
    ),
    *(
        Case("bat_thuong", form, {code: value}, (code,), severity="warning", repairs=repairs)
        for form, code, value, repairs in (
            ("thon_thang", "hop_thon", 120, {"hop_thon": 12}),
            ("xa_thang", "don_ton_cuoi", 2001, {}),
            ("co_quan_quy", "bien_che_giam", 100_001, {}),
            ("doanh_nghiep_quy", "lao_dong", 100_001, {}),
            ("chi_dao_quy", "van_ban_chi_dao", 501, {}),
        )
    ),
)
