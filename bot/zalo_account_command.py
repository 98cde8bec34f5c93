"""`qcdc channel zalo-oa …`: leave from the account's owner, steps in Zalo's console, standing.

Neither keys nor tokens are ever printed.
"""

import base64
import hashlib
import secrets
import string
from collections.abc import Iterator
from urllib.parse import parse_qs, urlencode, urlsplit

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.channels.configured import zalo_tokens_of
from bot.channels.zalo_tokens import TokenError, ZaloTokens
from qcdc_core import clock, db
from qcdc_core.config import Settings, settings
from qcdc_core.language import gettext as _
from qcdc_core.language import moment, speak
from qcdc_core.messages import ledger
from qcdc_core.messages.allowances import ZALO_OA
from qcdc_core.messages.tables import ChannelToken, InboundMessage
from qcdc_core.messages.tokens import REFRESH_LIVES


@click.group("zalo-oa", help="Zalo Official Account.")
def zalo_oa() -> None:
    """Needs the four settings of the account."""
    speak(settings().language)


@zalo_oa.command("authorize", help="Chủ OA cấp quyền cho phần mềm; làm một lần.")
def authorize() -> None:
    """OAuth with PKCE: the code of the answer is worth nothing without the verifier made here."""
    tokens, current = _tokens(), settings()
    _check_public(current)
    verifier, state = _random(43), _random(16)
    click.echo(_("1. Người quản trị OA mở địa chỉ này, đăng nhập Zalo và bấm Cho phép:"))
    click.echo(permission_url(current, verifier, state))
    click.echo(
        _(
            "2. Trình duyệt chuyển sang một địa chỉ có “code=”. Dán cả địa chỉ đó vào đây, "
            "trong 10 phút."
        )
    )
    pasted = click.prompt(_("Địa chỉ"))
    code = code_in(pasted, state)
    if code is None:
        raise click.ClickException(
            _("Địa chỉ không có “code=”, hoặc thuộc lần cấp quyền khác. Chạy lại từ đầu.")
        )
    try:
        tokens.authorise(code, verifier)
    except TokenError as problem:
        raise click.ClickException(
            _(
                "Zalo chưa cấp mã truy cập ({kind}). Kiểm tra mã ứng dụng, khóa bí mật của ứng "
                "dụng rồi chạy lại."
            ).format(kind=problem.kind)
        ) from None
    click.echo(_("Đã nhận và niêm phong mã truy cập. Từ nay phần mềm tự gia hạn."))


@zalo_oa.command(
    "set-webhook", help="Các bước đăng ký địa chỉ nhận tin; Zalo không có lệnh cho việc này."
)
def set_webhook() -> None:
    current = settings()
    _tokens()
    _check_public(current)
    for number, step in enumerate(_steps(current), start=1):
        click.echo(f"{number}. {step}")


@zalo_oa.command("info", help="Xem hạn của mã truy cập, tin đến gần nhất, số tin đã dùng.")
def info() -> None:
    current = settings()
    _tokens()
    with db.reading(db.engine_for(current.database_url)).begin() as session:
        for line in _standing(session, current):
            click.echo(line)


def permission_url(current: Settings, verifier: str, state: str) -> str:
    """Where the owner of the account gives leave; comes back to the installation's own address."""
    digest = hashlib.sha256(verifier.encode()).digest()
    query = {
        "app_id": current.zalo_oa_app_id,
        "redirect_uri": current.public_url or "",
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "state": state,
    }
    return f"{current.zalo_oa_oauth_url}/v4/oa/permission?{urlencode(query)}"


def code_in(pasted: str, state: str) -> str | None:
    """The code of the address that Zalo came back to; None when it answers another request."""
    answer = parse_qs(urlsplit(pasted.strip()).query)
    if answer.get("state") != [state]:
        return None
    codes = answer.get("code", [])
    return codes[0] if len(codes) == 1 else None


def _random(length: int) -> str:
    """Letters and digits only: Zalo asks so of the verifier, of which it wants 43."""
    return "".join(secrets.choice(string.ascii_letters + string.digits) for _sign in range(length))


def _check_public(current: Settings) -> None:
    if not current.public_url or not current.public_url.startswith("https://"):
        raise click.ClickException(
            _("Chưa có địa chỉ công khai HTTPS. Đặt QCDC_PUBLIC_URL=https://… rồi chạy lại.")
        )


def _tokens() -> ZaloTokens:
    current = settings()
    tokens = zalo_tokens_of(current, db.writing(db.engine_for(current.database_url)), clock.now)
    if tokens is None:
        raise click.ClickException(
            _("Chưa đủ thiết lập của OA. Đặt {variables} rồi chạy lại.").format(
                variables=", ".join(current.zalo_oa_missing)
            )
        )
    return tokens


def _steps(current: Settings) -> Iterator[str]:
    url = f"{(current.public_url or '').rstrip('/')}/hook/{ZALO_OA}"
    yield _("Mở developers.zalo.me, chọn ứng dụng {app}, mục Webhook.").format(
        app=current.zalo_oa_app_id
    )
    yield _("Xác thực tên miền của {url} ở mục Xác thực tên miền, nếu chưa làm.").format(url=url)
    yield _("Điền Webhook URL: {url} rồi bấm Lưu. Phần mềm phải đang chạy.").format(url=url)
    yield _("Chép OA Secret Key ở trang đó vào QCDC_ZALO_OA_SECRET_KEY, chạy lại tiến trình web.")
    yield _("Bật các sự kiện: {events}.").format(
        events="user_send_text, user_send_image, user_send_file, user_send_audio, user_send_video, "
        "user_send_sticker, user_send_gif, user_send_link, user_send_location, follow, unfollow"
    )
    yield _("Nhắn “chào” cho OA từ một điện thoại, rồi chạy: qcdc channel zalo-oa info")


def _standing(session: Session, current: Settings) -> Iterator[str]:
    account, now = current.zalo_oa_id or "", clock.now()
    yield _("Địa chỉ: {url}").format(url=f"{(current.public_url or '').rstrip('/')}/hook/{ZALO_OA}")
    yield _token_line(session.get(ChannelToken, (ZALO_OA, account)))
    last = session.scalar(
        select(func.max(InboundMessage.received_at)).where(
            InboundMessage.channel == ZALO_OA, InboundMessage.account == account
        )
    )
    yield (
        _("Tin đến gần nhất: {moment}.").format(moment=moment(last))
        if last
        else _(
            "Chưa có tin nào đến. Nếu đã nhắn thử, kiểm tra QCDC_ZALO_OA_SECRET_KEY và nhật ký web."
        )
    )
    yield _("Tháng này: đã gửi {sent} tin, trong đó {paid} tin ngoài phần miễn phí.").format(
        sent=ledger.sent_in_month(session, ZALO_OA, account, now),
        paid=ledger.paid_in_month(session, ZALO_OA, account, now),
    )


def _token_line(row: ChannelToken | None) -> str:
    if row is None:
        return _("Chưa có mã truy cập. Chạy: qcdc channel zalo-oa authorize")
    return _("Mã truy cập: dùng đến {access}; quyền gia hạn đến {refresh}.").format(
        access=moment(row.access_until), refresh=moment(row.issued_at + REFRESH_LIVES)
    )
