"""Sentences of the page Dữ liệu cá nhân."""

from qcdc_core.language import gettext as _
from qcdc_core.people import consent
from qcdc_core.personal.tables import DataRequest


def refusals() -> dict[str, str]:
    return {
        "unknown_kind": _("Chưa chọn loại yêu cầu. Chọn một loại trong danh sách."),
        "received_later": _("Ngày nhận chưa tới. Chọn hôm nay hoặc một ngày trước."),
        "unknown_request": _("Không có yêu cầu này. Về trang Dữ liệu cá nhân để tìm lại."),
        "request_done": _("Yêu cầu này đã làm xong. Tải lại trang để xem."),
        "told_already": _("Đã ghi việc báo người yêu cầu. Tải lại trang để xem."),
        "extended_already": _("Mỗi yêu cầu chỉ được gia hạn một lần, và đã gia hạn rồi."),
        "extension_reason": _("Chưa có lý do gia hạn. Ghi lý do, người yêu cầu sẽ đọc."),
        "too_late": _("Đã quá hạn nên không gia hạn được nữa. Làm ngay và ghi kết quả."),
        "outcome_missing": _("Chưa ghi kết quả. Ghi đã làm gì, người yêu cầu sẽ đọc."),
        "purpose_missing": _("Chưa chọn rút phần nào. Đọc lại đơn rồi chọn một phần."),
        "not_sure": _(
            "Chưa đánh dấu xác nhận. Xóa rồi thì không lấy lại được: kiểm tra đúng người, đánh dấu"
            " rồi bấm lại."
        ),
        "name_long": _("Họ tên dài quá {most} ký tự. Viết ngắn lại."),
    }


def actions() -> dict[str, str]:
    """What entries of the audit are called."""
    return {
        "personal.received": _("Ghi yêu cầu về dữ liệu cá nhân"),
        "personal.answered": _("Báo người yêu cầu"),
        "personal.extended": _("Gia hạn yêu cầu về dữ liệu cá nhân"),
        "personal.copied": _("Tải bản sao để in"),
        "personal.copy": _("Gửi bản sao dữ liệu cá nhân"),
        "personal.correct": _("Sửa dữ liệu cá nhân theo yêu cầu"),
        "personal.withdraw": _("Rút đồng ý"),
        "personal.restrict": _("Hạn chế xử lý theo yêu cầu"),
        "personal.object": _("Ngừng xử lý theo phản đối"),
        "personal.erase": _("Xóa một người theo yêu cầu hoặc hết hạn lưu"),
        "personal.retention": _("Xóa theo lịch lưu giữ"),
        "audit.pruned": _("Bỏ các mục nhật ký hết hạn lưu"),
    }


def origin(request: DataRequest) -> str:
    return _("qua trò chuyện") if request.origin == "chat" else _("trên giấy")


def purposes() -> list[tuple[str, str]]:
    """What a consent may be taken back for, as choices."""
    return [
        (consent.REMINDING, _("chỉ nhắc hạn")),
        (consent.REPORTING, _("tất cả: thôi làm đầu mối")),
    ]


def count_name(name: str) -> str:
    names = {
        "messages": _("tin nhắn"),
        "questions": _("câu hỏi"),
        "chats": _("cuộc trò chuyện"),
    }
    return names.get(name, name)


def deed(kind: str, *, has_chat: bool) -> str:
    """The button that carries the request out."""
    if kind == "copy":
        return _("Gửi bản sao vào cuộc trò chuyện") if has_chat else _("Ghi đã giao bản sao")
    names = {
        "correct": _("Ghi đã sửa"),
        "withdraw": _("Rút đồng ý"),
        "restrict": _("Ghi đã hạn chế"),
        "object": _("Ghi đã ngừng"),
        "erase": _("Xóa hẳn người này"),
    }
    return names[kind]


def noted(request: DataRequest, *, told: bool) -> str:
    """After something was done: whether the person has read it or must be told on paper."""
    if told:
        return _("Đã ghi. Người yêu cầu được báo trong cuộc trò chuyện.")
    if request.person_id is None:
        return _("Đã ghi. Báo người yêu cầu bằng giấy hoặc điện thoại.")
    return _("Đã ghi. Người này không có cuộc trò chuyện nào nhận được tin: báo bằng giấy.")
