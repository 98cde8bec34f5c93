"""Sentences of the admin pages: what happened, why, what to do now; and the names of states."""

from datetime import date
from typing import Any

from admin import personal_words, reminding_words
from qcdc_core.errors import Refusal
from qcdc_core.forms.calendar import Closed
from qcdc_core.language import day, period_name
from qcdc_core.language import gettext as _
from qcdc_core.periods import Period


def refused_title() -> str:
    return _("Chưa làm được")


def refusal(one: Refusal) -> str:
    """The sentence of a refusal; of an unknown one, that nothing was changed."""
    if one.code == "period_closed":
        return closed(one.fields["why"], one.fields["period"])
    known = (
        _review()
        | _accounts()
        | _questions()
        | reminding_words.refusals()
        | personal_words.refusals()
        | _others()
    )
    sentence = known.get(one.code)
    if sentence is None:
        return _("Việc này không làm được. Chưa có gì thay đổi. Mở lại trang và thử lần nữa.")
    return sentence.format(**_fields(one))


def _fields(one: Refusal) -> dict[str, Any]:
    return {name: _field(value) for name, value in one.fields.items()}


def _field(value: Any) -> Any:
    if isinstance(value, Period):
        return period_name(value)
    return day(value) if isinstance(value, date) else value


def _review() -> dict[str, str]:
    return {
        "already_accepted": _(
            "Phiếu {number} đã được nhận nên số liệu đang khóa. Muốn đổi, dùng Hỏi lại để mở phiếu."
        ),
        "already_returned": _(
            "Phiếu {number} đang chờ người gửi trả lời câu hỏi trước. Chờ trả lời rồi hỏi tiếp."
        ),
        "waits_for_sender": _(
            "Phiếu {number} đang chờ người gửi trả lời nên chưa nhận được. Chờ phiếu gửi lại."
        ),
        "four_eyes": _(
            "Phiếu {number} có số do chính tài khoản này nhập hoặc sửa. Người nhập không được tự"
            " nhận: nhờ một cán bộ khác nhận phiếu."
        ),
        "own_unit": _(
            "Phiếu {number} là của chính đơn vị này. Thường trực Ban Chỉ đạo cấp trên sẽ duyệt."
        ),
        "changed_since": _(
            "Phiếu {number} vừa có thay đổi sau khi trang được mở. Xem lại số mới rồi làm tiếp."
        ),
        "nothing_asked": _("Chưa có câu hỏi nào. Ghi điều cần hỏi vào ít nhất một mục rồi gửi."),
        "reason_missing": _("Chưa có lý do. Ghi vì sao sửa, để người gửi và người duyệt sau biết."),
        "unknown_figure": _("Phiếu này không có mục {figure}. Chọn một mục trong bảng."),
        "not_a_number": _(
            "“{typed}” chưa đọc được thành số. Viết số như 12.500.000 hoặc 2,5 rồi lưu lại."
        ),
        "too_exact": _("Mục này nhận tối đa {decimals} chữ số sau dấu phẩy. Viết lại số."),
        "not_a_flag": _("Mục này chỉ nhận có hoặc không. Chọn một trong hai."),
        "same_value": _("Số mới bằng số đang có. Không cần sửa."),
    }


def _accounts() -> dict[str, str]:
    return {
        "login_bad": _(
            "Tên đăng nhập gồm 3–40 chữ thường không dấu, chữ số, dấu chấm, gạch. Đặt tên khác."
        ),
        "login_taken": _("Tên đăng nhập {login} đã có người dùng. Đặt tên khác."),
        "name_missing": _("Chưa có họ tên. Ghi họ tên rồi lưu."),
        "unknown_role": _("Chưa chọn vai trò. Chọn một vai trò trong danh sách."),
        "password_short": _("Mật khẩu cần ít nhất {least} ký tự. Đặt mật khẩu dài hơn."),
        "password_long": _("Mật khẩu dài quá {most} ký tự. Đặt mật khẩu ngắn hơn."),
        "password_wrong": _("Mật khẩu đang dùng chưa đúng. Gõ lại mật khẩu đang dùng."),
        "password_differs": _("Hai lần gõ mật khẩu mới không giống nhau. Gõ lại cả hai."),
        "yourself": _("Không tự ngừng tài khoản của mình. Nhờ một quản trị khác."),
    }


