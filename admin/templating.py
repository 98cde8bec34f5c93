"""What templates can say: gettext, numbers and days the Vietnamese way, the user, the menu."""

from datetime import datetime
from typing import Any

from flask import Flask, g, request
from flask_login import current_user

from admin import access, wording
from admin.menu import menu
from admin.parts import now, parts
from qcdc_core import language
from qcdc_core.clock import local
from qcdc_core.forms.shown import shown
from qcdc_core.periods import Period
from qcdc_core.users import role_name


def init_app(app: Flask) -> None:
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.trim_blocks = True
    env.lstrip_blocks = True
    # Fields are {named} and filled with format(), as in Python: newstyle's % would differ.
    env.install_gettext_callables(language.gettext, _plural, newstyle=False)  # type: ignore[attr-defined]
    env.filters.update(
        number=language.number,
        percent=language.percent,
        day=language.day,
        moment=language.moment,
        in_short=moment_in_short,
        period=_period_name,
        state=wording.state,
        role=role_name,
        first_capital=first_capital,
    )
    env.globals.update(shown=shown)
    app.context_processor(_everywhere)
    app.before_request(_speak)


def first_capital(text: str) -> str:
    """'Thôn Đông' where a line begins; the rest of the name stays as it is."""
    return text[:1].upper() + text[1:]


def moment_in_short(value: datetime) -> str:
    """'13/10/2026 19:42', for columns."""
    there = local(value)
    return f"{language.day(there.date())} {there:%H:%M}"


def _speak() -> None:
    language.speak(parts().settings.language)


def _plural(one: str, many: str, n: int) -> str:
    return language.gettext(one if n == 1 else many)


def _period_name(period: Period | str) -> str:
    return language.period_name(Period.parse(period) if isinstance(period, str) else period)


def _everywhere() -> dict[str, Any]:
    """Known to every page, the error pages of strangers included."""
    common: dict[str, Any] = {
        "committee": parts().settings.committee,
        "language": language.spoken(),
        "user": None,
        "here_address": request.full_path.rstrip("?"),
    }
    if g.get("has_failed") or not current_user.is_authenticated:
        return common
    return common | {"user": access.user(), "may": access.may, "menu": menu(), "now": now()}
