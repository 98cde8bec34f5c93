"""Sentences about a person's own data: what is done, what stays, and what to do now."""

from qcdc_core.language import gettext as _


def copy_as_file() -> str:
    return _(
        "Đây là bản sao mọi dữ liệu đang lưu về cuộc trò chuyện này và người nhắn: phân công, đồng "
        "ý, số liệu, câu hỏi, tin nhắn. Tệp chỉ mở được ở đây, trong 7 ngày.\n"
        "Có chỗ sai: nhắn cán bộ xã sửa. Không muốn lưu nữa: nhắn “rút đồng ý” hoặc “xóa dữ liệu”."
    )


def copy_in_parts(count: int) -> str:
    return _(
        "Kênh này không gửi được tệp nên bản sao dữ liệu gửi thành {count} tin dưới đây, gồm mọi "
        "mục và các tin đã nhắn. Muốn cả lời của trợ lý trong một tệp: mở trang trò chuyện, nối "
        "kênh (“liên kết”) rồi nhắn “dữ liệu của tôi”.\n"
        "Không muốn lưu nữa: nhắn “rút đồng ý” hoặc “xóa dữ liệu”."
    ).format(count=count)


def keep() -> str:
    return _("Giữ nguyên")


def kept() -> str:
    return _("Giữ nguyên, không có gì thay đổi.")


def withdraw_all() -> str:
    return _("Rút hết, thôi làm đầu mối")


def withdraw_reminding() -> str:
    return _("Chỉ rút phần nhắc hạn")


def what_withdrawal_means() -> str:
    return _(
        "Rút đồng ý phần nào?\n"
        "- Nhắc hạn: không còn tin nhắc; vẫn báo cáo được.\n"
        "- Rút hết: từ hôm nay không còn là đầu mối, không nhận số liệu và không nhắc nữa. "
        "Phiếu đang nhập bị bỏ; số liệu đã gửi vẫn là của đơn vị.\n"
        "Muốn xóa cả tên và tin nhắn: nhắn “xóa dữ liệu”."
    )


def no_consent() -> str:
    return _(
        "Ở đây không có sự đồng ý nào đang còn hiệu lực nên không có gì để rút. "
        "Muốn xóa những gì đang lưu: nhắn “xóa dữ liệu”."
    )


def reminding_withdrawn() -> str:
    return _(
        "✔ Đã rút đồng ý nhắc hạn. Sẽ không có tin nhắc nữa; hạn vẫn như cũ, "
        "nhắn “còn thiếu gì” để tự xem."
    )


def reporting_withdrawn() -> str:
    return _(
        "✔ Đã rút đồng ý. Từ hôm nay không còn là đầu mối: không nhận số liệu, không nhắc hạn. "
        "Số liệu đã gửi vẫn là của đơn vị; tên và tin nhắn còn giữ theo lịch lưu giữ, "
        "muốn xóa ngay thì nhắn “xóa dữ liệu”.\n"
        "Làm đầu mối trở lại: xin cán bộ xã mã mời mới."
    )


def erase_all() -> str:
    return _("Xóa hết")


def what_erasure_means(*, joined: bool) -> str:
    if not joined:
        return _(
            "Xóa mọi tin nhắn và câu hỏi của cuộc trò chuyện này? Xóa rồi thì không lấy lại được, "
            "câu hỏi đang chờ cán bộ cũng bị rút."
        )
    return _(
        "Xóa mọi dữ liệu cá nhân? Xóa rồi thì không lấy lại được.\n"
        "- Xóa: họ tên, phân công, mã mời, các kênh trò chuyện, lời mọi tin nhắn, câu hỏi, "
        "phiếu chưa gửi.\n"
        "- Giữ: số liệu đã gửi của đơn vị, không còn tên, chỉ ghi “người đã xóa dữ liệu”; "
        "dấu vết đồng ý và yêu cầu này.\n"
        "Đơn vị sẽ cần đầu mối khác."
    )


def erased(*, joined: bool) -> str:
    if not joined:
        return _("✔ Đã xóa mọi tin nhắn và câu hỏi. Tin sau này được coi như của người mới.")
    return _(
        "✔ Đã xóa dữ liệu cá nhân. Số liệu của đơn vị vẫn còn, không kèm tên. "
        "Tin sau này được coi như của người mới; làm đầu mối trở lại thì cần mã mời mới."
    )
