"""The conversation around each turn: figures, read-back, question and answer, confirmation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from qcdc_core.demo import sayings
from qcdc_core.demo.model import Act, Filing, Turn, dice
from qcdc_core.forms import Form
from qcdc_core.forms.shown import shown
from qcdc_core.language import gettext as _
from qcdc_core.language import moment, period_name


@dataclass(frozen=True)
class Line:
    """One message of a chat.

    ``source`` is (filing's place in the list, step, part): part 0 is the message with the figures,
    1 and more are the answers to questions, -1 is the confirmation.
    """

    at: datetime
    place_code: str
    text: str
    inbound: bool
    source: tuple[int, int, int]
    choices: tuple[str, ...] = ()


def lines_of(filing: Filing, number: int) -> Iterator[Line]:
    for at, step in enumerate(filing.steps):
        if isinstance(step, Turn):
            yield from _turn(filing, step, (number, at))
        elif step.kind == "returned" and step.code:
            yield _asked_back(filing, step, (number, at))


def _turn(filing: Filing, turn: Turn, key: tuple[int, int]) -> Iterator[Line]:
    """Backwards from the confirmation: each answer takes people a minute or so."""
    code, rng = filing.place.code, dice(filing.place.code, filing.form.code, filing.period, *key)
    said_at = turn.at - timedelta(seconds=rng.randint(35, 110) * (1 + len(turn.reasons)))
    yield Line(said_at, code, turn.said.text, inbound=True, source=(*key, 0))
    asked_at = said_at
    for part, reason in enumerate(turn.reasons, start=1):
        yield Line(asked_at, code, reason.question, inbound=False, source=(*key, part))
        asked_at += (turn.at - said_at) * 0.6
        yield Line(asked_at, code, reason.answer, inbound=True, source=(*key, part))
    read_back, choices = _read_back(filing, turn), (_("Gửi"), _("Sửa"))
    yield Line(asked_at, code, read_back, inbound=False, source=(*key, 0), choices=choices)
    yield Line(turn.at, code, sayings.confirm(rng), inbound=True, source=(*key, -1))
    yield Line(turn.at, code, _receipt(filing, turn), inbound=False, source=(*key, -1))


def _read_back(filing: Filing, turn: Turn) -> str:
    title = _("Phiếu {period} · {unit}").format(
        period=period_name(filing.period), unit=filing.place.full_name
    )
    return "\n".join([title, *_figure_lines(filing.form, turn)])


def _figure_lines(form: Form, turn: Turn) -> Iterator[str]:
    told = [figure for figure in form if figure.code in turn.values]
    for _group, figures in groupby(told, key=lambda figure: figure.group or figure.code):
        yield "✔ " + " · ".join(_figure_line(form, figure.code, turn) for figure in figures)


def _figure_line(form: Form, code: str, turn: Turn) -> str:
    figure, value = form.figure(code), turn.values[code]
    words = _("không áp dụng") if value is None else shown(figure, value)
    return f"{_(figure.short)}: {words}"


def _receipt(filing: Filing, turn: Turn) -> str:
    return "\n".join(
        [
            _("✔ Đã nhận lúc {when}.").format(when=moment(turn.at)),
            _("Số phiếu {number}.").format(number=number_of(filing)),
            _("Muốn sửa: nhắn “sửa” và số đúng. Cảm ơn."),
        ]
    )


def _asked_back(filing: Filing, act: Act, key: tuple[int, int]) -> Line:
    text = _("Cán bộ hỏi lại phiếu {period} · {unit}, mục {figure}.\n“{comment}”").format(
        period=period_name(filing.period),
        unit=filing.place.full_name,
        figure=_(filing.form.figure(act.code or "").short),
        comment=act.comment,
    )
    return Line(act.at, filing.place.code, text, inbound=False, source=(*key, 0))


def number_of(filing: Filing) -> str:
    return f"{filing.place.code}-{filing.period}"
