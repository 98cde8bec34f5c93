"""“Gửi báo cáo”: the last brief of an officer's unit, as a file where the channel carries one."""

from bot.dialogue.talk import Talk
from qcdc_core.briefs import handing
from qcdc_core.language import gettext as _
from qcdc_core.messages.names import CARRYING_FILES

_ASKS = frozenset({"gui bao cao", "gui bao cao quy", "bao cao quy", "tai bao cao", "xin bao cao"})


def brief_turn(talk: Talk) -> bool:
    """Whether somebody who works in the admin pages asked for it; of others it is not taken."""
    if talk.person_id is None or talk.folded not in _ASKS:
        return False
    if not handing.is_user(talk.session, talk.person_id):
        return False
    kept = handing.latest_for(talk.session, talk.person_id, talk.today)
    if kept is None:
        talk.say(_("Chưa có báo cáo nào được lập cho đơn vị. Lập ở trang Báo cáo trước."))
        return True
    channel = talk.conversation.channel
    attachment = handing.attachment_of(talk.session, kept, talk.today)
    talk.say(
        handing.words(talk.session, kept, talk.today, channel),
        attachment=attachment if channel in CARRYING_FILES else None,
    )
    return True
