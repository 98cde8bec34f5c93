"""What people call the channels."""

from qcdc_core.language import gettext as _
from qcdc_core.messages.allowances import TELEGRAM, WEB, ZALO_BOT, ZALO_OA

# Elsewhere the words of a message must do without its file.
CARRYING_FILES = frozenset({WEB, TELEGRAM})


def channel_name(channel: str) -> str:
    """The channel's code itself for one that is not served any more."""
    names = {
        WEB: _("trang trò chuyện"),
        TELEGRAM: "Telegram",
        ZALO_BOT: _("Zalo (bot)"),
        ZALO_OA: _("Zalo (OA)"),
    }
    return names.get(channel, channel)
