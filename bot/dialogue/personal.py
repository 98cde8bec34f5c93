"""“Dữ liệu của tôi”, “rút đồng ý”, “xóa dữ liệu”: a person's rights over their data, by chat."""

import re

from bot.channels.attachments import DELIVERING
from bot.dialogue import personal_words as words
from bot.dialogue.state import Offer, State
from bot.dialogue.talk import Talk
from qcdc_core import personal
from qcdc_core.messages import ledger
from qcdc_core.messages.inbox import conversation_at
from qcdc_core.people import consent
from qcdc_core.personal.copy import file_name
from qcdc_core.personal.parts import parts_of
from qcdc_core.personal.requests import note_done
from qcdc_core.personal.tables import DataRequest

_WHO = r"(?:toi|em|minh|tui|chau|bac|chung toi)"
_LEAD = (
    r"(?:(?:cho|xin|nho|lam on|vui long|hay|giup|toi|em|minh|tui|chau|muon|can|duoc|yeu cau|de nghi"
    r"|hoi|thoi) )*"
)
_TAIL = r"(?: (?:voi|nhe|nha|a|di|giup|ad|oi|ngay|luon|duoc khong|duoc ko|dc ko|dc khong))*"
_DATA = r"(?:du lieu|thong tin|dl)(?: ca nhan)?"
_ALL = r"(?: (?:het|bo|toan bo|tat ca|moi|lai|cac))*"


def _whole(core: str) -> re.Pattern[str]:
    """The command with politeness around it, and nothing else."""
    return re.compile(rf"{_LEAD}(?:{core}){_TAIL}")


_SHOW = rf"(?:xem|tai|gui|nhan|lay|xuat|in){_ALL}(?: cho)?(?: {_WHO})?"
_COPY = _whole(
    rf"(?:{_SHOW} )?(?:ban sao )?{_DATA} cua {_WHO}"
    rf"|(?:xem|tai|nhan|lay|xuat){_ALL} (?:ban sao )?(?:du lieu|dl)(?: ca nhan)?"
    rf"|(?:{_SHOW} )?ban sao {_DATA}"
    rf"|(?:he thong |bot |may )?(?:dang |co )*(?:luu|giu)(?: lai)? (?:nhung )?"
    rf"(?:gi|{_DATA} gi|du lieu nao) (?:ve|cua) {_WHO}"
)
_ERASE = _whole(
    rf"(?:xoa|go){_ALL} {_DATA}(?: (?:ve|cua) {_WHO})?(?: di| het)?"
    rf"|xoa(?: ten)? {_WHO} (?:ra )?khoi (?:he thong|danh sach)"
    rf"|xoa tai khoan(?: cua {_WHO})?"
)
_NOT = r"(?:khong|ko|k|hong|hok)"
_WITHDRAW = _whole(
    r"(?:rut|thu hoi|huy|ngung)(?: lai)?(?: su)? dong y(?: (?:xu ly|cho (?:luu|dung)) du lieu)?"
    rf"|{_NOT}(?: con)? dong y(?: (?:cho )?(?:luu|dung|xu ly)(?: du lieu)?)? nua"
)
_WITHDRAW_REMINDING = _whole(
    rf"(?:rut|thu hoi|huy|ngung)(?: lai)?(?: su)? dong y nhac(?: han)?"
    rf"|{_NOT}(?: con)? dong y nhac(?: han)? nua"
)
_ERASE_YES = re.compile(r"(?:xoa|xoa het|xoa luon|xoa di|dong y|dong y xoa|co|co xoa)")

_OFFERS = frozenset({"erase_all", "keep_data", "withdraw_all", "withdraw_reminding"})


def personal_turn(talk: Talk, offer: Offer | None) -> bool:
    """Whether the message was about the person's own data; False leaves it to others.

    No officer who reviews reports is shown it.
    """
    if not _is_handled(talk, offer):
        return False
    talk.message.topic = "question"
    return True


