"""What is wrong in a row, as a value; the sentences stand together at the end."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from qcdc_core.language import gettext as _


@dataclass(frozen=True)
class Problem:
    """``line`` is the line of the file (the header is 1); ``column`` as the header names it."""

    line: int
    column: str
    code: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """'Dòng 5, cột Mã cấp trên: không có đơn vị mã X-9.'"""
        return _("Dòng {line}, cột {column}: {what}").format(
            line=self.line, column=self.column, what=_what(self)
        )


def _what(problem: Problem) -> str:
    sentences = {
        "missing": _("để trống. Ghi vào."),
        "too_long": _("dài quá {most} ký tự. Rút ngắn."),
        "bad_code": _("mã chỉ gồm chữ không dấu, chữ số, dấu chấm, gạch. Sửa lại mã."),
        "duplicate": _("trùng với dòng {first}. Bỏ một dòng."),
        "code_taken": _("mã {value} đã có trong hệ thống. Bỏ dòng này hoặc đặt mã khác."),
        "unknown_kind": _("không có loại đơn vị “{value}”. Dùng một trong: {known}."),
        "unknown_unit": _("không có đơn vị mã {value}, trong tệp cũng như trong hệ thống."),
        "cycle": _("đơn vị là cấp trên của chính nó: {path}. Sửa mã cấp trên."),
        "wrong_parent": _("{kind} không thể đứng dưới {parent_kind}. Sửa mã cấp trên."),
        "parent_needed": _("{kind} phải có đơn vị cấp trên. Ghi mã cấp trên."),
        "parent_not_valid": _("đơn vị cấp trên {value} chưa có hoặc không còn vào ngày {day}."),
        "bad_date": _("“{value}” không phải ngày. Viết như 01/07/2025."),
        "dates_reversed": _("phải sau ngày bắt đầu."),
        "bad_tax_code": _("“{value}” không phải mã số thuế đúng. Xem lại từng chữ số."),
        "bad_location_code": _("“{value}” không phải mã định danh 12 chữ số."),
        "stray": _(
            "“{value}” đứng ngoài các cột của dòng tiêu đề. Trong tệp CSV, đặt tên có dấu phẩy "
            "trong dấu ngoặc kép."
        ),
        "invited_already": _(
            "đầu mối này có mã mời chưa dùng, hạn đến {until}. Bỏ dòng này; nếu mất mã thì tạo mã "
            "mới ở trang đơn vị."
        ),
        "owes_nothing": _("đơn vị {value} không có phiếu nào phải báo nên không cần đầu mối."),
    }
    return sentences[problem.code].format(**problem.fields)
