"""Linking chats of one person, undoing it, and the words that say so in both chats."""

from bot.dialogue import wording
from bot.dialogue.commands import LINK, UNLINK
from bot.dialogue.following import take_over
from bot.dialogue.state import Offer, State
from bot.dialogue.talk import Talk
from qcdc_core.errors import Refusal
from qcdc_core.language import gettext as _
from qcdc_core.language import moment
from qcdc_core.merging import merge_people
from qcdc_core.messages import outbox
from qcdc_core.messages.names import channel_name
from qcdc_core.messages.tables import Conversation
from qcdc_core.people import linking, posts_of
from qcdc_core.reports.draft import drafts_of
from qcdc_core.units import units_on

_OFFERS = frozenset({"unlink", "keep_links", "merge"})


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
    try:
        done = linking.link(talk.session, talk.text, talk.conversation, talk.now)
    except Refusal as problem:
        if problem.code != "linked_elsewhere":
            raise
        _ask_to_merge(talk, problem.fields["code_id"], problem.fields["person_id"])
        return True
    if done is None:
        return False
    talk.state.invitation_id = None
    take_over(talk, done.first)
    _say_linked(talk, done)
    return True


def _say_linked(talk: Talk, done: linking.Linked) -> None:
    talk.say(_linked_here(talk))
    _tell(
        talk,
        done.first,
        _(
            "Kênh {channel} vừa được nối vào đây: phiếu, câu hỏi dùng chung ở cả hai kênh. "
            "Nếu không phải do mình nối, nhắn ngay “bỏ liên kết”."
        ).format(channel=channel_name(talk.conversation.channel)),
    )


def _ask_to_merge(talk: Talk, code_id: int, other_id: int) -> None:
    """Somebody joined twice: nobody's posts change hands without their word, here where they lie.

    Whoever was talked into typing a stranger's code learns here whom it would serve.
    """
    text = _(
        "Kênh này đang là đầu mối: {here}. Kênh kia: {there}.\n"
        "Nối thì tất cả thuộc về một người, báo cáo được ở cả hai kênh; không tách lại được. "
        "Chỉ nối khi cả hai đều là của mình."
    ).format(here=_posts(talk, talk.reporter_id), there=_posts(talk, other_id))
    offers = [
        Offer(_("Đều là của tôi, nối"), "merge", value=str(code_id)),
        Offer(_("Không nối"), "keep_links"),
    ]
    talk.ask("unlink", text, offers)


def _merge(talk: Talk, code_id: int) -> None:
    try:
        code = linking.good_code(talk.session, code_id, talk.now)
        merge_people(talk.session, code.person_id, talk.reporter_id, talk.now)
        _say_linked(talk, linking.link_by(talk.session, code, talk.conversation, talk.now))
    except Refusal as problem:
        talk.say(wording.refusal(problem))


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
        ).format(
            code=code, minutes=linking.VALID.seconds // 60, posts=_posts(talk, talk.reporter_id)
        )
    )


def _linked_here(talk: Talk) -> str:
    lines = [
        _(
            "✔ Đã nối kênh này: {posts}. Từ nay nhắn ở kênh nào cũng được. "
            "Muốn bỏ: nhắn “bỏ liên kết”."
        ).format(posts=_posts(talk, talk.reporter_id))
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
    if offer.do == "merge":
        _merge(talk, int(offer.value))
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


def _posts(talk: Talk, person_id: int) -> str:
    """'Trưởng thôn, thôn Đông'; several posts one after the other."""
    posts = posts_of(talk.session, person_id, talk.today)
    units = units_on(talk.session, talk.today, [post.unit_id for post in posts])
    names = [
        f"{post.title}, {units[post.unit_id].full_name}" for post in posts if post.unit_id in units
    ]
    return "; ".join(names) or _("cuộc trò chuyện này")
