"""Sentences on agencies and enterprises."""

from qcdc_core.briefs.model import Number, Paragraph, Run
from qcdc_core.briefs.say import out_of, say
from qcdc_core.briefs.tell import AGENCY, ENTERPRISE, Teller
from qcdc_core.language import gettext as _


def staff_conferences(t: Teller) -> Paragraph:
    held = t.n.indicator("ty_le_hoi_nghi_cbcc")
    rules = t.n.indicator("ty_le_quy_che_cq")
    one_stop = t.n.indicator("ty_le_mot_cua_dien_tu")
    money = t.n.indicator("ty_le_cong_khai_tai_chinh")
    return t.topic(
        _("Hội nghị, quy chế của cơ quan, đơn vị"),
        say(
            _(
                "Trong các cơ quan, đơn vị đã báo cáo, {held_of} đã tổ chức hội nghị cán bộ, công "
                "chức, viên chức, người lao động ({held}); {rules_of} đã ban hành quy chế thực "
                "hiện dân chủ ({rules}); {money_of} đã công khai tài chính ({money}); "
                "{one_stop_of} cơ quan thuộc diện áp dụng thực hiện một cửa điện tử, liên thông "
                "({one_stop})."
            ),
            held_of=out_of(held),
            held=held,
            rules_of=out_of(rules),
            rules=rules,
            money_of=out_of(money),
            money=money,
            one_stop_of=out_of(one_stop),
            one_stop=one_stop,
        ),
        rests_on=[held, rules, one_stop, money],
        by=lambda n: n.indicator("ty_le_hoi_nghi_cbcc"),
    )


def staff_petitions(t: Teller) -> Paragraph:
    received = t.n.figure(AGENCY, "kien_nghi_cbcc_nhan")
    answered = t.n.figure(AGENCY, "kien_nghi_cbcc_giai_quyet")
    posts = t.n.figure(AGENCY, "bien_che_giam")
    return t.topic(
        _("Kiến nghị của cán bộ, công chức, viên chức"),
        say(
            _(
                "Cán bộ, công chức, viên chức có {received} kiến nghị, đã giải quyết, trả lời "
                "{answered}; tinh giản {posts} biên chế."
            ),
            received=received,
            answered=answered,
            posts=posts,
        ),
        rests_on=[received, answered, posts],
    )


def enterprises(t: Teller) -> Paragraph:
    unions = t.n.figure(ENTERPRISE, "to_chuc_cong_doan")
    party = t.n.figure(ENTERPRISE, "to_chuc_dang")
    workers = t.n.figure(ENTERPRISE, "lao_dong")
    members = t.n.figure(ENTERPRISE, "doan_vien")
    scope = t.n.count(
        "doanh_nghiep",
        _("Doanh nghiệp thuộc phạm vi báo cáo"),
        len(t.n.gathered.data[ENTERPRISE].units),
        _("doanh nghiệp"),
    )
    return t.topic(
        _("Doanh nghiệp"),
        say(
            _(
                "Trong {scope} doanh nghiệp thuộc phạm vi báo cáo, {unions} doanh nghiệp có tổ "
                "chức công đoàn, {party} doanh nghiệp có tổ chức đảng; tổng số {workers} lao động, "
                "{members} đoàn viên công đoàn."
            ),
            scope=scope,
            unions=unions,
            party=party,
            workers=workers,
            members=members,
        ),
        rests_on=[unions, party, workers, members],
    )


def worker_conferences(t: Teller) -> Paragraph:
    held, held_all = t.n.indicator("ty_le_hoi_nghi_nld"), t.n.beside("ty_le_hoi_nghi_nld")
    agreed, agreed_all = t.n.indicator("ty_le_thoa_uoc"), t.n.beside("ty_le_thoa_uoc")
    return t.topic(
        _("Hội nghị người lao động, thỏa ước lao động tập thể"),
        say(
            _(
                "{held_of} doanh nghiệp có tổ chức công đoàn đã tổ chức hội nghị người lao động, "
                "đạt {held} (tính trên mọi doanh nghiệp đã báo cáo: {held_all_of}, {held_all})."
            ),
            held_of=out_of(held),
            held=held,
            held_all_of=out_of(held_all),
            held_all=held_all,
        ),
        say(
            _(
                "{agreed_of} doanh nghiệp có tổ chức công đoàn có thỏa ước lao động tập thể còn "
                "hiệu lực, đạt {agreed} (tính trên mọi doanh nghiệp đã báo cáo: {agreed_all_of}, "
                "{agreed_all})."
            ),
            agreed_of=out_of(agreed),
            agreed=agreed,
            agreed_all_of=out_of(agreed_all),
            agreed_all=agreed_all,
        ),
        rests_on=[t.n.figure(ENTERPRISE, "hoi_nghi_nld"), t.n.figure(ENTERPRISE, "thoa_uoc")],
        by=lambda n: n.indicator("ty_le_hoi_nghi_nld"),
    )


def workplace_dialogue(t: Teller) -> Paragraph:
    regular = t.n.figure(ENTERPRISE, "doi_thoai_dinh_ky")
    asked = t.n.figure(ENTERPRISE, "doi_thoai_yeu_cau")
    received = t.n.figure(ENTERPRISE, "kien_nghi_nld_nhan")
    answered = t.n.figure(ENTERPRISE, "kien_nghi_nld_giai_quyet")
    strikes = t.n.figure(ENTERPRISE, "dinh_cong_vu")
    strikers = t.n.figure(ENTERPRISE, "dinh_cong_nguoi")
    return t.topic(
        _("Đối thoại, kiến nghị, đình công"),
        say(
            _(
                "Doanh nghiệp tổ chức {regular} cuộc đối thoại định kỳ, {asked} cuộc theo yêu cầu, "
                "theo vụ việc; người lao động có {received} kiến nghị, đã giải quyết, trả lời "
                "{answered}."
            ),
            regular=regular,
            asked=asked,
            received=received,
            answered=answered,
        ),
        _strikes(strikes, strikers),
        rests_on=[regular, asked, received, answered, strikes, strikers],
        by=lambda n: n.together("doi_thoai_dn"),
    )


def _strikes(strikes: Number, strikers: Number) -> tuple[Run, ...]:
    if strikes.value == 0:
        return say(
            _("Các đơn vị đã báo cáo không xảy ra đình công, ngừng việc tập thể ({strikes} vụ)."),
            strikes=strikes,
        )
    return say(
        _("Xảy ra {strikes} vụ đình công, ngừng việc tập thể với {strikers} lao động tham gia."),
        strikes=strikes,
        strikers=strikers,
    )
