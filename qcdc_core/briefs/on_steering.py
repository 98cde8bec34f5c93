"""Sentences on the work of the committees and of the Front."""

from qcdc_core.briefs.model import Paragraph
from qcdc_core.briefs.say import say
from qcdc_core.briefs.tell import COMMUNE, STEERING, Teller
from qcdc_core.language import gettext as _


def steering(t: Teller) -> Paragraph:
    documents = t.n.figure(STEERING, "van_ban_chi_dao")
    events = t.n.figure(STEERING, "hoi_nghi_tuyen_truyen")
    listeners = t.n.figure(STEERING, "luot_nguoi_tuyen_truyen")
    return t.topic(
        _("Chỉ đạo, tuyên truyền"),
        say(
            _(
                "Trong kỳ đã ban hành {documents} văn bản chỉ đạo; tổ chức {events} hội nghị, lớp "
                "tuyên truyền, quán triệt với {listeners} lượt người tham dự."
            ),
            documents=documents,
            events=events,
            listeners=listeners,
        ),
        rests_on=[documents, events, listeners],
    )


def inspections(t: Teller) -> Paragraph:
    planned = t.n.figure(STEERING, "kiem_tra_ke_hoach")
    done = t.n.figure(STEERING, "kiem_tra_da_lam")
    supervised = t.n.figure(STEERING, "giam_sat_chuyen_de")
    return t.topic(
        _("Kiểm tra, giám sát của Ban Chỉ đạo"),
        say(
            _(
                "Theo kế hoạch kiểm tra năm có {planned} cuộc, lũy kế đã kiểm tra {done} cuộc; "
                "giám sát chuyên đề {supervised} cuộc."
            ),
            planned=planned,
            done=done,
            supervised=supervised,
        ),
        rests_on=[planned, done, supervised],
    )


def front(t: Teller) -> Paragraph:
    supervised = t.n.figure(COMMUNE, "giam_sat_mttq")
    commented = t.n.figure(COMMUNE, "phan_bien")
    return t.topic(
        _("Mặt trận và đoàn thể"),
        say(
            _(
                "Mặt trận Tổ quốc và các đoàn thể cấp xã thực hiện {supervised} nội dung giám sát, "
                "{commented} nội dung phản biện xã hội, góp ý."
            ),
            supervised=supervised,
            commented=commented,
        ),
        rests_on=[supervised, commented],
    )