def _questions() -> dict[str, str]:
    return {
        "unknown_question": _("Câu hỏi này không còn: có thể người hỏi đã rút lại."),
        "already_answered": _("Câu hỏi này đã có người trả lời. Tải lại trang để xem."),
        "no_answer": _("Chưa có lời trả lời. Viết trả lời rồi gửi."),
        "answer_too_long": _(
            "Trả lời dài quá {limit} ký tự, khó đọc trên điện thoại. Viết gọn lại."
        ),
        "unknown_citation": _(
            "Chưa có “{citation}” trong kho điều luật. Chọn trong danh sách khi gõ, ví dụ"
            " 10/2022/QH15:15."
        ),
        "lapsed_citation": _("“{citation}” không còn hiệu lực. Chọn điều đang có hiệu lực."),
        "unknown_word": _("Chữ này đã được bỏ. Tải lại trang để xem."),
        "phrase_length": _("Chữ cần dài từ {least} đến {most} chữ cái. Gõ lại."),
        "phrase_with_number": _("Chữ không được có chữ số: số là giá trị, không phải tên mục."),
        "phrase_taken": _("“{phrase}” đã có nghĩa với trợ lý. Chọn chữ khác, rõ hơn."),
        "not_answered": _("Câu này chưa có trả lời nên chưa lưu thành mẫu được."),
        "model_needs_citation": _(
            "Câu trả lời mẫu cần ít nhất một căn cứ. Chọn điều luật, hoặc bỏ dấu lưu thành mẫu."
        ),
    }


def why_asked(code: str) -> str:
    names = {
        "unsure": _("trợ lý chưa chắc"),
        "asked_for": _("người hỏi muốn hỏi cán bộ"),
        "not_right": _("người hỏi thấy trợ lý trả lời chưa đúng"),
    }
    return names[code]


def _others() -> dict[str, str]:
    return {
        "unknown_unit": _("Không có đơn vị này. Chọn đơn vị trong danh sách."),
        "unknown_report": _("Không có phiếu này."),
        "brief_not_theirs": _("Người này không được xem báo cáo của đơn vị này nên chưa gửi."),
        "no_chat": _("Người này chưa có cuộc trò chuyện nào nhận được tin nên chưa gửi."),
        "title_missing": _("Chưa có chức danh. Ghi chức danh, ví dụ “Trưởng thôn”."),
        "bad_period": _("Chưa chọn kỳ. Chọn một kỳ trong danh sách."),
        "bad_day": _("Chưa đọc được ngày. Chọn ngày rồi lưu lại."),
        "closing_outside": _(
            "Ngày chốt phải nằm trong kỳ {period}: từ {first} đến {last}. Chọn ngày khác."
        ),
        "closing_exists": _("Kỳ {period} đã có ngày chốt. Bỏ ngày chốt cũ trước."),
        "period_not_begun": _("Kỳ {period} chưa bắt đầu nên chưa lập báo cáo được. Chọn kỳ khác."),
        "period_before_start": _(
            "Kỳ {period} trước ngày bắt đầu thu số liệu nên không có gì để tổng hợp. Chọn kỳ khác."
        ),
        "nothing_reported": _(
            "Chưa có phiếu nào của {unit} trong {period}, nên chưa lập báo cáo được. Xem ai còn"
            " thiếu ở trang Tiến độ."
        ),
        "nothing_chosen": _("Chưa chọn phiếu nào. Đánh dấu các phiếu muốn nhận rồi bấm Nhận."),
        "no_such_format": _("Không có định dạng này. Chọn DOCX, XLSX hoặc PDF."),
        "too_long": _("Đoạn chữ dài quá {most} ký tự. Viết ngắn lại."),
    }


