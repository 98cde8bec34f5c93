"""Annex tables: every figure beside its earlier values, the units below, and what is missing."""

from collections.abc import Iterable, Iterator

from qcdc_core.briefs.compare import Earlier, Pick, past_number
from qcdc_core.briefs.model import Annex, Cell, Column, Number, Table
from qcdc_core.briefs.numbers import Numbers, fraction
from qcdc_core.briefs.printing import DASH
from qcdc_core.briefs.standing import Gap
from qcdc_core.briefs.tell import COMMUNE, VILLAGE
from qcdc_core.forms import form, forms
from qcdc_core.forms.indicators import FigureOf, indicator_book
from qcdc_core.language import gettext as _
from qcdc_core.units.kinds import COMMUNES
from qcdc_core.units.tree import Node

_BY_COMMUNE = (
    (VILLAGE, "hop_thon"),
    (VILLAGE, "hoa_giai_vu"),
    (VILLAGE, "hoa_giai_thanh"),
    (VILLAGE, "dong_gop_tien"),
    (VILLAGE, "kien_nghi_nhan"),
    (COMMUNE, "tiep_dan"),
    (COMMUNE, "don_nhan"),
    (COMMUNE, "don_ton_cuoi"),
    (COMMUNE, "doi_thoai"),
    (COMMUNE, "ho_so_tre_han"),
)


def comparison_annex(n: Numbers, earlier: tuple[Earlier, ...], mark: str) -> Annex:
    """Indicators, then every figure of every form, beside the windows that can be compared."""
    columns = _comparison_columns(earlier)
    indicators = tuple(
        _compared(index, n, earlier, _pick_indicator(code))
        for index, code in enumerate(indicator_book().indicators, 1)
    )
    tables = [Table("chi_tieu", _("Chỉ tiêu"), columns, indicators)]
    for one in forms().values():
        if n.gathered.data[one.code].parts:
            rows = tuple(
                _compared(index, n, earlier, _pick(one.code, code))
                for index, code in enumerate(one.codes, 1)
            )
            tables.append(Table(one.code, _(one.name), columns, rows))
    return Annex("so_sanh", mark, _("Biểu tổng hợp, so sánh"), tables=tuple(tables))


def communes_annex(n: Numbers, mark: str) -> Annex | None:
    """Figures by commune; None when no commune stands under the unit."""
    nodes = n.gathered.tree.below(n.gathered.top.id)
    communes = [node for node in nodes if node.kind in COMMUNES]
    if not communes or communes == [n.gathered.top]:
        return None
    columns = (
        Column(_("TT"), 4, "center"),
        Column(_("Đơn vị"), 16),
        *(Column(_column_title(form_code, code), 8, "right") for form_code, code in _BY_COMMUNE),
    )
    rows = tuple(_commune_row(index, n, node) for index, node in enumerate(communes, 1))
    table = Table("theo_xa", "", columns, (*rows, _sum_row(n)))
    return Annex("theo_xa", mark, _("Số liệu theo đơn vị cấp xã"), tables=(table,), landscape=True)


def gaps_annex(n: Numbers, found: Iterable[Gap], mark: str) -> Annex | None:
    """Reports that do not count, one line for each unit and form; None when all are there."""
    rows = tuple(_gap_rows(n, found))
    if not rows:
        return None
    columns = (
        Column(_("TT"), 6, "center"),
        Column(_("Đơn vị"), 30),
        Column(_("Phiếu"), 26),
        Column(_("Kỳ"), 18),
        Column(_("Tình trạng"), 20),
    )
    table = Table("con_thieu", "", columns, rows)
    return Annex("con_thieu", mark, _("Phiếu chưa có trong số liệu"), tables=(table,))


def _comparison_columns(earlier: tuple[Earlier, ...]) -> tuple[Column, ...]:
    past = 13 * len(earlier)
    return (
        Column(_("TT"), 6, "center"),
        Column(_("Nội dung"), 50 - past + 13),
        Column(_("Đơn vị tính"), 10, "center"),
        Column(_("Kỳ này"), 13, "right"),
        *(Column(_capital(one.name), 13, "right") for one in earlier),
        Column(_("Đơn vị báo cáo"), 8, "center"),
    )


