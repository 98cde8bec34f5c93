"""The sentences around an answer, short enough for a phone."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from qcdc_core.language import day as day_in_words
from qcdc_core.language import gettext as _
from qcdc_core.law.citation import Citation
from qcdc_core.law.model import Knowledge
from qcdc_core.law.reply import AnswerPart, Choice


def answered(parts: Sequence[AnswerPart], knowledge: Knowledge, left: Sequence[str] = ()) -> str:
    """``left``: the questions of the message that found no answer."""
    if len(parts) == 1 and not left:
        body = _part(parts[0], knowledge)
    else:
        listed = [f"{n}. {_part(part, knowledge)}" for n, part in enumerate(parts, start=1)]
        body = "\n".join([*listed, *(_not_answered(question) for question in left)])
    return f"{body}\n{_footing(parts)}"


def _part(part: AnswerPart, knowledge: Knowledge) -> str:
    lines = [
        part.correction,
        part.answer,
        part.steps,
        _("Căn cứ: {places}").format(places=places(part.citations, knowledge)),
        *(_("Lưu ý: {caution}").format(caution=caution) for caution in part.cautions),
        part.next_step,
    ]
    return "\n".join(line for line in lines if line)


def _not_answered(question: str) -> str:
    return _("Chưa có câu trả lời chắc chắn cho ý: “{question}”.").format(question=question)


def _footing(parts: Sequence[AnswerPart]) -> str:
    checked = min(part.checked_on for part in parts)
    return _(
        "Luật xem ngày {day}. Đây là thông tin chung, không thay cho tư vấn trong vụ việc cụ thể."
    ).format(day=day_in_words(checked))


def places(citations: Iterable[Citation], knowledge: Knowledge) -> str:
    """Citations as people write them: khoản 1 Điều 47 Nghị định 145/2020/NĐ-CP; Điều 7 …"""
    by_document = groupby(citations, key=lambda citation: citation.document)
    return "; ".join(_of_one_document(list(group), knowledge) for _name, group in by_document)


def _of_one_document(citations: list[Citation], knowledge: Knowledge) -> str:
    short = knowledge.short_name(citations[0])
    articles = [citation.in_words("").strip() for citation in citations if citation.article]
    return f"{', '.join(articles)} {short}" if articles else short


def ask_back(choices: Sequence[Choice]) -> str:
    listed = [
        _("{number}. {label}: {glimpse}").format(
            number=number, label=choice.label, glimpse=choice.glimpse
        )
        for number, choice in enumerate(choices, start=1)
    ]
    return "\n".join([_("Câu này trả lời khác nhau tùy nơi. Đang hỏi về nơi nào?"), *listed])


def unsure() -> str:
    return _(
        "Câu này chưa có câu trả lời chắc chắn trong phần pháp luật đã được kiểm tra, nên không "
        "trả lời đoán. Có thể hỏi lại cụ thể hơn, hoặc chuyển câu hỏi cho cán bộ trả lời tại đây."
    )


def unsure_which() -> str:
    return _(
        "Chưa chắc câu này hỏi điều gì nên không trả lời đoán. Có phải một trong các câu dưới đây? "
        "Nếu không, có thể hỏi lại cụ thể hơn, hoặc chuyển câu hỏi cho cán bộ trả lời tại đây."
    )


def not_in_force(short_name: str, day: str) -> str:
    return _(
        "Quy định trả lời câu này ({document}) không có hiệu lực vào ngày {day}; luật của ngày đó "
        "chưa có trong phần đã kiểm tra. Có thể chuyển câu hỏi cho cán bộ trả lời tại đây."
    ).format(document=short_name, day=day)


def unknown_article(place: str) -> str:
    return _(
        "Chưa có nội dung đã kiểm tra của {place}, nên không trả lời được và không nêu đoán. "
        "Có thể chuyển câu hỏi cho cán bộ trả lời tại đây."
    ).format(place=place)


def unknown_document(number: str) -> str:
    return _(
        "Không có văn bản số {number} trong phần tôi được giao, nên không trả lời theo văn bản đó. "
        "Kiểm tra lại số, năm; hoặc hỏi thẳng điều cần biết."
    ).format(number=number)


def unknown_place() -> str:
    return _(
        "Chưa rõ điều đó của văn bản nào, hoặc văn bản đó không có trong phần tôi được giao. "
        "Nhắn số điều kèm tên văn bản, hoặc hỏi thẳng điều cần biết."
    )


def out_of_scope() -> str:
    return _(
        "Câu này nằm ngoài phần được giao: dân chủ ở cơ sở, đối thoại, "
        "hội nghị người lao động, "
        "việc thôn và xã. Nên hỏi cơ quan phụ trách lĩnh vực đó."
    )
