"""Questions of workers and residents, answered from the shipped knowledge."""

from datetime import date

import pytest

from qcdc_core.law import LawIndex, ask, load_knowledge

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def index() -> LawIndex:
    return LawIndex.of(load_knowledge())


def test_two_questions_in_one_message_are_answered_one_by_one(index: LawIndex) -> None:
    """The obligation and the fine, each with its article in force today."""
    reply = ask(index, "cty ko to chuc hnnld thi bi phat bn, co bat buoc ko", TODAY)
    cited = [str(citation) for citation in reply.citations]
    assert reply.outcome == "answered"
    assert "283/2026/NĐ-CP:21.2" in cited
    assert any(citation.startswith("145/2020/NĐ-CP:") for citation in cited)


def test_the_same_word_under_different_regimes_is_asked_back(index: LawIndex) -> None:
    """A people's inspectorate stands in communes, agencies and state enterprises."""
    reply = ask(index, "ban thanh tra nhan dan nhiem ky may nam", TODAY)
    assert reply.outcome == "ask_back"
    assert len(reply.choices) > 1


@pytest.mark.parametrize("question", ["trợ cấp thôi việc tính sao", "hôm nay ăn gì", "xin chào"])
def test_what_is_not_ours_gets_no_citation(index: LawIndex, question: str) -> None:
    """A kind sentence, and never an article."""
    reply = ask(index, question, TODAY)
    assert reply.outcome in ("out_of_scope", "unsure")
    assert reply.citations == ()


def test_a_fine_of_last_year_is_that_of_the_decree_of_then(index: LawIndex) -> None:
    """The day of the facts decides which law applies."""
    reply = ask(index, "tháng 8/2026 công ty không tổ chức đối thoại thì phạt bao nhiêu", TODAY)
    assert any(str(citation).startswith("12/2022/NĐ-CP") for citation in reply.citations)
