"""Annex of figures, in the order in which district and commune reports print them."""

from collections.abc import Iterator

from qcdc_core.briefs.model import Annex, Number, Paragraph, Run, Section
from qcdc_core.briefs.numbers import Numbers
from qcdc_core.briefs.say import Field, out_of, paragraph, say
from qcdc_core.briefs.tell import AGENCY, COMMUNE, ENTERPRISE, STEERING, VILLAGE
from qcdc_core.language import gettext as _


def figures_annex(n: Numbers, mark: str) -> Annex:
    sections = (
        Section("pl_chi_dao", 1, "I", _("Công tác lãnh đạo, chỉ đạo"), tuple(_steering(n))),
        Section("pl_ket_qua", 1, "II", _("Kết quả thực hiện dân chủ ở cơ sở")),
        Section("pl_xa", 2, "1", _("Đối với cấp xã"), tuple(_communes(n))),
        Section(
            "pl_co_quan",
            2,
            "2",
            _("Đối với cơ quan hành chính nhà nước, đơn vị sự nghiệp công lập"),
            tuple(_agencies(n)),
        ),
        Section(
            "pl_doanh_nghiep",
            2,
            "3",
            _("Đối với các loại hình doanh nghiệp"),
            tuple(_enterprises(n)),
        ),
    )
    return Annex("so_lieu", mark, _("Số liệu thực hiện dân chủ ở cơ sở"), sections)


def _steering(n: Numbers) -> Iterator[Paragraph]:
    yield _line(
        _(
            "Công tác kiểm tra, giám sát: kế hoạch kiểm tra {planned} cuộc, đã kiểm tra {done} "
            "cuộc; giám sát chuyên đề: {supervised} cuộc."
        ),
        planned=n.figure(STEERING, "kiem_tra_ke_hoach"),
        done=n.figure(STEERING, "kiem_tra_da_lam"),
        supervised=n.figure(STEERING, "giam_sat_chuyen_de"),
    )
    yield _line(
        _(
            "Văn bản chỉ đạo đã ban hành: {documents} văn bản; hội nghị, lớp tuyên truyền, quán "
            "triệt: {events} cuộc, {listeners} lượt người."
        ),
        documents=n.figure(STEERING, "van_ban_chi_dao"),
        events=n.figure(STEERING, "hoi_nghi_tuyen_truyen"),
        listeners=n.figure(STEERING, "luot_nguoi_tuyen_truyen"),
    )


def _communes(n: Numbers) -> Iterator[Paragraph]:
    dialogue = n.indicator("ty_le_xa_doi_thoai")
    yield _line(
        _(
            "Số đơn vị cấp xã tổ chức đối thoại trực tiếp giữa người đứng đầu cấp ủy, chính quyền "
            "với Nhân dân từ đầu năm: {of}. Chiếm {share}."
        ),
        of=out_of(dialogue),
        share=dialogue,
    )
    rules = n.indicator("ty_le_xa_quy_che_doi_thoai")
    yield _line(
        _("Số đơn vị cấp xã đã ban hành quy chế đối thoại: {of}. Chiếm {share}."),
        of=out_of(rules),
        share=rules,
    )
    front = n.indicator("ty_le_xa_giam_sat_mttq")
    yield _line(
        _(
            "Số đơn vị cấp xã có Mặt trận và các đoàn thể giám sát, phản biện, góp ý từ đầu năm: "
            "{of}. Chiếm {share}. Kết quả đã thực hiện {supervised} nội dung giám sát, {commented} "
            "nội dung phản biện xã hội, góp ý."
        ),
        of=out_of(front),
        share=front,
        supervised=n.figure(COMMUNE, "giam_sat_mttq"),
        commented=n.figure(COMMUNE, "phan_bien"),
    )
    money = n.figure(VILLAGE, "dong_gop_tien")
    yield _line(
        _("Kinh phí huy động Nhân dân đóng góp: {money} {unit}; {days} ngày công; {land} m² đất."),
        money=money,
        unit=money.unit,
        days=n.figure(VILLAGE, "dong_gop_cong"),
        land=n.figure(VILLAGE, "hien_dat"),
    )
    yield from _mediation(n)
    yield from _more_of_communes(n)


def _mediation(n: Numbers) -> Iterator[Paragraph]:
    rate = n.indicator("ty_le_hoa_giai_thanh")
    yield _line(
        _(
            "Số vụ việc đã hòa giải: {cases} vụ, hòa giải thành {settled} vụ, không thành {failed} "
            "vụ, đang hòa giải {open} vụ; tỷ lệ hòa giải thành {rate} ({of})."
        ),
        cases=n.figure(VILLAGE, "hoa_giai_vu"),
        settled=n.figure(VILLAGE, "hoa_giai_thanh"),
        failed=n.figure(VILLAGE, "hoa_giai_khong_thanh"),
        open=n.figure(VILLAGE, "hoa_giai_dang"),
        rate=rate,
        of=out_of(rate),
    )