def _is_handled(talk: Talk, offer: Offer | None) -> bool:
    if offer is not None and offer.do in _OFFERS:
        _answer(talk, offer.do)
    elif _waits_for_erasure(talk) and _ERASE_YES.fullmatch(talk.folded):
        _erase(talk)
    elif _COPY.fullmatch(talk.folded):
        _copy(talk)
    elif _ERASE.fullmatch(talk.folded):
        _ask_to_erase(talk)
    elif _WITHDRAW_REMINDING.fullmatch(talk.folded):
        _withdraw(talk, consent.REMINDING)
    elif _WITHDRAW.fullmatch(talk.folded):
        _ask_what_to_withdraw(talk)
    else:
        return False
    return True


def _waits_for_erasure(talk: Talk) -> bool:
    return talk.state.asked is not None and talk.state.asked.kind == "erase"


def _answer(talk: Talk, do: str) -> None:
    talk.state.asked = None
    match do:
        case "erase_all":
            _erase(talk)
        case "withdraw_all":
            _withdraw(talk, consent.REPORTING)
        case "withdraw_reminding":
            _withdraw(talk, consent.REMINDING)
        case _:
            talk.say(words.kept())


def _copy(talk: Talk) -> None:
    """A file where the channel can hand one over, else text in parts."""
    subject = personal.subject_in(talk.session, talk.conversation)
    made = personal.copy_of(talk.session, subject, talk.settings, talk.now)
    request = note_done(
        talk.session,
        "copy",
        subject,
        talk.calendar,
        talk.now,
        chat=talk.conversation,
        counts={"messages": len(made.messages)},
    )
    if talk.conversation.channel in DELIVERING:
        talk.say(words.copy_as_file(), attachment=_attachment(talk, request))
        return
    texts = parts_of(made)
    talk.say(words.copy_in_parts(len(texts)))
    for text in texts:
        talk.say(text)


def _attachment(talk: Talk, request: DataRequest) -> dict[str, str]:
    return {"kind": "copy", "key": request.key or "", "name": file_name(talk.now)}


def _ask_what_to_withdraw(talk: Talk) -> None:
    held = _held(talk)
    if not held:
        talk.say(words.no_consent())
        return
    offers = [Offer(words.withdraw_all(), "withdraw_all"), Offer(words.keep(), "keep_data")]
    if consent.REMINDING in held:
        offers.insert(0, Offer(words.withdraw_reminding(), "withdraw_reminding"))
    talk.ask("withdraw", words.what_withdrawal_means(), offers)


def _withdraw(talk: Talk, purpose: str) -> None:
    if purpose not in _held(talk):
        talk.say(words.no_consent())
        return
    subject = personal.subject_in(talk.session, talk.conversation)
    personal.withdraw(talk.session, talk.reporter_id, [purpose], talk.now)
    talk.posts_changed()
    note_done(talk.session, "withdraw", subject, talk.calendar, talk.now)
    if purpose == consent.REMINDING:
        talk.say(words.reminding_withdrawn())
        return
    talk.state.leave_report()
    talk.say(words.reporting_withdrawn())


def _held(talk: Talk) -> frozenset[str]:
    return consent.held(talk.session, talk.person_id) if talk.person_id is not None else frozenset()


def _ask_to_erase(talk: Talk) -> None:
    offers = [Offer(words.erase_all(), "erase_all"), Offer(words.keep(), "keep_data")]
    talk.ask("erase", words.what_erasure_means(joined=talk.person_id is not None), offers)


def _erase(talk: Talk) -> None:
    """The confirmation goes to a new, empty conversation: nothing leads from it to the old one."""
    old = talk.conversation
    address = old.address
    subject = personal.subject_in(talk.session, old)
    counts = personal.erase(talk.session, subject, talk.now)
    talk.posts_changed()
    note_done(talk.session, "erase", subject, talk.calendar, talk.now, counts=counts)
    talk.conversation = conversation_at(talk.session, old.channel, old.account, address, talk.now)
    # The person wrote just now, or an Official Account could not even confirm.
    ledger.open_window(talk.session, talk.conversation, talk.message.received_at)
    talk.state = State()
    talk.say(words.erased(joined=subject.person_id is not None))
