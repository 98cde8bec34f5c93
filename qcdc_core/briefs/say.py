"""Sentences with named fields, in which each field that is a number stays a number."""

from collections.abc import Iterable
from decimal import Decimal
from string import Formatter

from qcdc_core.briefs.model import Number, Paragraph, Run
from qcdc_core.briefs.numbers import fraction
from qcdc_core.briefs.printing import count_text
from qcdc_core.language import gettext as _

Field = Number | str | Run


def say(sentence: str, /, **fields: Field) -> tuple[Run, ...]:
    """The translated sentence as runs: ``{hop}`` prints a Number's text and keeps its id."""
    runs: list[Run] = []
    for text, name, _spec, _conversion in Formatter().parse(sentence):
        if text:
            runs.append(Run(text))
        if name is not None:
            runs.append(_run(fields[name]))
    return tuple(runs)


def out_of(number: Number) -> Run:
    """The number as a fraction: 14/14."""
    return Run(fraction(number), number.id)


def answered(number: Number) -> Run:
    """How many of the expected units answered: 45/48."""
    return Run(number.coverage.text if number.coverage else "–", number.id)


def paragraph(*sentences: tuple[Run, ...], bullet: bool = False) -> Paragraph:
    """Sentences one after the other, with a space between."""
    runs: list[Run] = []
    for sentence in sentences:
        if runs and sentence:
            runs.append(Run(" "))
        runs.extend(sentence)
    return Paragraph(tuple(runs), bullet)


def coverage_of(numbers: Iterable[Number]) -> tuple[Run, ...]:
    """'(Số liệu của 45/48 đơn vị.)' for the number that the fewest units answered."""
    covered = [number for number in numbers if number.coverage is not None]
    if not covered:
        return ()
    least = min(covered, key=_share_answered)
    coverage = least.coverage
    if coverage is None or coverage.is_whole:
        return say(_("(Số liệu của {units} đơn vị.)"), units=answered(least))
    if coverage.partly:
        return say(
            _("(Số liệu đầy đủ của {units} đơn vị; {partly} đơn vị thiếu một số kỳ.)"),
            units=answered(least),
            partly=count_text(Decimal(coverage.partly)),
        )
    return say(
        _("(Số liệu của {units} đơn vị; các đơn vị còn lại chưa gửi.)"), units=answered(least)
    )


def _share_answered(number: Number) -> float:
    """A float is right here: only the order matters."""
    coverage = number.coverage
    if coverage is None or not coverage.expected:
        return 1.0
    return coverage.answered / coverage.expected


def _run(value: Field) -> Run:
    match value:
        case Number():
            return Run(value.text, value.id)
        case Run():
            return value
        case _:
            return Run(value)
