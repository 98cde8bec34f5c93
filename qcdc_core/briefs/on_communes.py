"""Sentences on communes and villages."""

from qcdc_core.briefs.model import Paragraph
from qcdc_core.briefs.say import out_of, say
from qcdc_core.briefs.tell import COMMUNE, VILLAGE, Teller
from qcdc_core.language import gettext as _


def meetings(t: Teller) -> Paragraph:
    held = t.n.figure(VILLAGE, "hop_thon")
    people = t.n.figure(VILLAGE, "hop_thon_luot")
    return t.topic(
        _("Họp thôn, tổ dân phố"),
        say(
            _("Các thôn, làng, tổ dân phố tổ chức {held} cuộc họp với {people} lượt người dự."),
            held=held,
            people=people,
        ),
        rests_on=[held, people],
        by=lambda n: n.figure(VILLAGE, "hop_thon"),
    )


def dialogue(t: Teller) -> Paragraph:
    held = t.n.figure(COMMUNE, "doi_thoai")
    communes = t.n.indicator("ty_le_xa_doi_thoai")
    rules = t.n.indicator("ty_le_xa_quy_che_doi_thoai")
    return t.topic(
        _("Đối thoại với Nhân dân"),
        say(
            _(
                "Người đứng đầu cấp ủy, chính quyền tổ chức {held} cuộc đối thoại trực tiếp với "
                "Nhân dân; từ đầu năm {communes} đơn vị cấp xã đã đối thoại, chiếm {share}; "
                "{rules} đơn vị đã báo cáo có quy chế đối thoại."
            ),
            held=held,
            communes=out_of(communes),
            share=communes,
            rules=out_of(rules),
        ),
        rests_on=[held],
        by=lambda n: n.figure(COMMUNE, "doi_thoai"),
    )


def contributions(t: Teller) -> Paragraph:
    money = t.n.figure(VILLAGE, "dong_gop_tien")
    days = t.n.figure(VILLAGE, "dong_gop_cong")
    land = t.n.figure(VILLAGE, "hien_dat")
    return t.topic(
        _("Nhân dân đóng góp"),
        say(
            _(
                "Nhân dân đóng góp {money} {unit}, {days} ngày công, hiến {land} m² đất để xây "
                "dựng công trình ở cơ sở."
            ),
            money=money,
            unit=money.unit,
            days=days,
            land=land,
        ),
        rests_on=[money, days, land],
        by=lambda n: n.figure(VILLAGE, "dong_gop_tien"),
    )


def mediation(t: Teller) -> Paragraph:
    cases = t.n.figure(VILLAGE, "hoa_giai_vu")
    settled = t.n.figure(VILLAGE, "hoa_giai_thanh")
    failed = t.n.figure(VILLAGE, "hoa_giai_khong_thanh")
    open_ = t.n.figure(VILLAGE, "hoa_giai_dang")
    rate = t.n.indicator("ty_le_hoa_giai_thanh")
    return t.topic(
        _("Hòa giải ở cơ sở"),
        say(
            _(
                "Các tổ hòa giải tiếp nhận {cases} vụ việc; hòa giải thành {settled} vụ, không "
                "thành {failed} vụ, đang hòa giải {open} vụ; tỷ lệ hòa giải thành {rate} ({of} vụ)."
            ),
            cases=cases,
            settled=settled,
            failed=failed,
            open=open_,
            rate=rate,
            of=out_of(rate),
        ),
        rests_on=[cases, settled, failed, open_],
        by=lambda n: n.figure(VILLAGE, "hoa_giai_vu"),
    )


def petitions_of_villagers(t: Teller) -> Paragraph:
    received = t.n.figure(VILLAGE, "kien_nghi_nhan")
    answered = t.n.figure(VILLAGE, "kien_nghi_giai_quyet")
    watched = t.n.figure(VILLAGE, "giam_sat")
    return t.topic(
        _("Kiến nghị và giám sát của Nhân dân"),
        say(
            _(
                "Nhân dân có {received} kiến nghị, phản ánh, đã giải quyết, trả lời {answered}; "
                "Ban Thanh tra nhân dân, Ban Giám sát đầu tư của cộng đồng tiến hành {watched} "
                "cuộc giám sát."
            ),
            received=received,
            answered=answered,
            watched=watched,
        ),
        rests_on=[received, answered, watched],
        by=lambda n: n.figure(VILLAGE, "kien_nghi_nhan"),
    )


def complaints(t: Teller) -> Paragraph:
    people = t.n.together("tiep_dan")
    received = t.n.together("don_nhan")
    competent = t.n.figure(COMMUNE, "don_thuoc_tham_quyen")
    settled = t.n.together("don_giai_quyet")
    pending = t.n.together("don_ton_cuoi")
    rate = t.n.indicator("ty_le_giai_quyet_don")
    return t.topic(
        _("Tiếp công dân, giải quyết đơn thư"),
        say(
            _(
                "Cấp xã và các cơ quan, đơn vị tiếp {people} lượt công dân; tiếp nhận {received} "
                "đơn thư, trong đó {competent} đơn thuộc thẩm quyền của cấp xã; đã giải quyết "
                "{settled} đơn thuộc thẩm quyền, còn tồn {pending} đơn, tỷ lệ giải quyết {rate} "
                "({of} đơn)."
            ),
            people=people,
            received=received,
            competent=competent,
            settled=settled,
            pending=pending,
            rate=rate,
            of=out_of(rate),
        ),
        rests_on=[people, received, settled, pending],
        by=lambda n: n.together("don_nhan"),
    )


def procedures(t: Teller) -> Paragraph:
    received = t.n.figure(COMMUNE, "ho_so_nhan")
    online = t.n.figure(COMMUNE, "ho_so_truc_tuyen")
    online_rate = t.n.indicator("ty_le_truc_tuyen")
    in_time = t.n.indicator("ty_le_ho_so_dung_han")
    late = t.n.figure(COMMUNE, "ho_so_tre_han")
    return t.topic(
        _("Thủ tục hành chính"),
        say(
            _(
                "Cấp xã tiếp nhận {received} hồ sơ thủ tục hành chính, trong đó {online} hồ sơ nộp "
                "trực tuyến ({online_rate}); giải quyết đúng hạn, trước hạn {of} hồ sơ, đạt "
                "{in_time}; trễ hạn {late} hồ sơ."
            ),
            received=received,
            online=online,
            online_rate=online_rate,
            of=out_of(in_time),
            in_time=in_time,
            late=late,
        ),
        rests_on=[received, online, late],
        by=lambda n: n.indicator("ty_le_ho_so_dung_han"),
    )


def new_rural(t: Teller) -> Paragraph:
    reached = t.n.indicator("ty_le_xa_ntm")
    mean = t.n.indicator("bq_tieu_chi_ntm")
    boards = t.n.indicator("ty_le_xa_ban_ttnd")
    return t.topic(
        _("Nông thôn mới, Ban Thanh tra nhân dân"),
        say(
            _(
                "Có {reached} xã được công nhận đạt chuẩn nông thôn mới ({share}), bình quân "
                "{mean} tiêu chí/xã; {boards} đơn vị cấp xã đã báo cáo có Ban Thanh tra nhân dân "
                "hoạt động."
            ),
            reached=out_of(reached),
            share=reached,
            mean=mean,
            boards=out_of(boards),
        ),
        rests_on=[t.n.figure(COMMUNE, "dat_ntm"), t.n.figure(COMMUNE, "ban_ttnd")],
        by=lambda n: n.indicator("bq_tieu_chi_ntm"),
    )
