"""The whole way of one message, from text to figures, doubts and intent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from qcdc_core.forms import Form
from qcdc_core.periods import Period
from qcdc_core.reading import intent as intents
from qcdc_core.reading.amount import Amount
from qcdc_core.reading.awaited import complete
from qcdc_core.reading.combine import combined
from qcdc_core.reading.dates import Mention, Now, mentions, reporting_month
from qcdc_core.reading.declared import declared
from qcdc_core.reading.denials import narrowed
from qcdc_core.reading.entries import Entry, Told
from qcdc_core.reading.item import Item
from qcdc_core.reading.items import ItemReader
from qcdc_core.reading.keyboard import decode
from qcdc_core.reading.line import lines
from qcdc_core.reading.lists import enumerators, lettered, numbered
from qcdc_core.reading.mending import is_correction, mended
from qcdc_core.reading.noise import names, noise
from qcdc_core.reading.segments import LineReader
from qcdc_core.reading.settle import Settled, Settler
from qcdc_core.reading.shares import shared
from qcdc_core.reading.text import Folded, fold_with_map
from qcdc_core.reading.tokens import tokenise
from qcdc_core.reading.values import (
    Awaiting,
    Doubt,
    DoubtReason,
    Intent,
    ReadFigure,
    Reading,
    Synonym,
)
from qcdc_core.reading.vocabulary import Vocabulary, vocabulary


@dataclass(slots=True)
class _Message:
    """One message on its way."""

    text: str
    folded: Folded
    vocabulary: Vocabulary
    found: list[Mention]
    items: list[Item]

    def quote(self, start: int, end: int) -> tuple[int, int, str]:
        first, last = self.folded.span(start, end)
        return first, last, self.text[first:last]


def read(
    text: str,
    form: Form,
    today: date,
    *,
    awaiting: Awaiting | None = None,
    synonyms: Sequence[Synonym] = (),
    local_units: Mapping[str, Decimal] | None = None,
    current: Period | None = None,
) -> Reading:
    """Read one message for one form.

    ``awaiting``: the figure just asked about, which a bare number or word answers. ``local_units``:
    m² of a sào, thước, mẫu, công (folded names). ``current``: the period being collected, by
    default that of Nghị định 09/2019/NĐ-CP on ``today``. Never raises, whatever the text.
    """
    words = vocabulary(form, tuple(synonyms))
    folded = decode(text) or fold_with_map(text)
    now = Now(today, current or reporting_month(today))
    found = mentions(folded, now, form.every)
    scales, spans = declared(folded, local_units or {})
    listed = enumerators(folded.plain, text)
    tokens = tokenise(folded, [end for _start, end, _number in listed])
    spans += [(start, end) for start, end, _number in listed] + lettered(folded.plain)
    spans += noise(folded.plain, folded.marked)
    spans += names(folded.cased(text), words)
    items = ItemReader(words, tokens, found, spans).items()
    items = numbered(items, listed, form, words.topic_of)
    items = mended(narrowed(shared(combined(items, folded.plain))))
    message = _Message(text, folded, words, found, items)
    asked = _asked(message)
    told = _told(message, asked)
    if awaiting is not None:
        complete(told, message.items, awaiting, words, folded.plain)
    correction = is_correction(message.items)
    settled = Settler(words, scales, told, correction=correction).settle()
    return _reading(message, told, settled, asked, correction=correction)


def _asked(message: _Message) -> list[tuple[int, int]]:
    """Spans of the sentences that ask something."""
    plain = intents.askable(message.folded.plain, message.folded.marked)
    return [
        (start, end)
        for start, end in intents.sentences(plain)
        if intents.asks(plain[start:end])
        or intents.asks_at_its_end([one for one in message.items if start <= one.start < end])
    ]


def _told(message: _Message, asked: list[tuple[int, int]]) -> Told:
    reader = LineReader(message.vocabulary)
    kept = [
        item for item in message.items if not any(start <= item.start < end for start, end in asked)
    ]
    for line in lines(kept):
        reader.read(line)
    return reader.told


def _reading(
    message: _Message,
    told: Told,
    settled: Settled,
    asked: list[tuple[int, int]],
    *,
    correction: bool,
) -> Reading:
    figures = {
        code: _figure(message, value, entry) for code, (value, entry) in settled.values.items()
    }
    if figures and len(_own_periods(message)) > 1:
        settled = _all_asked(settled)
        figures = {}
    rest: dict[str, ReadFigure] = {}
    if told.others_nothing and not told.loose:
        known = {*figures, *settled.doubts}
        rest = {code: zero for code, zero in _flows(message).items() if code not in known}
    if told.nothing and not settled.doubts and not any(one.value for one in figures.values()):
        return _nothing(message)
    doubts = tuple(
        _doubt(message, code, why.reason, why.choices, entry)
        for code, (why, entry) in settled.doubts.items()
        if code not in figures
    )
    if not (figures or doubts or settled.not_applicable):
        return _without_figures(message, asked, rest)
    question = None
    if asked:
        question = " ".join(message.quote(start, end)[2].strip() for start, end in asked)
    return Reading(
        intent=Intent.correction if correction else Intent.figures,
        figures=figures | rest,
        asks=doubts,
        not_applicable=frozenset(settled.not_applicable),
        period=_period(message),
        question=question,
        unread=tuple(message.quote(one.start, one.end)[2] for one in told.loose),
        rest=frozenset(rest),
    )


def _without_figures(
    message: _Message, asked: list[tuple[int, int]], rest: Mapping[str, ReadFigure]
) -> Reading:
    plain = message.folded.plain
    marks = {item.mark for item in message.items}
    same = "last_time" in marks or intents.is_same_as_last(plain)
    if asked or (not same and intents.asks_for_help(plain)):
        intent = intents.without_figures(plain, asked=bool(asked))
        return Reading(intent, question=message.text if intent is Intent.question else None)
    if same:
        return Reading(Intent.same_as_last, period=_period(message))
    if intents.says_nothing_happened(plain, message.items):
        return replace(_nothing(message), rest=frozenset(rest))
    return Reading(Intent.chat)


def _nothing(message: _Message) -> Reading:
    """Every flow of the form is 0; stocks and flags stay empty."""
    return Reading(Intent.nothing_to_report, _flows(message), period=_period(message))


def _flows(message: _Message) -> dict[str, ReadFigure]:
    zero = ReadFigure(Decimal(0), 0, len(message.text), message.text)
    return {one.code: zero for one in message.vocabulary.form if one.kind == "flow"}


def _all_asked(settled: Settled) -> Settled:
    """Quý trước 120 lao động, quý này 118: which of them is this period's nobody can tell."""
    doubts = {
        code: (Amount(reason=DoubtReason.unclear, choices=(value,)), entry)
        for code, (value, entry) in settled.values.items()
    }
    return Settled({}, settled.doubts | doubts, settled.not_applicable)


