"""'Để mai', 'nhắc lại chiều mai', 'không nhắc nữa', 'nhắc tôi': wishes about reminders."""

import re

from bot.dialogue.talk import Talk
from qcdc_core import reminders
from qcdc_core.language import day, moment, period_name
from qcdc_core.language import gettext as _
from qcdc_core.reminders.later import wanted_moment
from qcdc_core.reminders.snooze import Snoozed

_TO_WHOM = r"(?: (?:toi|em|minh|bac|chau|tui|anh|chi|nho|han))*"
_STOP = re.compile(
    rf"^(?:xin |lam on |thoi )?(?:khong|ko|k|dung|thoi|khoi|tat|ngung|bo)(?: can| phai| co)?"
    rf" nhac(?: lai| nho)?{_TO_WHOM}(?: nua)?(?: (?:nhe|nha|dau|a|di))*$"
)
_GO_ON = re.compile(
    rf"^(?:(?:bat|mo|tiep tuc)(?: lai)? nhac|nhac(?: lai| tiep)?){_TO_WHOM}"
    rf"(?: (?:nhe|nha|voi|di|a|nhu cu))*$"
)


def answer(talk: Talk) -> bool:
    """Whether the message was such a wish; what is being typed stays as a draft."""
    if _STOP.match(talk.folded):
        _stop(talk)
    elif _GO_ON.match(talk.folded):
        _go_on(talk)
    else:
        wanted = wanted_moment(talk.text, talk.now)
        if wanted is None:
            return False
        found = reminders.snooze(talk.session, talk.reporter_id, wanted, talk.calendar, talk.now)
        talk.say(_nothing_to_remind() if found is None else _when(found))
    talk.state.leave_report()
    return True


def _when(found: Snoozed) -> str:
    if found.is_cut:
        text = _("Kỳ này khóa sau ngày {last}, nên nhắc lần cuối lúc {moment}.")
    elif found.is_late:
        text = _(
            "Sẽ nhắc lúc {moment}. Lúc đó đã quá hạn {due}; phiếu vẫn nhận đến hết {last}. "
            "Gửi trước lúc đó thì không nhắc nữa."
        )
    else:
        text = _("Sẽ nhắc lúc {moment}, hạn {due}. Gửi trước lúc đó thì không nhắc nữa.")
    return text.format(moment=moment(found.moment), due=day(found.due), last=day(found.last_taken))


def _stop(talk: Talk) -> None:
    periods = reminders.stop(talk.session, talk.reporter_id, talk.calendar, talk.now)
    if not periods:
        talk.say(_nothing_to_remind())
        return
    talk.say(
        _(
            "Không nhắc {periods} nữa; hạn vẫn như cũ, gửi lúc nào cũng được trước khi khóa sổ. "
            "Muốn được nhắc: nhắn “nhắc tôi”."
        ).format(periods=", ".join(period_name(one) for one in periods))
    )


def _go_on(talk: Talk) -> None:
    if reminders.go_on(talk.session, talk.reporter_id, talk.now):
        talk.say(
            _("Sẽ nhắc lại như lịch chung. Muốn nhắc lúc khác: nhắn giờ, ví dụ “mai 9h nhắc”.")
        )
    else:
        talk.say(
            _("Vẫn đang nhắc như lịch chung. Muốn nhắc lúc khác: nhắn giờ, ví dụ “mai 9h nhắc”.")
        )


def _nothing_to_remind() -> str:
    return _("Hiện không có phiếu nào cần nhắc: đã gửi đủ, hoặc không còn kỳ nào đang nhận.")
