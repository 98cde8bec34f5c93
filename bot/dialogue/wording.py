"""Sentences of the chat: by post and without a pronoun, what is known, and what to do now."""

from datetime import date

from qcdc_core.config import Settings
from qcdc_core.errors import Refusal
from qcdc_core.forms.calendar import Closed
from qcdc_core.language import day, moment, period_name
from qcdc_core.language import gettext as _
from qcdc_core.reports.record import Receipt

# Of `short_notice` and `full_notice`: to be raised with every change of their sense.
NOTICE_VERSION = "2026-11.2"


def greeting(settings: Settings) -> str:
    return _(
        "Xin chào. Đây là trợ lý tự động của {committee}.\n"
        "Tôi nhận số liệu định kỳ của thôn, xã, cơ quan, doanh nghiệp và trả lời câu hỏi về quyền "
        "dân chủ ở cơ sở.\n"
        "Có mã mời thì gửi mã. Chỉ muốn hỏi thì cứ nhắn câu hỏi, không cần mã."
    ).format(committee=settings.committee)


def have_code() -> str:
    return _("Tôi có mã mời")


def want_to_ask() -> str:
    return _("Tôi muốn hỏi")


def agree() -> str:
    return _("Đồng ý")


def agree_without_reminders() -> str:
    return _("Đồng ý, không nhắc hạn")


def disagree() -> str:
    return _("Không đồng ý")


def see_full_notice() -> str:
    return _("Xem đầy đủ")


def step_by_step() -> str:
    return _("Báo cáo từng mục")


def for_later() -> str:
    return _("Để sau")


def short_notice() -> str:
    return _(
        "Để làm đầu mối, hệ thống lưu: họ tên, chức danh, tin nhắn, ảnh và tệp gửi kèm. Dùng để "
        "(1) nhận và đối chiếu số liệu, (2) nhắc hạn.\n"
        "Xem, rút, xóa bất cứ lúc nào: nhắn “dữ liệu của tôi”, “rút đồng ý”, “xóa dữ liệu”.\n"
        "Đồng ý thì nhắn “đồng ý”; không đồng ý thì không lưu gì thêm."
    )


def full_notice(settings: Settings) -> str:
    return _(
        "Thông báo về dữ liệu cá nhân\n"
        "Bên quản lý: {committee}.\n"
        "Dữ liệu: họ tên, chức danh và đơn vị ghi trong mã mời; tin nhắn, ảnh và tệp gửi trong "
        "cuộc trò chuyện này; thời điểm gửi.\n"
        "Mục đích, đồng ý riêng từng mục: (1) nhận số liệu của đơn vị, đối chiếu khi có câu hỏi, "
        "lưu vết thay đổi; (2) nhắc hạn.\n"
        "Không dùng vào việc khác, không chuyển cho bên khác. Đừng gửi tên người trong vụ việc hòa "
        "giải, ảnh giấy tờ hay vị trí.\n"
        "Quyền: nhắn “dữ liệu của tôi” để xem và nhận bản sao, “rút đồng ý” để thôi từng mục, "
        "“xóa dữ liệu” để xóa; sửa, khiếu nại qua cán bộ đầu mối. "
        "Số liệu của đơn vị đã gửi, cùng ảnh và tệp kèm phiếu, vẫn được giữ.\n"
        "Lưu: họ tên, phân công trong thời gian làm đầu mối và 12 tháng sau đó; lời tin nhắn 12 "
        "tháng sau khi lập báo cáo quý; dấu vết đồng ý 5 năm. Hết hạn thì tự xóa."
    ).format(committee=settings.committee)


def ask_for_code() -> str:
    return _("Gửi mã mời vào đây. Mã có 6 ký tự, ví dụ 7K3F-92; hỏi cán bộ xã nếu chưa có.")


def ask_for_question() -> str:
    return _(
        "Mời nhắn câu hỏi về dân chủ ở cơ sở, đối thoại, hội nghị người lao động. "
        "Không cần xưng tên."
    )


def code_belongs_to(title: str, unit: str) -> str:
    return _("Mã này dành cho: {title}, {unit}.").format(title=title, unit=unit)


def joined(title: str, unit: str) -> str:
    return _("✔ Đã ghi nhận {title}, {unit}, là đầu mối báo cáo.").format(title=title, unit=unit)


def not_agreed() -> str:
    return _(
        "Đã hiểu. Không ghi nhận đầu mối, mã mời vẫn dùng được đến khi hết hạn. "
        "Vẫn có thể nhắn câu hỏi bất cứ lúc nào."
    )


