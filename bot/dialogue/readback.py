"""Reading a draft back: every figure with its name and unit, and what is doubtful or missing."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from qcdc_core.forms import Figure
from qcdc_core.forms.shown import shown
from qcdc_core.language import gettext as _
from qcdc_core.language import period_name
from qcdc_core.reports.draft import DraftReport
from qcdc_core.units.tree import Node

KNOWN, DOUBTFUL, MISSING, WRONG = "✔", "?", "○", "!"
# A part that nobody mentioned: a rule that already says what is left has the better question.
SPLIT_MISSING = "split_missing"


def title(draft: DraftReport, unit: Node) -> str:
    """'Phiếu tháng 10/2026 · thôn Đông'."""
    return _("Phiếu {period} · {unit}").format(
        period=period_name(draft.period), unit=unit.full_name
    )


def said(figure: Figure, value: Decimal | None) -> str:
    """'Họp thôn: 2 cuộc'; a figure that does not apply says so."""
    words = _("không áp dụng") if value is None else shown(figure, value)
    return f"{_(figure.short)}: {words}"


def change(figure: Figure, old: Decimal | None, new: Decimal | None) -> str:
    """'Kiến nghị đã giải quyết: 3 ý kiến → 2 ý kiến'."""
    words = [_("không áp dụng") if one is None else shown(figure, one) for one in (old, new)]
    return _("{name}: {old} → {new}").format(name=_(figure.short), old=words[0], new=words[1])


def lines(draft: DraftReport, wrong: Iterable[str] = ()) -> Iterator[str]:
    """Known figures by group, those that are 0 in one line, then the doubtful, then the missing."""
    suspect = frozenset(wrong)
    zero: list[str] = []
    for group in _groups(draft):
        codes = [figure.code for figure in group if figure.code in draft.values]
        if codes and not suspect & set(codes) and all(_is_zero(draft, code) for code in codes):
            zero += codes
        elif codes:
            yield _group_line(draft, codes, WRONG if suspect & set(codes) else KNOWN)
    if zero:
        yield _("{sign} Bằng 0: {names}").format(sign=KNOWN, names=names(draft, zero))
    yield from _open_lines(draft)


def _group_line(draft: DraftReport, codes: Iterable[str], sign: str) -> str:
    words = (said(draft.form.figure(code), draft.values[code].value) for code in codes)
    return f"{sign} {' · '.join(words)}"


def _is_zero(draft: DraftReport, code: str) -> bool:
    return draft.form.figure(code).kind != "flag" and draft.values[code].value == 0


def _open_lines(draft: DraftReport) -> Iterator[str]:
    unsaid = set(draft.missing)
    for doubt in draft.doubts.values():
        if doubt.reason == SPLIT_MISSING:
            unsaid.add(doubt.code)
            continue
        yield _("{sign} {name}: “{quote}” chưa rõ").format(
            sign=DOUBTFUL, name=_(draft.form.figure(doubt.code).short), quote=doubt.quote
        )
    missing = [code for code in draft.form.codes if code in unsaid]
    if missing:
        yield _("{sign} Chưa có: {names}").format(sign=MISSING, names=names(draft, missing))


def whole(draft: DraftReport, unit: Node, wrong: Iterable[str] = ()) -> str:
    return "\n".join([title(draft, unit), *lines(draft, wrong)])


def names(draft: DraftReport, codes: Iterable[str]) -> str:
    """'đang hòa giải, ngày công, đất hiến'."""
    return ", ".join(_inside_a_line(_(draft.form.figure(code).short)) for code in codes)


def _inside_a_line(name: str) -> str:
    """Small first letter, except for a proper name (its second word is written large too)."""
    second = name.split(" ", 1)[-1]
    return name if second[:1].isupper() else name[:1].lower() + name[1:]


def _groups(draft: DraftReport) -> Iterator[list[Figure]]:
    for _key, group in groupby(draft.form, key=lambda figure: figure.group or figure.code):
        yield list(group)
