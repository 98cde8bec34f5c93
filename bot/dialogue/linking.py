"""Linking chats of one person, undoing it, and the words that say so in both chats."""

from bot.dialogue import wording
from bot.dialogue.commands import LINK, UNLINK
from bot.dialogue.following import take_over
from bot.dialogue.state import Offer, State
from bot.dialogue.talk import Talk
from qcdc_core.errors import Refusal
from qcdc_core.language import gettext as _
from qcdc_core.language import moment
from qcdc_core.messages import outbox
from qcdc_core.messages.tables import Conversation
from qcdc_core.people import linking, posts_of
from qcdc_core.reports.draft import drafts_of

_OFFERS = frozenset({"unlink", "keep_links"})


def linked(talk: Talk, offer: Offer | None) -> bool:
    """Whether the message was about linking; False leaves it to others."""
    if offer is not None and offer.do in _OFFERS:
        _answer_offer(talk, offer)
    elif talk.folded in LINK:
        _give_code(talk)
    elif talk.folded in UNLINK:
        _ask_which(talk)
    else:
        return False
    return True


def try_link(talk: Talk) -> bool:
    """Take what was typed as a code of another chat; False when no such code was given.

    Raises Refusal as `linking.link` does.
    """
    done = linking.link(talk.session, talk.text, talk.conversation, talk.now)
    if done is None:
        return False
    talk.state.invitation_id = None
    take_over(talk, done.first)
    talk.say(_linked_here(talk))
    _tell(
        talk,
        done.first,
        _(
            "Kênh {channel} vừa được nối vào đây: phiếu, câu hỏi dùng chung ở cả hai kênh. "
            "Nếu không phải do mình nối, nhắn ngay “bỏ liên kết”."
        ).format(channel=channel_name(talk.conversation.channel)),
    )
    return True


def channel_name(channel: str) -> str:
    """As people call it."""
    names = {
        "web": _("trang trò chuyện"),
        "telegram": "Telegram",
        "zalo-bot": _("Zalo (bot)"),
        "zalo-oa": _("Zalo (OA)"),
    }
    return names.get(channel, channel)


def _give_code(talk: Talk) -> None:
    try:
        code = linking.give_code(talk.session, talk.conversation, talk.now)
    except Refusal as problem:
        talk.say(wording.refusal(problem))
        return
    talk.say(
        _(
            "Mã nối kênh: {code}\n"
            "Nhắn mã này ở kênh kia (Zalo, Telegram, trang trò chuyện) trong {minutes} phút, dùng "
            "một lần. Nối xong, kênh kia cũng gửi và xem được phiếu của {posts}. "
            "Không đưa mã cho người khác."
        ).format(code=code, minutes=linking.VALID.seconds // 60, posts=_posts(talk))
    )


def _linked_here(talk: Talk) -> str:
    lines = [
        _(
            "✔ Đã nối kênh này: {posts}. Từ nay nhắn ở kênh nào cũng được. "
            "Muốn bỏ: nhắn “bỏ liên kết”."
        ).format(posts=_posts(talk))
    ]
    if drafts_of(talk.session, talk.reporter_id):
        lines.append(_("Có phiếu đang nhập dở. Nhắn tiếp số liệu, “gửi”, hoặc “hủy”."))
    return "\n".join(lines)


def _ask_which(talk: Talk) -> None:
    chats = linking.chats_of(talk.session, talk.person_id) if talk.person_id is not None else ()
    if len(chats) < 2:
        talk.say(wording.refusal(Refusal("only_chat")))
        return
    offers = [Offer(_label(talk, chat), "unlink", value=str(chat.id)) for chat in chats]
    keep = Offer(_("Giữ nguyên"), "keep_links")
    talk.ask("unlink", _("Bỏ kênh nào? Phiếu và số liệu đã gửi vẫn giữ nguyên."), [*offers, keep])


def _label(talk: Talk, chat: Conversation) -> str:
    name = channel_name(chat.channel)
    since = linking.linked_at(talk.session, chat)
    if chat.id == talk.conversation.id:
        return _("Kênh này, {channel}").format(channel=name)
    if since is None:
        return _("{channel}, nơi đã nhận mã mời").format(channel=name)
    return _("{channel}, nối lúc {moment}").format(channel=name, moment=moment(since))


def _answer_offer(talk: Talk, offer: Offer) -> None:
    talk.state.asked = None
    if offer.do == "keep_links":
        talk.say(_("Giữ nguyên các kênh."))
        return
    person_id = talk.reporter_id
    try:
        chat = linking.unlink(talk.session, person_id, int(offer.value), talk.now)
    except Refusal as problem:
        talk.say(wording.refusal(problem))
        return
    if chat.id == talk.conversation.id:
        _tell_others(talk, person_id, chat)
        talk.state = State(greeted=True)
        talk.say(wording.unlinked_here())
        return
    chat.state = State(greeted=True).to_json()
    _tell(talk, chat, wording.unlinked_here())
    talk.say(_("✔ Đã bỏ kênh {channel}.").format(channel=channel_name(chat.channel)))


def _tell_others(talk: Talk, person_id: int, gone: Conversation) -> None:
    """The chats that stay."""
    text = _("Kênh {channel} đã bỏ liên kết. Từ nay chỉ nhắn ở đây.").format(
        channel=channel_name(gone.channel)
    )
    for chat in linking.chats_of(talk.session, person_id):
        _tell(talk, chat, text)


def _tell(talk: Talk, chat: Conversation, text: str) -> None:
    outbox.put(talk.session, chat.id, text, talk.now, repeatable=True)


def _posts(talk: Talk) -> str:
    """'Trưởng thôn, thôn Đông'; several posts one after the other."""
    names = [
        f"{post.title}, {talk.tree.node(post.unit_id).full_name}"
        for post in posts_of(talk.session, talk.reporter_id, talk.today)
        if post.unit_id in talk.tree
    ]
    return "; ".join(names) or _("cuộc trò chuyện này")