def no_post_now() -> str:
    return _(
        "Hiện không còn đơn vị nào giao cho cuộc trò chuyện này báo cáo. "
        "Nếu vừa được phân công, xin mã mời mới của cán bộ xã rồi gửi vào đây."
    )


def nothing_open() -> str:
    return _("Hiện không có phiếu nào đang nhận. Khi đến kỳ mới, nhắn số liệu vào đây.")


def code_needed() -> str:
    return _(
        "Đây có vẻ là số liệu báo cáo, nhưng cuộc trò chuyện này chưa là đầu mối của đơn vị nào "
        "nên chưa ghi nhận được. Gửi mã mời (hỏi cán bộ xã) rồi nhắn lại số liệu."
    )


def too_long(limit: int) -> str:
    return _(
        "Tin dài quá {limit} ký tự nên chưa đọc. Chưa có số nào được ghi. "
        "Chia thành vài tin ngắn rồi gửi lại."
    ).format(limit=limit)


def not_text() -> str:
    return _(
        "Chỉ đọc được chữ và số, chưa đọc được ảnh, tệp hay giọng nói. Chưa có số nào được ghi. "
        "Nhắn số liệu bằng chữ giúp."
    )


def edited() -> str:
    return _("Tin đã gửi rồi sửa lại thì không được đọc lại. Nhắn một tin mới với số đúng.")


def empty() -> str:
    return _("Tin này trống. Nhắn số liệu, câu hỏi, hoặc “giúp” để xem cách dùng.")


def parked() -> str:
    return _(
        "Tin vừa rồi chưa xử lý được dù đã thử nhiều lần. Tin vẫn được giữ nguyên và cán bộ kỹ "
        "thuật sẽ xem. Số liệu đã xác nhận trước đó không đổi. Có thể nhắn tin khác bình thường."
    )


def not_understood(example: str) -> str:
    return _(
        "Chưa hiểu tin này. Nhắn số liệu, ví dụ: “{example}”; hoặc một câu hỏi; "
        "hoặc “giúp” để xem cách dùng."
    ).format(example=example)


def unread(pieces: str) -> str:
    return _("Chưa rõ “{pieces}” là mục nào nên chưa ghi. Nhắn lại kèm tên mục.").format(
        pieces=pieces
    )


def help_text(example: str) -> str:
    return _(
        "Cách dùng:\n"
        "- Nhắn số liệu theo cách quen dùng: “{example}”.\n"
        "- “từng mục”: hỏi lần lượt. “không phát sinh”: cả kỳ không có gì.\n"
        "- “sửa” và số đúng: sửa một mục. “hủy”: bỏ phiếu đang nhập.\n"
        "- “còn thiếu gì”: phiếu nào chưa gửi, phiếu nào bị hỏi lại.\n"
        "- Muốn hỏi về luật: nhắn câu hỏi, ví dụ “họp thôn cần bao nhiêu hộ dự”."
    ).format(example=example)


def example(form: str) -> str:
    """What a message of this form can look like."""
    match form:
        case "xa_thang":
            return _(
                "tiếp 14 lượt, đơn tồn đầu 0, nhận 5, thuộc thẩm quyền 3, đã giải quyết 3, "
                "tồn cuối 0"
            )
        case "co_quan_quy":
            return _("đã hội nghị cán bộ công chức, tiếp 20 lượt, đơn nhận 4, đã giải quyết 4")
        case "doanh_nghiep_quy":
            return _("320 lao động, 280 đoàn viên, đối thoại định kỳ 1 cuộc, không đình công")
        case "chi_dao_quy":
            return _("kế hoạch kiểm tra 6 cuộc, đã kiểm tra 4, ban hành 3 văn bản")
        case _:
            return _("họp 2 cuộc 96 người, hòa giải 3 vụ thành 2 không thành 1, góp 12tr5")


def receiving(period: str, due: date) -> str:
    return _("Kỳ đang nhận: {period}, hạn {due}.").format(period=period, due=day(due))


def invite_to_report(form: str) -> str:
    return _("Nhắn số liệu theo cách quen dùng, ví dụ: “{example}”.").format(example=example(form))


def receipt(result: Receipt, when: str, missing: str) -> str:
    """What was taken, whether in time, what is still missing, and how to correct it."""
    report = result.report
    lines = [_timeliness(result, when), _("Số phiếu {number}.").format(number=report.number)]
    if missing:
        lines.append(_("Còn thiếu: {names}. Nhắn tiếp khi có.").format(names=missing))
    lines.append(
        _("Muốn sửa: nhắn “sửa” và số đúng, trước hạn {due}. Cảm ơn.").format(
            due=day(report.due_on)
        )
        if result.in_time
        else _("Muốn sửa: nhắn “sửa” và số đúng. Cảm ơn.")
    )
    return "\n".join(lines)