def _named_periods(message: _Message) -> list[Period]:
    named = (
        one.period
        for one in message.found
        if one.period is not None and not _dates_a_flag(message, one)
    )
    return list(dict.fromkeys(named))


def _own_periods(message: _Message) -> list[Period]:
    """Of the kind that the form is for."""
    every = message.vocabulary.form.every
    return [one for one in _named_periods(message) if one.kind == every]


def _period(message: _Message) -> Period | None:
    """The period named; None also when figures of several are told (tháng 8 là 5, tháng 9 là 7)."""
    named, own = _named_periods(message), _own_periods(message)
    if len(own) > 1:
        return None
    return own[0] if own else next(iter(named), None)


def _dates_a_flag(message: _Message, mention: Mention) -> bool:
    """Đã họp hội nghị viên chức tháng 1: when it was held, in a form of quarters."""
    month = mention.period is not None and mention.period.kind == "month"
    if not month or message.vocabulary.form.every == "month":
        return False
    for item in reversed([one for one in message.items if one.start < mention.start]):
        if item.kind in "BCQ":
            return False
        if item.kind == "L" and item.label is not None:
            topic = message.vocabulary.topics.get(item.label.topic or "")
            return topic is not None and topic.flag is not None
    return False


def _figure(message: _Message, value: Decimal, entry: Entry) -> ReadFigure:
    start, end, quote = message.quote(entry.start, entry.end)
    return ReadFigure(value, start, end, quote)


def _doubt(
    message: _Message,
    code: str,
    reason: DoubtReason | None,
    choices: tuple[Decimal, ...],
    entry: Entry,
) -> Doubt:
    start, end, quote = message.quote(entry.start, entry.end)
    return Doubt(code, reason or DoubtReason.unclear, choices, quote, start, end)