def closed(why: Closed, period: Period) -> str:
    sentences = {
        Closed.NOT_BEGUN: _("Kỳ {period} chưa bắt đầu."),
        Closed.GRACE_OVER: _("Kỳ {period} đã hết hạn nhận."),
        Closed.CLOSED_EARLY: _("Kỳ {period} đã chốt sớm."),
        Closed.BEFORE_START: _("Kỳ {period} trước ngày bắt đầu thu số liệu."),
    }
    return sentences[why].format(period=period_name(period))


def closed_in_short(why: Closed) -> str:
    names = {
        Closed.NOT_BEGUN: _("chưa bắt đầu"),
        Closed.GRACE_OVER: _("hết hạn nhận"),
        Closed.CLOSED_EARLY: _("đã chốt sớm"),
        Closed.BEFORE_START: _("không thu"),
    }
    return names[why]


def old_form() -> tuple[str, str]:
    return (
        _("Trang đã mở quá lâu"),
        _(
            "Phiên làm việc đã đổi từ khi trang này được mở, nên chưa có gì được lưu. Quay lại"
            " trang trước, tải lại rồi gửi lần nữa."
        ),
    )


def http_error(code: int) -> tuple[str, str]:
    known = {
        400: (
            _("Yêu cầu này không đọc được"),
            _("Nội dung gửi có ký tự lạ nên chưa có gì được lưu. Gõ lại rồi gửi."),
        ),
        403: (
            _("Trang này thuộc vai trò khác"),
            _("Tài khoản đang dùng không có quyền này. Cần thì hỏi người quản trị."),
        ),
        404: (
            _("Không có trang này"),
            _("Địa chỉ sai, hoặc nội dung thuộc đơn vị khác. Về trang Hôm nay để tìm lại."),
        ),
        405: (
            _("Địa chỉ này không mở trực tiếp được"),
            _("Về trang Hôm nay và làm lại từ đó."),
        ),
        413: (_("Nội dung gửi quá lớn"), _("Chưa có gì được lưu. Viết ngắn lại rồi gửi.")),
        429: (
            _("Thử quá nhiều lần"),
            _(
                "Đã gõ sai quá nhiều lần nên tạm dừng 15 phút để bảo vệ tài khoản. Chờ rồi thử lại,"
                " hoặc nhờ quản trị đặt mật khẩu mới."
            ),
        ),
    }
    return known.get(
        code,
        (
            _("Trang này gặp trục trặc"),
            _(
                "Việc vừa làm chưa được lưu; số liệu đã có vẫn nguyên. Thử lại sau ít phút. Nếu còn"
                " gặp, báo người quản trị kèm giờ gặp."
            ),
        ),
    )


def state(code: str) -> str:
    """missing, sent, returned, accepted in words."""
    names = {
        "missing": _("Chưa có"),
        "not_due": _("Chưa tới hạn"),
        "partial": _("Thiếu mục"),
        "sent": _("Chờ duyệt"),
        "returned": _("Đang hỏi lại"),
        "accepted": _("Đã nhận"),
    }
    return names.get(code, code)


def state_in_short(code: str) -> str:
    """For a narrow cell of the progress grid."""
    names = {
        "missing": _("thiếu"),
        "not_due": _("–"),
        "sent": _("chờ"),
        "returned": _("hỏi"),
        "accepted": _("nhận"),
    }
    return names.get(code, code)


def event(kind: str) -> str:
    names = {
        "sent": _("Gửi phiếu"),
        "resent": _("Gửi lại"),
        "returned": _("Hỏi lại"),
        "corrected": _("Sửa thay"),
        "accepted": _("Nhận phiếu"),
        "reopened": _("Mở lại do người gửi sửa"),
    }
    return names.get(kind, kind)


def delivery(code: str) -> str:
    """What became of a message of ours that is not surely delivered."""
    names = {
        "waiting": _("chưa chuyển tới"),
        "refused": _("không chuyển tới được"),
        "unknown": _("chưa rõ đã tới chưa"),
    }
    return names.get(code, code)


