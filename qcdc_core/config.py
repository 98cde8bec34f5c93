"""Settings: environment variables with the prefix QCDC_ (and a .env file), declared once.

A value that is missing or malformed stops the start with the variable's name.
"""

import hmac
import os
import secrets
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """One field per setting; the description is its documentation (.env.example repeats it)."""

    model_config = SettingsConfigDict(env_prefix="QCDC_", env_file=".env", extra="ignore")

    database_url: str = Field(
        "sqlite:///var/qcdc.db", description="SQLAlchemy address; sqlite or postgresql+psycopg"
    )
    var: Path = Field(Path("var"), description="Folder for the database and the secrets made here")
    secret_key: SecretStr | None = Field(
        None, description="Signs sessions; made under var/ when not set"
    )
    data_key: SecretStr | None = Field(
        None,
        description="Encrypts phone numbers and Zalo's tokens at rest; made under var/ when not "
        "set. Several, separated by commas: the first one encrypts, all of them are read with",
    )
    calendar: Literal["nd09", "duong_lich"] = Field(
        "nd09",
        description="Reporting calendar: Nghị định 09/2019 (15th to 14th) or calendar months",
    )
    collect_from: date | None = Field(
        None, description="First day of collecting; earlier periods are not taken"
    )
    committee: str = Field(
        "Ban Chỉ đạo thực hiện dân chủ ở cơ sở",
        description="The committee's name, as it is printed",
    )
    language: Literal["vi", "en"] = Field("vi", description="Language of pages and messages")
    host: str = Field("127.0.0.1", description="Address that chat and admin listen on")
    admin_port: int = Field(8000, description="Port of the admin pages")
    chat_port: int = Field(8080, description="Port of the web chat and the webhooks")
    telegram_token: SecretStr | None = Field(None, description="Token of the Telegram bot")
    telegram_base_url: str | None = Field(
        None, description="Address of a relay or of an own Bot API server instead of Telegram's"
    )
    zalo_bot_token: SecretStr | None = Field(None, description="Token of the Zalo bot")
    zalo_base_url: str | None = Field(
        None, description="Address of a relay instead of the Zalo Bot Platform's"
    )
    zalo_oa_id: str | None = Field(None, description="Id of the Zalo Official Account")
    zalo_oa_app_id: str | None = Field(
        None, description="Id of the application that is linked to the Official Account"
    )
    zalo_oa_app_secret: SecretStr | None = Field(
        None, description="Secret key of that application; tokens are asked for with it"
    )
    zalo_oa_secret_key: SecretStr | None = Field(
        None, description="OA secret key of the application's webhook page; events are signed by it"
    )
    zalo_oa_base_url: str = Field(
        "https://openapi.zalo.me", description="Address of the Official Account API, or of a relay"
    )
    zalo_oa_oauth_url: str = Field(
        "https://oauth.zaloapp.com", description="Address that gives and renews tokens"
    )
    zalo_oa_paid_a_month: int = Field(
        0, ge=0, description="Messages a month that may be sent outside the free ones"
    )
    public_url: str | None = Field(None, description="Address of the web chat as people open it")
    secure_cookies: bool = Field(
        False, description="Send cookies over HTTPS only; switch on behind an HTTPS proxy"
    )

    @property
    def zalo_oa_missing(self) -> tuple[str, ...]:
        """The variables without which the Official Account is not used; empty when all are set."""
        needed = ("zalo_oa_id", "zalo_oa_app_id", "zalo_oa_app_secret", "zalo_oa_secret_key")
        return tuple(f"QCDC_{name.upper()}" for name in needed if not _is_set(getattr(self, name)))


@cache
def settings() -> Settings:
    """Read once in a process. Raises pydantic.ValidationError naming the variable."""
    return Settings()


def secret_key(current: Settings) -> str:
    """The signing key that is set, or one made once under ``var`` and kept there."""
    if current.secret_key is not None:
        return current.secret_key.get_secret_value()
    return _kept_secret(current.var / "secret_key")


def data_keys(current: Settings) -> tuple[str, ...]:
    """The keys of `qcdc_core.sealed`, newest first: those set, or one made once under ``var``."""
    listed = current.data_key.get_secret_value() if current.data_key is not None else ""
    keys = tuple(key.strip() for key in listed.split(",") if key.strip())
    return keys or (_kept_secret(current.var / "data_key"),)


def webhook_secret(current: Settings, channel: str) -> str:
    """What a platform must show with each webhook; follows from the signing key, 64 hex digits."""
    key = secret_key(current).encode()
    return hmac.new(key, f"webhook {channel}".encode(), "sha256").hexdigest()


def _is_set(value: str | SecretStr | None) -> bool:
    """`.env.example` is copied with empty values."""
    return bool(value.get_secret_value() if isinstance(value, SecretStr) else value)


def _kept_secret(path: Path) -> str:
    """Several processes may start at once: the first to link the file wins, all read the same."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(48), "ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text("ascii").strip()
