"""Results, weak points and tasks that follow from the figures; praise and blame are people's."""

from collections.abc import Iterator, Sequence

from qcdc_core.briefs.gather import Gathered
from qcdc_core.briefs.model import Number, Paragraph, Run
from qcdc_core.briefs.say import out_of, paragraph, say
from qcdc_core.briefs.standing import Gap
from qcdc_core.briefs.tell import COMMUNE, ENTERPRISE, Teller
from qcdc_core.language import gettext as _

MOST_NAMES = 5
_GOOD = 90
_ALL = 100
_SHARES = (
    "ty_le_xa_doi_thoai",
    "ty_le_hoa_giai_thanh",
    "ty_le_giai_quyet_don",
    "ty_le_ho_so_dung_han",
    "ty_le_hoi_nghi_cbcc",
    "ty_le_quy_che_cq",
    "ty_le_hoi_nghi_nld",
    "ty_le_thoa_uoc",
)


def results(t: Teller) -> tuple[Paragraph, ...]:
    """The indicators that reach 90 percent, each with its fraction."""
    reached = [n for n in _indicators(t) if n.value is not None and n.value >= _GOOD]
    if not reached:
        return (paragraph(say(_("Chưa có chỉ tiêu nào đạt từ 90% trở lên."))),)
    return tuple(_rate(number) for number in reached)


def weak_points(t: Teller, gaps: Sequence[Gap]) -> tuple[Paragraph, ...]:
    """The lowest indicators, then what is late, pending or missing."""
    low = [n for n in _indicators(t) if n.value is not None and n.value < _GOOD]
    found = [_rate(number) for number in sorted(low, key=lambda n: n.value or 0)]
    found += _shortfalls(t)
    found += _missing(t, gaps)
    return tuple(found) or (paragraph(say(_("Số liệu trong kỳ không cho thấy hạn chế đáng kể."))),)


def next_tasks(t: Teller, gaps: Sequence[Gap]) -> tuple[Paragraph, ...]:
    """What the figures leave to do; the standing office adds its own tasks to the document."""
    return tuple(paragraph(one, bullet=True) for one in _tasks(t, gaps))


def _tasks(t: Teller, gaps: Sequence[Gap]) -> Iterator[tuple[Run, ...]]:
    pending, late = t.n.together("don_ton_cuoi"), t.n.figure(COMMUNE, "ho_so_tre_han")
    if pending.value:
        yield say(_("Giải quyết dứt điểm {pending} đơn thuộc thẩm quyền còn tồn."), pending=pending)
    if late.value:
        yield say(_("Làm rõ nguyên nhân {late} hồ sơ trễ hạn và khắc phục."), late=late)
    silent = communes_without_dialogue(t)
    if silent:
        yield say(
            _("Tổ chức đối thoại trực tiếp với Nhân dân tại: {names}."),
            names=listed(t.n.gathered, silent),
        )
    conference = t.n.indicator("ty_le_hoi_nghi_nld")
    if conference.value is not None and conference.value < _ALL:
        yield say(
            _(
                "Công đoàn cơ sở và doanh nghiệp có tổ chức công đoàn chưa tổ chức hội nghị người "
                "lao động tổ chức hội nghị theo quy định (hiện có {of})."
            ),
            of=out_of(conference),
        )
    if gaps:
        yield say(_("Đôn đốc các đơn vị còn thiếu phiếu gửi số liệu đầy đủ, đúng hạn."))
    yield say(
        _(
            "Tiếp tục quán triệt, thực hiện các quy định về dân chủ ở cơ sở; duy trì chế độ báo "
            "cáo số liệu của các đơn vị."
        )
    )


def _indicators(t: Teller) -> list[Number]:
    return [t.n.indicator(code) for code in _SHARES]


def _rate(number: Number) -> Paragraph:
    what = number.denominator.name if number.denominator else ""
    sentence = say(
        _("{name}: {rate} ({of} {what})."),
        name=number.name,
        rate=number,
        of=out_of(number),
        what=what,
    )
    return paragraph(sentence, bullet=True)


def _shortfalls(t: Teller) -> Iterator[Paragraph]:
    late = t.n.figure(COMMUNE, "ho_so_tre_han")
    if late.value:
        yield paragraph(
            say(_("Có {late} hồ sơ thủ tục hành chính giải quyết trễ hạn."), late=late),
            bullet=True,
        )
    pending = t.n.together("don_ton_cuoi")
    if pending.value:
        yield paragraph(
            say(_("Còn {pending} đơn thuộc thẩm quyền chưa giải quyết."), pending=pending),
            bullet=True,
        )
    strikes = t.n.figure(ENTERPRISE, "dinh_cong_vu")
    if strikes.value:
        yield paragraph(
            say(_("Xảy ra {strikes} vụ đình công, ngừng việc tập thể."), strikes=strikes),
            bullet=True,
        )
    silent = communes_without_dialogue(t)
    if silent:
        yield paragraph(
            say(
                _("Từ đầu năm chưa có số liệu đối thoại với Nhân dân của: {names}."),
                names=listed(t.n.gathered, silent),
            ),
            bullet=True,
        )


def _missing(t: Teller, gaps: Sequence[Gap]) -> Iterator[Paragraph]:
    missing = [gap for gap in gaps if gap.why == "missing"]
    if missing:
        reports = t.n.count("phieu_thieu", _("Phiếu chưa gửi"), len(missing), _("phiếu"))
        units = t.n.count(
            "don_vi_thieu",
            _("Đơn vị còn phiếu chưa gửi"),
            len({gap.unit_id for gap in missing}),
            _("đơn vị"),
        )
        yield paragraph(
            say(
                _("Còn {reports} phiếu của {units} đơn vị chưa gửi (danh sách kèm theo)."),
                reports=reports,
                units=units,
            ),
            bullet=True,
        )
    left_out = [gap for gap in gaps if gap.why != "missing"]
    if left_out:
        reports = t.n.count(
            "phieu_khong_tinh", _("Phiếu không tính vào số liệu"), len(left_out), _("phiếu")
        )
        yield paragraph(
            say(
                _(
                    "{reports} phiếu đã trả lại chưa gửi lại hoặc lệch kỳ, không tính vào số liệu "
                    "(danh sách kèm theo)."
                ),
                reports=reports,
            ),
            bullet=True,
        )


def communes_without_dialogue(t: Teller) -> list[int]:
    """Communes with no dialogue reported since the year began, by code."""
    data = t.n.gathered.from_year_start[COMMUNE]
    values = {unit: data.unit_value("doi_thoai", unit) for unit in data.units}
    silent = [unit for unit, value in values.items() if value is None or not value.value]
    return sorted(silent, key=lambda unit: t.n.gathered.nodes[unit].code)


def listed(gathered: Gathered, units: Sequence[int]) -> str:
    """The first names, and how many more there are."""
    names = ", ".join(gathered.names(units[:MOST_NAMES]))
    rest = len(units) - MOST_NAMES
    if rest <= 0:
        return names
    return _("{names} và {count} đơn vị khác").format(names=names, count=rest)