def ready_sentences() -> tuple[str, ...]:
    """To start from when asking back."""
    return (
        _("Số này khác văn bản đang có ở xã. Kiểm tra giúp."),
        _("Số này khác nhiều so với các kỳ trước. Xin cho biết lý do hoặc số đúng."),
        _("Tổng chưa khớp với các mục chi tiết. Kiểm tra giúp."),
        _("Đơn vị tính có thể nhầm. Xin xác nhận lại số."),
        _("Mục này còn trống. Bổ sung giúp, không có thì ghi 0."),
    )


def deadline(days: int) -> str:
    """Days from today to the due day; negative when it is past."""
    if days > 0:
        return _("còn {days} ngày").format(days=days)
    if days == 0:
        return _("hạn là hôm nay")
    return _("quá hạn {days} ngày").format(days=-days)


def action(code: str) -> str:
    """An audit entry's action in words; the code itself when it has no words yet."""
    names = personal_words.actions() | {
        "signed_in": _("Đăng nhập"),
        "report.accepted": _("Nhận phiếu"),
        "report.returned": _("Hỏi lại phiếu"),
        "report.corrected": _("Sửa thay một mục"),
        "user.added": _("Thêm người dùng"),
        "user.password": _("Đổi mật khẩu"),
        "user.disabled": _("Ngừng người dùng"),
        "user.enabled": _("Dùng lại người dùng"),
        "invitation.made": _("Tạo mã mời"),
        "closing.made": _("Đặt ngày chốt sớm"),
        "closing.removed": _("Bỏ ngày chốt sớm"),
        "brief.compiled": _("Lập báo cáo"),
        "brief.downloaded": _("Tải báo cáo"),
        "evidence.opened": _("Mở tệp kèm phiếu"),
        "brief.handed": _("Gửi báo cáo qua chat"),
        "question.answered": _("Trả lời câu hỏi"),
        "question.assigned": _("Nhận phụ trách câu hỏi"),
        "question.erased": _("Xóa câu hỏi"),
        "model_answer.reviewed": _("Xem lại câu trả lời mẫu"),
        "model_answer.retired": _("Ngừng dùng câu trả lời mẫu"),
        "word.learned": _("Dạy chữ"),
        "word.unlearned": _("Bỏ chữ đã dạy"),
        "person.invited": _("Tạo mã mời"),
        "import.people": _("Nhập danh sách đầu mối"),
        "import.units": _("Nhập danh sách đơn vị"),
        "official_text.added": _("Nạp nguyên văn"),
        "holiday.entered": _("Ghi ngày nghỉ"),
        "holiday.forgotten": _("Bỏ ngày nghỉ đã ghi"),
        "reminder.rule": _("Đổi lịch nhắc"),
        "reminder.rule_forgotten": _("Trả lịch nhắc về mặc định"),
        "reminder.paused": _("Tạm dừng nhắc một đơn vị"),
        "reminder.resumed": _("Lại nhắc một đơn vị"),
        "reminder.by_hand": _("Nhắc hạn bằng tay"),
        "demo.loaded": _("Nạp tỉnh trình diễn"),
    }
    return names.get(code, code)


def detail(name: str) -> str:
    """What a field of an audit entry is called."""
    names = {
        "figure": _("mục"),
        "comment": _("lời"),
        "role": _("vai trò"),
        "unit": _("đơn vị"),
        "units": _("số đơn vị"),
        "reports": _("số phiếu"),
        "count": _("số dòng"),
        "hour": _("giờ"),
        "on": _("bật"),
        "off": _("nghỉ"),
        "until": _("đến"),
        "title": _("chức danh"),
        "last_day": _("ngày chốt"),
        "format": _("định dạng"),
    }
    return names.get(name, name)


def span(first: Any, last: Any) -> str:
    return f"{day(first)}–{day(last)}"