def _compared(index: int, n: Numbers, earlier: tuple[Earlier, ...], pick: Pick) -> tuple[Cell, ...]:
    now = pick(n)
    past = [past_number(one, n, pick) for one in earlier]
    coverage = Cell(now.coverage.text, now.id) if now.coverage else Cell(DASH)
    return (
        Cell(str(index)),
        Cell(_with_denominator(now)),
        Cell(now.unit),
        Cell(now.text, now.id),
        *(Cell(one.text, one.id) if one else Cell(DASH) for one in past),
        coverage,
    )


def _with_denominator(number: Number) -> str:
    if number.numerator is None or number.denominator is None:
        return number.name
    return _("{name} ({of} {what})").format(
        name=number.name, of=fraction(number), what=number.denominator.name
    )


def _pick(form_code: str, code: str) -> Pick:
    return lambda one: one.figure(form_code, code)


def _pick_indicator(code: str) -> Pick:
    return lambda one: one.indicator(code)


def _column_title(form_code: str, code: str) -> str:
    figure = form(form_code).figure(code)
    unit = _("triệu đồng") if figure.unit == "đồng" else _(figure.unit)
    return _("{name} ({unit})").format(name=_(figure.short), unit=unit)


def _commune_row(index: int, n: Numbers, node: Node) -> tuple[Cell, ...]:
    gathered = n.gathered
    within = frozenset(
        unit
        for unit in gathered.nodes
        if (unit in gathered.tree and gathered.tree.is_within(unit, node.id))
        or (unit not in gathered.tree and gathered.nodes[unit].parent_id == node.id)
    )
    part = n.for_units(node.code)
    cells = (_amount(part, of, within) for of in _BY_COMMUNE)
    return (Cell(str(index)), Cell(node.full_name), *cells)


def _sum_row(n: Numbers) -> tuple[Cell, ...]:
    cells = [_amount(n, of, None) for of in _BY_COMMUNE]
    bold = (Cell(cell.text, cell.number, bold=True) for cell in cells)
    return (Cell(""), Cell(_("Cộng"), bold=True), *bold)


def _amount(n: Numbers, of: tuple[str, str], within: frozenset[int] | None) -> Cell:
    """Money is in millions throughout its column, whatever the size."""
    return _cell(n.in_millions(*of, within) if _is_money(of) else n.figure(*of, within))


def _is_money(of: tuple[str, str]) -> bool:
    return FigureOf(*of).figure.unit == "đồng"


def _cell(number: Number) -> Cell:
    return Cell(number.text, number.id)


def _gap_rows(n: Numbers, found: Iterable[Gap]) -> Iterator[tuple[Cell, ...]]:
    grouped: dict[tuple[int, str, str], list[Gap]] = {}
    for gap in found:
        grouped.setdefault((gap.unit_id, gap.form_code, gap.why), []).append(gap)
    for index, several in enumerate(grouped.values(), 1):
        gap = several[0]
        yield (
            Cell(str(index)),
            Cell(_place(n, gap.unit_id)),
            Cell(gap.form_name),
            Cell(_parts(several)),
            Cell(gap.reason),
        )


def _place(n: Numbers, unit_id: int) -> str:
    """'thôn Đông, xã Sơn Lang'; the top itself is not repeated."""
    gathered = n.gathered
    node = gathered.nodes[unit_id]
    parent = gathered.nodes.get(node.parent_id or 0)
    if parent is None or parent.id == gathered.top.id:
        return node.full_name
    return _("{unit}, {parent}").format(unit=node.full_name, parent=parent.full_name)


def _parts(several: list[Gap]) -> str:
    """'tháng 7/2026, tháng 8/2026'; many months by their number."""
    names = [gap.part_name for gap in several]
    if len(names) <= 3:
        return ", ".join(names)
    return _("{first} đến {last} ({count} kỳ)").format(
        first=names[0], last=names[-1], count=len(names)
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
