"""The outline of a brief: which sections, in which order, for which kind of period."""

from collections.abc import Callable, Iterator

from qcdc_core.briefs import on_communes, on_steering, on_workplaces
from qcdc_core.briefs.judgement import next_tasks, results, weak_points
from qcdc_core.briefs.model import Number, Paragraph, Section
from qcdc_core.briefs.say import paragraph, say
from qcdc_core.briefs.standing import Gap
from qcdc_core.briefs.tell import AGENCY, COMMUNE, ENTERPRISE, VILLAGE, Teller
from qcdc_core.forms import form
from qcdc_core.language import gettext as _
from qcdc_core.units.kinds import COMMUNES, VILLAGES

Topic = Callable[[Teller], Paragraph]

_ROMAN = ("I", "II", "III", "IV", "V", "VI")

_COMMUNE_TOPICS: tuple[Topic, ...] = (
    on_communes.meetings,
    on_communes.dialogue,
    on_communes.contributions,
    on_communes.new_rural,
    on_communes.procedures,
    on_communes.complaints,
    on_communes.mediation,
    on_communes.petitions_of_villagers,
)
_AGENCY_TOPICS: tuple[Topic, ...] = (
    on_workplaces.staff_conferences,
    on_workplaces.staff_petitions,
)
_ENTERPRISE_TOPICS: tuple[Topic, ...] = (
    on_workplaces.enterprises,
    on_workplaces.worker_conferences,
    on_workplaces.workplace_dialogue,
)


def sections(t: Teller, gaps: tuple[Gap, ...]) -> tuple[Section, ...]:
    """A year begins with the situation and divides leadership in three; a quarter does neither."""
    yearly = t.n.gathered.period.kind == "year"
    chapters = [
        *((_situation(t),) if yearly else ()),
        _leadership(t, yearly=yearly),
        tuple(_by_sector(t)),
        _judgement(t, gaps),
        (Section("nhiem_vu", 1, "", _tasks_title(t), next_tasks(t, gaps)),),
    ]
    return tuple(
        section
        for mark, chapter in zip(_ROMAN, chapters, strict=False)
        for section in _numbered(mark, chapter)
    )


def _numbered(mark: str, chapter: tuple[Section, ...]) -> Iterator[Section]:
    inside = 0
    for one in chapter:
        inside += one.level == 2
        number = mark if one.level == 1 else str(inside)
        yield Section(one.key, one.level, number, one.title, one.paragraphs)


def _situation(t: Teller) -> tuple[Section, ...]:
    gathered = t.n.gathered
    kinds = [node.kind for node in gathered.tree.below(gathered.top.id)]
    text = say(
        _(
            "{unit} có {communes} đơn vị cấp xã, {villages} thôn, làng, tổ dân phố; thuộc phạm vi "
            "báo cáo có {agencies} cơ quan, đơn vị và {enterprises} doanh nghiệp."
        ),
        unit=_capital(gathered.top.full_name),
        communes=_units(t, "cap_xa", _("Đơn vị cấp xã"), [kind in COMMUNES for kind in kinds]),
        villages=_units(
            t, "thon", _("Thôn, làng, tổ dân phố"), [kind in VILLAGES for kind in kinds]
        ),
        agencies=_units(t, "co_quan", _("Cơ quan, đơn vị"), [kind == "co_quan" for kind in kinds]),
        enterprises=_units(
            t, "doanh_nghiep", _("Doanh nghiệp"), [kind == "doanh_nghiep" for kind in kinds]
        ),
    )
    return (Section("tinh_hinh", 1, "", _("ĐẶC ĐIỂM, TÌNH HÌNH CHUNG"), (paragraph(text),)),)


def _units(t: Teller, code: str, name: str, hits: list[bool]) -> Number:
    return t.n.count(f"so_don_vi.{code}", name, sum(hits), _("đơn vị"))


def _leadership(t: Teller, *, yearly: bool) -> tuple[Section, ...]:
    title = _("CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO")
    topics = (on_steering.steering(t), on_steering.front(t), on_steering.inspections(t))
    if not yearly:
        return (Section("chi_dao", 1, "", title, topics),)
    names = (
        _("Công tác lãnh đạo, chỉ đạo"),
        _("Vai trò của Mặt trận Tổ quốc và các đoàn thể"),
        _("Hoạt động của Ban Chỉ đạo"),
    )
    inside = (
        Section(f"chi_dao.{number}", 2, "", name, (topic,))
        for number, (name, topic) in enumerate(zip(names, topics, strict=True), 1)
    )
    return (Section("chi_dao", 1, "", title), *inside)


def _by_sector(t: Teller) -> Iterator[Section]:
    yield Section("ket_qua", 1, "", _("KẾT QUẢ THỰC HIỆN DÂN CHỦ Ở CƠ SỞ"))
    yield Section("xa", 2, "", _communes_title(t), _told(t, _COMMUNE_TOPICS, COMMUNE, VILLAGE))
    yield Section(
        "co_quan",
        2,
        "",
        _("Thực hiện dân chủ trong cơ quan, đơn vị"),
        _told(t, _AGENCY_TOPICS, AGENCY),
    )
    yield Section(
        "doanh_nghiep",
        2,
        "",
        _("Thực hiện dân chủ trong doanh nghiệp"),
        _told(t, _ENTERPRISE_TOPICS, ENTERPRISE),
    )


def _told(t: Teller, topics: tuple[Topic, ...], *form_codes: str) -> tuple[Paragraph, ...]:
    """Says why there is nothing to say, rather than printing a row of dashes."""
    data = [t.n.gathered.data[code] for code in form_codes]
    if not any(one.parts for one in data):
        names = [_(form(code).name) for code in form_codes]
        return (paragraph(say(_("{form}: thu theo quý, không có số liệu tháng."), form=names[0])),)
    if not any(one.units for one in data):
        return (paragraph(say(_("Không có đơn vị thuộc diện báo cáo."))),)
    return tuple(topic(t) for topic in topics)


def _judgement(t: Teller, gaps: tuple[Gap, ...]) -> tuple[Section, ...]:
    return (
        Section("danh_gia", 1, "", _("ĐÁNH GIÁ CHUNG")),
        Section("uu_diem", 2, "", _("Kết quả đạt được"), results(t)),
        Section("han_che", 2, "", _("Hạn chế, tồn tại"), weak_points(t, gaps)),
    )


def _communes_title(t: Teller) -> str:
    kinds = {node.kind for node in t.n.gathered.tree.nodes.values()}
    if "thi_tran" in kinds:
        return _("Thực hiện dân chủ ở xã, phường, thị trấn")
    return _("Thực hiện dân chủ ở xã, phường, đặc khu")


def _tasks_title(t: Teller) -> str:
    return {
        "month": _("NHIỆM VỤ TRỌNG TÂM THÁNG TIẾP THEO"),
        "quarter": _("NHIỆM VỤ TRỌNG TÂM QUÝ TIẾP THEO"),
        "year": _("NHIỆM VỤ TRỌNG TÂM NĂM TIẾP THEO"),
    }.get(t.n.gathered.period.kind, _("NHIỆM VỤ TRỌNG TÂM THỜI GIAN TỚI"))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
