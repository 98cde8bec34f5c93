"""Can the platforms reach this installation: tokens that look like none, webhooks gone astray."""

import re
from collections.abc import Iterator, Mapping

from pydantic import SecretStr
from sqlalchemy.orm import Session

from qcdc_core.config import Settings
from qcdc_core.health.result import Result
from qcdc_core.language import gettext as _
from qcdc_core.messages.allowances import TELEGRAM, ZALO_BOT
from qcdc_core.webhooks import address_of, registered

# A number, a colon, a secret: the same for BotFather's tokens and those of the Zalo Bot Platform.
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{10,}")


def platforms_reach(session: Session, settings: Settings) -> Iterator[Result]:
    """Two results for each channel with a token; nothing for the web chat alone."""
    addresses = registered(session)
    tokens = {TELEGRAM: settings.telegram_token, ZALO_BOT: settings.zalo_bot_token}
    for channel, token in tokens.items():
        if token is not None and token.get_secret_value():
            yield _token(channel, token)
            yield _webhook(channel, addresses, settings.public_url)


def _token(channel: str, token: SecretStr) -> Result:
    """Never with the token itself."""
    variable = "QCDC_TELEGRAM_TOKEN" if channel == TELEGRAM else "QCDC_ZALO_BOT_TOKEN"
    if _TOKEN.fullmatch(token.get_secret_value()):
        text = _("Mã bí mật {channel}: có.").format(channel=channel)
        return Result("token", is_well=True, text=text)
    text = _(
        "{variable} không có dạng số:chữ như nền tảng cấp. Chép lại nguyên mã, không dấu cách,"
        " không dấu nháy, rồi khởi động lại bot."
    )
    return Result("token", is_well=False, text=text.format(variable=variable))


def _webhook(channel: str, addresses: Mapping[str, str], public_url: str | None) -> Result:
    known = addresses.get(channel)
    if known is None:
        text = _("{channel}: bot tự hỏi tin định kỳ (chưa đăng ký địa chỉ nhận tin).")
        return Result("webhook", is_well=True, text=text.format(channel=channel))
    if public_url and known == address_of(public_url, channel):
        text = _("{channel}: nhận tin ở {url}.").format(channel=channel, url=known)
        return Result("webhook", is_well=True, text=text)
    text = _(
        "{channel} đang gửi tin tới {url}, không khớp QCDC_PUBLIC_URL. "
        "Đặt lại QCDC_PUBLIC_URL rồi chạy: qcdc channel {channel} set-webhook"
    )
    return Result("webhook", is_well=False, text=text.format(channel=channel, url=known))
