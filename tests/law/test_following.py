"""Later questions of a message that leave out what they are about."""

from datetime import date

import pytest

from qcdc_core.law import LawIndex, ask

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("message", "card"),
    [
        ("Ban thanh tra nhân dân ở công ty nhà nước mấy người, nhiệm kỳ bao lâu", "nhiem-ky-dnnn"),
        ("Công ty 90 lao động cử mấy người đối thoại? một năm mấy lần?", "doi-thoai-bao-lau"),
    ],
)
def test_a_later_question_is_about_the_matter_of_the_one_before(
    index: LawIndex, message: str, card: str
) -> None:
    """Both are answered, the one that names the matter first."""
    reply = ask(index, message, TODAY)
    sources = [part.source for part in reply.parts]
    assert len(sources) > 1
    assert sources[1].endswith(card)


def test_words_that_ask_nothing_of_their_own_bring_no_second_answer(index: LawIndex) -> None:
    """'Đúng không' is near to every matter."""
    question = "hương ước có phải được quá nửa số hộ tán thành, đúng không"
    assert len(ask(index, question, TODAY).parts) == 1
