"""Joining by a telephone number that the platform proves to be the sender's own."""

from bot.channels.contact import PROVING, share_phone
from bot.dialogue import wording
from bot.dialogue.joining import ask_consent
from bot.dialogue.state import Offer
from bot.dialogue.talk import Talk
from qcdc_core.language import gettext as _
from qcdc_core.people.phones import invitations_with


def ask_for_code(talk: Talk) -> None:
    """The code, or the number where that can be proved."""
    if talk.conversation.channel not in PROVING:
        talk.say(wording.ask_for_code())
        return
    text = f"{wording.ask_for_code()}\n{press_the_button()}"
    talk.ask("phone", text, [Offer(share_phone(), "share_phone")])


def press_the_button() -> str:
    return _("Nếu cán bộ xã đã ghi số điện thoại khi mời, bấm nút “{button}” thay cho mã.").format(
        button=share_phone()
    )


def take_contact(talk: Talk) -> None:
    """Find the invitation of a proved number. Nothing of the number is kept afterwards."""
    found = (talk.message.raw or {}).get("phone_mark")
    talk.message.raw = None
    if not isinstance(found, str):
        talk.say(
            _(
                "Chỉ nhận số của chính người nhắn, gửi bằng nút chia sẻ số của ứng dụng; danh "
                "thiếp của người khác thì không. Chưa lưu gì. Có mã mời thì nhắn mã vào đây."
            )
        )
        return
    invitations = invitations_with(talk.session, found, talk.now)
    if invitations:
        ask_consent(talk, invitations[0])
        return
    talk.say(
        _(
            "Chưa có mã mời nào cho số điện thoại này. Số không được lưu. Có mã mời thì nhắn mã "
            "vào đây; đã báo cáo ở kênh khác thì nhắn “liên kết” ở kênh đó để lấy mã."
        )
    )