def _timeliness(result: Receipt, when: str) -> str:
    if not result.is_new:
        return _("✔ Đã nhận số sửa lúc {when}.").format(when=when)
    if result.in_time:
        return _("✔ Đã nhận lúc {when}, đúng hạn.").format(when=when)
    return _("✔ Đã nhận lúc {when}, sau hạn {due}.").format(
        when=when, due=day(result.report.due_on)
    )


def refusal(problem: Refusal) -> str:
    """Why something cannot be done now, and what to do instead."""
    fields = problem.fields
    match problem.code:
        case "period_closed":
            return closed(fields["why"], period_name(fields["period"]), fields["last_day"])
        case "nothing_known":
            return _("Phiếu chưa có số nào nên chưa gửi. Nhắn số liệu, hoặc “không phát sinh”.")
        case "doubts_open":
            return _("Còn mục chưa rõ nên chưa gửi.")
    return _invitation_refusal(problem)


def _invitation_refusal(problem: Refusal) -> str:
    match problem.code:
        case "invitation_unknown":
            return _("Không có mã mời này. Xem lại từng ký tự rồi gửi lại, hoặc hỏi cán bộ xã.")
        case "invitation_used":
            return _("Mã mời này đã được dùng. Mỗi mã dùng một lần; xin cán bộ xã mã mới nếu cần.")
        case "invitation_expired":
            return _("Mã mời này hết hạn từ {day}. Xin cán bộ xã mã mới.").format(
                day=day(problem.fields["expired_on"])
            )
        case "too_many_codes":
            return _(
                "Đã nhập sai mã nhiều lần. Thử lại sau {minutes} phút, hoặc hỏi cán bộ xã."
            ).format(minutes=problem.fields["minutes"])
    return _link_refusal(problem)


def _link_refusal(problem: Refusal) -> str:
    sentences = {
        "not_joined": _(
            "Kênh này chưa là đầu mối nên chưa có gì để nối. Ở kênh đang báo cáo, nhắn "
            "“liên kết” để lấy mã, rồi nhắn mã đó vào đây."
        ),
        "link_used": _("Mã này đã được dùng. Nhắn “liên kết” ở kênh kia để lấy mã mới."),
        "link_expired": _("Mã này đã hết hạn. Nhắn “liên kết” ở kênh kia để lấy mã mới."),
        "linked_already": _("Mã này để nhắn ở kênh kia. Kênh này thì đã nối rồi."),
        "two_accounts": _(
            "Cả hai kênh đều có tài khoản cán bộ nên không nối được. Báo quản trị hệ thống."
        ),
        "not_linked": _("Kênh đó không còn liên kết. Không có gì thay đổi."),
        "only_chat": _("Chỉ có kênh này, chưa nối với kênh nào. Muốn nối: nhắn “liên kết”."),
    }
    if problem.code not in sentences:
        raise problem
    return sentences[problem.code]


def unlinked_here() -> str:
    return _(
        "✔ Kênh này đã bỏ liên kết, không còn gửi và xem được phiếu. "
        "Vẫn có thể nhắn câu hỏi. Muốn nối lại, nhắn “liên kết” ở kênh đang báo cáo."
    )


def closed(why: Closed, period: str, last_day: date) -> str:
    match why:
        case Closed.NOT_BEGUN:
            return _("{period} chưa bắt đầu nên chưa nhận số liệu. Chưa ghi gì.").format(
                period=_capital(period)
            )
        case Closed.GRACE_OVER:
            return _(
                "{period} đã khóa sổ từ sau ngày {day}. Chưa ghi gì. "
                "Nếu số đã gửi bị sai, báo cán bộ xã để mở lại."
            ).format(period=_capital(period), day=day(last_day))
        case Closed.CLOSED_EARLY:
            return _(
                "Ban Chỉ đạo đã chốt sớm kỳ này, {period} không nhận thêm sau ngày {day}. "
                "Chưa ghi gì."
            ).format(period=period, day=day(last_day))
        case Closed.BEFORE_START:
            return _(
                "{period} trước khi hệ thống bắt đầu thu nhận nên không báo ở đây. Chưa ghi gì."
            ).format(period=_capital(period))


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def received_at(result: Receipt) -> str:
    return moment(result.report.changed_at)
