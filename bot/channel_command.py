"""`qcdc channel …`: webhooks of the platforms, set and shown. The token is never printed."""

import functools
from collections.abc import Callable
from typing import TypeVar

import click
import httpx
from telegram.error import TelegramError

from bot.channels import telegram, zalo_bot
from bot.channels.configured import telegram_of, zalo_bot_of
from bot.channels.telegram import Telegram
from bot.channels.zalo_bot import ZaloBot, ZaloError
from bot.zalo_account_command import zalo_oa
from qcdc_core import clock, db, webhooks
from qcdc_core.config import settings, webhook_secret
from qcdc_core.language import gettext as _

T = TypeVar("T")

NAMES = click.Choice([telegram.NAME, zalo_bot.NAME])


@click.group(help="Kênh nhắn tin: Telegram, Zalo Bot, Zalo Official Account.")
def channel() -> None:
    """Needs the token of the channel in the settings."""


channel.add_command(zalo_oa)


@channel.command("set-webhook", help="Đăng ký địa chỉ nhận tin với nền tảng.")
@click.argument("name", type=NAMES)
def set_webhook(name: str) -> None:
    current = settings()
    if not current.public_url or not current.public_url.startswith("https://"):
        raise click.ClickException(
            _("Chưa có địa chỉ công khai HTTPS. Đặt QCDC_PUBLIC_URL=https://… rồi chạy lại.")
        )
    url = webhooks.address_of(current.public_url, name)
    secret = webhook_secret(current, name)
    one = _channel(name)
    if isinstance(one, Telegram):
        _told(lambda: one.set_webhook(url, secret))
    else:
        _told(lambda: one.call("setWebhook", {"url": url, "secret_token": secret}))
    with db.writing(db.engine_for(current.database_url)).begin() as session:
        webhooks.remember(session, name, url, clock.now())
    click.echo(_("Đã đăng ký {url} với {name}.").format(url=url, name=name))


@channel.command("info", help="Xem địa chỉ nhận tin đang đăng ký.")
@click.argument("name", type=NAMES)
def info(name: str) -> None:
    one = _channel(name)
    if isinstance(one, Telegram):
        found = _told(one.webhook)
        url, waiting = found.url, found.pending_update_count
        problem = found.last_error_message
    else:
        answer = _told(lambda: one.call("getWebhookInfo", {}))
        url, waiting, problem = (answer or {}).get("url", ""), None, None
    click.echo(_("Địa chỉ: {url}").format(url=url or _("chưa đăng ký, đang hỏi tin định kỳ")))
    if waiting is not None:
        click.echo(_("Tin đang chờ: {count}").format(count=waiting))
    if problem:
        click.echo(_("Lỗi gần nhất: {problem}").format(problem=problem))


def _by_name(name: str) -> click.Group:
    """`qcdc channel zalo-bot info` is the same as `qcdc channel info zalo-bot`."""
    group = click.Group(name, help=_names[name])
    for command in (set_webhook, info):
        call = functools.partial(_call, command, name)
        group.add_command(click.Command(command.name, callback=call, help=command.help))
    return group


def _call(command: click.Command, name: str) -> None:
    click.get_current_context().invoke(command, name=name)


_names = {telegram.NAME: "Telegram.", zalo_bot.NAME: "Zalo Bot Platform."}
for _name in _names:
    channel.add_command(_by_name(_name))


def _channel(name: str) -> Telegram | ZaloBot:
    one = telegram_of(settings()) if name == telegram.NAME else zalo_bot_of(settings())
    if one is None:
        variable = "QCDC_TELEGRAM_TOKEN" if name == telegram.NAME else "QCDC_ZALO_BOT_TOKEN"
        raise click.ClickException(
            _("Chưa có mã bí mật của {name}. Đặt {variable} rồi chạy lại.").format(
                name=name, variable=variable
            )
        )
    return one


def _told(call: Callable[[], T]) -> T:
    """The platform's answer, or a sentence; errors are named by kind, since texts may hold URLs."""
    try:
        return call()
    except (TelegramError, ZaloError, httpx.HTTPError, ValueError) as problem:
        kind = str(problem) if isinstance(problem, ZaloError) else type(problem).__name__
        raise click.ClickException(
            _(
                "Nền tảng chưa nhận yêu cầu ({kind}). Kiểm tra mã bí mật và đường mạng rồi thử lại."
            ).format(kind=kind)
        ) from None
