"""The way down: from a number of a brief to units, reports, values and the words they came from."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from qcdc_core.briefs.model import Brief
from qcdc_core.clock import local_day
from qcdc_core.forms import Figure, form
from qcdc_core.messages.tables import InboundMessage
from qcdc_core.people.tables import Post
from qcdc_core.periods import Period
from qcdc_core.reports.tables import FigureValue, Report
from qcdc_core.units.tree import Tree, tree_on

# SQLite takes no more than some thousand values in one statement.
_AT_ONCE = 500


@dataclass(frozen=True)
class SourceRow:
    """One value that a number rests on.

    ``sender`` is the post, never the name; ``text`` is None when the value came from a button or
    an officer. ``replaced`` tells that the value was changed after the brief was compiled.
    """

    value_id: int
    unit_code: str
    unit_name: str
    place: str
    report_number: str
    state: str
    period: Period
    form: str
    figure: Figure
    value: Decimal | None
    sender: str
    sent_at: datetime
    text: str | None
    quote: str | None
    replaced: bool


def sources(session: Session, brief: Brief, number_id: str) -> list[SourceRow]:
    """What the number rests on, by unit and period; empty for a count of units or reports.

    Raises KeyError when the brief has no such number.
    """
    return rows_of(session, brief, brief.number(number_id).sources)


def all_rows(session: Session, brief: Brief) -> list[SourceRow]:
    """Every value that any number of the brief rests on."""
    ids = {value_id for number in brief.numbers.values() for value_id in number.sources}
    return rows_of(session, brief, ids)


def rows_of(session: Session, brief: Brief, ids: Iterable[int]) -> list[SourceRow]:
    tree = tree_on(session, brief.head.last_day)
    trees: dict[date, Tree] = {tree.day: tree}
    rows = [row for some in _batches(sorted(set(ids))) for row in _read(session, some)]
    posts = _posts(session, {report.sender_id for _value, report, _text in rows})
    found = (_row(session, trees, tree, posts, row) for row in rows)
    return sorted(found, key=lambda row: (row.form, row.unit_code, str(row.period), row.value_id))


_Read = tuple[FigureValue, Report, str | None]


def _read(session: Session, ids: Sequence[int]) -> list[_Read]:
    rows = session.execute(
        select(FigureValue, Report, InboundMessage.text)
        .join(Report, Report.id == FigureValue.report_id)
        .outerjoin(InboundMessage, InboundMessage.id == FigureValue.message_id)
        .where(FigureValue.id.in_(ids))
    )
    return [(value, report, text) for value, report, text in rows]


def _row(
    session: Session,
    trees: dict[date, Tree],
    tree: Tree,
    posts: Mapping[tuple[int, int], list[Post]],
    read: _Read,
) -> SourceRow:
    value, report, text = read
    placed = tree if report.unit_id in tree else _tree(session, trees, report)
    unit = placed.node(report.unit_id)
    return SourceRow(
        value_id=value.id,
        unit_code=unit.code,
        unit_name=unit.full_name,
        place=", ".join(node.full_name for node in reversed(placed.path(unit.id)[1:-1])),
        report_number=report.number,
        state=report.state,
        period=Period.parse(report.period),
        form=report.form,
        figure=form(report.form).figure(value.code),
        value=value.value,
        sender=_post_of(posts, report),
        sent_at=report.sent_at,
        text=text,
        quote=_quote(value, text),
        replaced=value.replaced_at is not None,
    )


def _tree(session: Session, trees: dict[date, Tree], report: Report) -> Tree:
    """The tree of the report's own last day, for a unit that is no more on the brief's."""
    day = report.end_day - timedelta(days=1)
    if day not in trees:
        trees[day] = tree_on(session, day)
    return trees[day]


def _posts(session: Session, people: set[int | None]) -> dict[tuple[int, int], list[Post]]:
    found: dict[tuple[int, int], list[Post]] = {}
    known = sorted(person for person in people if person is not None)
    for some in _batches(known):
        for post in session.scalars(
            select(Post).where(Post.person_id.in_(some)).order_by(Post.valid_from)
        ):
            found.setdefault((post.person_id, post.unit_id), []).append(post)
    return found


def _post_of(posts: Mapping[tuple[int, int], list[Post]], report: Report) -> str:
    """The post held in the unit when the report was sent; empty when nobody is known."""
    day = local_day(report.sent_at)
    held = posts.get((report.sender_id or 0, report.unit_id), [])
    valid = [one for one in held if one.valid_from <= day and not _is_over(one, day)]
    return (valid or held)[-1].title if held else ""


def _is_over(post: Post, day: date) -> bool:
    return post.valid_to is not None and post.valid_to <= day


def _quote(value: FigureValue, text: str | None) -> str | None:
    if text is None or value.quote_start is None or value.quote_end is None:
        return None
    return text[value.quote_start : value.quote_end]


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[first : first + _AT_ONCE] for first in range(0, len(ids), _AT_ONCE))