def _more_of_communes(n: Numbers) -> Iterator[Paragraph]:
    yield _line(
        _(
            "Họp thôn, tổ dân phố: {held} cuộc, {people} lượt người; kiến nghị, phản ánh tiếp nhận "
            "{received}, đã giải quyết, trả lời {answered}."
        ),
        held=n.figure(VILLAGE, "hop_thon"),
        people=n.figure(VILLAGE, "hop_thon_luot"),
        received=n.figure(VILLAGE, "kien_nghi_nhan"),
        answered=n.figure(VILLAGE, "kien_nghi_giai_quyet"),
    )
    boards = n.indicator("ty_le_xa_ban_ttnd")
    yield _line(
        _(
            "Ban Thanh tra nhân dân: {boards} đơn vị cấp xã đã báo cáo có ban hoạt động; giám sát "
            "của Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng: {watched} cuộc."
        ),
        boards=out_of(boards),
        watched=n.figure(VILLAGE, "giam_sat"),
    )
    online, in_time = n.indicator("ty_le_truc_tuyen"), n.indicator("ty_le_ho_so_dung_han")
    yield _line(
        _(
            "Hồ sơ thủ tục hành chính: tiếp nhận {received}, nộp trực tuyến {online_of} "
            "({online}); đúng hạn, trước hạn {in_time_of} hồ sơ đã giải quyết ({in_time})."
        ),
        received=n.figure(COMMUNE, "ho_so_nhan"),
        online_of=out_of(online),
        online=online,
        in_time_of=out_of(in_time),
        in_time=in_time,
    )
    reached, mean = n.indicator("ty_le_xa_ntm"), n.indicator("bq_tieu_chi_ntm")
    yield _line(
        _("Xã đạt chuẩn nông thôn mới: {of}. Chiếm {share}. Bình quân {mean} tiêu chí/xã."),
        of=out_of(reached),
        share=reached,
        mean=mean,
    )


def _agencies(n: Numbers) -> Iterator[Paragraph]:
    yield from (_share_line(n.indicator(code)) for code in _AGENCY_SHARES)
    rate = n.indicator("ty_le_giai_quyet_don")
    yield _line(
        _(
            "Kết quả tiếp công dân và giải quyết đơn thư (cấp xã và cơ quan, đơn vị): đã tiếp "
            "{people} lượt công dân; tổng số đơn thư tiếp nhận {received} đơn; thuộc thẩm quyền "
            "của cấp xã {competent} đơn; đã giải quyết {settled} đơn thuộc thẩm quyền, đạt {rate} "
            "({of}), còn tồn {pending} đơn."
        ),
        people=n.together("tiep_dan"),
        received=n.together("don_nhan"),
        competent=n.figure(COMMUNE, "don_thuoc_tham_quyen"),
        settled=n.together("don_giai_quyet"),
        rate=rate,
        of=out_of(rate),
        pending=n.together("don_ton_cuoi"),
    )
    yield _line(
        _(
            "Kiến nghị của cán bộ, công chức, viên chức: tiếp nhận {received}, đã giải quyết, trả "
            "lời {answered}; biên chế tinh giản: {posts} người."
        ),
        received=n.figure(AGENCY, "kien_nghi_cbcc_nhan"),
        answered=n.figure(AGENCY, "kien_nghi_cbcc_giai_quyet"),
        posts=n.figure(AGENCY, "bien_che_giam"),
    )


_AGENCY_SHARES = (
    "ty_le_hoi_nghi_cbcc",
    "ty_le_quy_che_cq",
    "ty_le_mot_cua_dien_tu",
    "ty_le_cong_khai_tai_chinh",
)


def _enterprises(n: Numbers) -> Iterator[Paragraph]:
    scope = n.count(
        "doanh_nghiep",
        _("Doanh nghiệp thuộc phạm vi báo cáo"),
        len(n.gathered.data[ENTERPRISE].units),
        _("doanh nghiệp"),
    )
    yield _line(
        _(
            "Tổng số doanh nghiệp trên địa bàn {scope}; doanh nghiệp có tổ chức đảng {party}; "
            "doanh nghiệp có tổ chức công đoàn {unions}."
        ),
        scope=scope,
        party=n.figure(ENTERPRISE, "to_chuc_dang"),
        unions=n.figure(ENTERPRISE, "to_chuc_cong_doan"),
    )
    for code in ("ty_le_hoi_nghi_nld", "ty_le_thoa_uoc"):
        yield _two_shares(n.indicator(code), n.beside(code))
    yield _share_line(n.indicator("ty_le_quy_che_dn"))
    yield _line(
        _(
            "Số vụ đình công, ngừng việc tập thể: {strikes} vụ, {strikers} lao động tham gia; đối "
            "thoại tại nơi làm việc: {dialogues} cuộc."
        ),
        strikes=n.figure(ENTERPRISE, "dinh_cong_vu"),
        strikers=n.figure(ENTERPRISE, "dinh_cong_nguoi"),
        dialogues=n.together("doi_thoai_dn"),
    )


def _share_line(number: Number) -> Paragraph:
    return _line(
        _("{name}: {share} ({of} {what})."),
        name=number.name,
        share=number,
        of=out_of(number),
        what=_below_the_line(number),
    )


def _two_shares(number: Number, beside: Number) -> Paragraph:
    """Both denominators, so that 5/8 is never read as a share of all enterprises."""
    return _line(
        _("{name}: {share} ({of} {what}); tính trên {beside_what}: {beside_of}, chiếm {beside}."),
        name=number.name,
        share=number,
        of=out_of(number),
        what=_below_the_line(number),
        beside=beside,
        beside_of=out_of(beside),
        beside_what=_below_the_line(beside),
    )


def _below_the_line(number: Number) -> str:
    return number.denominator.name if number.denominator else ""


def _line(sentence: str, **fields: Field) -> Paragraph:
    runs: tuple[Run, ...] = say(sentence, **fields)
    return paragraph(runs, bullet=True)
