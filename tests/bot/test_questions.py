"""Questions by chat: cited, asked back, or refused honestly; a draft in between is not lost."""

from tests.bot.chat import Chat


def test_a_worker_gets_a_cited_answer_without_enrolling(visitor: Chat) -> None:
    """Short, with its article, and what it is not."""
    answer = visitor.says("cty ko tổ chức hnnld thì bị phạt bao nhiêu")
    assert "Nghị định 283/2026/NĐ-CP" in answer
    assert "không thay cho tư vấn" in answer


def test_the_same_word_in_several_places_is_asked_back(visitor: Chat) -> None:
    """The choice answers the question that was asked; nothing has to be typed again."""
    visitor.says("ban thanh tra nhan dan nhiem ky may nam")
    assert "Xã, phường" in visitor.choices
    assert "Điều 36" in visitor.presses("Xã, phường")


def test_another_field_gets_a_kind_sentence_and_no_article(visitor: Chat) -> None:
    """Nothing is made up."""
    answer = visitor.says("trợ cấp thôi việc của em tính sao")
    assert "Căn cứ" not in answer


def test_a_question_while_reporting_leaves_the_draft(village: Chat) -> None:
    """Answered, and back to the question that stood."""
    village.says("họp 2 cuộc 96 người")
    answer = village.says("họp thôn cần bao nhiêu hộ dự thì được quyết?")
    assert "Luật Thực hiện dân chủ ở cơ sở" in answer
    assert "Trở lại phiếu" in answer


def test_figures_and_a_question_in_one_message_are_both_served(village: Chat) -> None:
    """Neither swallows the other."""
    answer = village.says("họp 2 cuộc 96 người. Họp thôn cần bao nhiêu hộ dự thì được quyết?")
    assert "Họp thôn: 2 cuộc" in answer
    assert "Điều" in answer


def test_a_matter_named_without_asking_is_answered(visitor: Chat, village: Chat) -> None:
    """By a stranger and by a village head alike; talk of other things is not."""
    for chat in (visitor, village):
        assert "khoản 1 Điều 47" in chat.says("hội nghị người lao động mấy lâu tổ chức 1 lần")
        assert "Căn cứ" not in chat.says("mấy bữa nay mưa to quá, đường ngập hết")
