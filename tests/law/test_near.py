"""What an unsure question may have meant: near ones of different matters, never as an answer."""

from datetime import date

from qcdc_core.law import answer_question

TODAY = date(2026, 11, 22)
VAGUE = "hội nghị hằng năm thì hạn chót phải họp xong là lúc nào"


def test_an_unsure_reply_names_near_questions_of_different_matters() -> None:
    """No citation of the reply's own: nothing is stated."""
    reply = answer_question(VAGUE, TODAY)
    assert reply.outcome == "unsure"
    assert reply.citations == ()
    assert 1 <= len(reply.near) <= 3
    assert len({one.citation.provision for one in reply.near}) == len(reply.near)


def test_an_answer_and_a_refusal_name_none() -> None:
    """There is nothing to choose from."""
    assert answer_question("công ty phải đối thoại mấy lần một năm", TODAY).near == ()
    assert answer_question("giá vàng hôm nay bao nhiêu", TODAY).near == ()


def test_an_unknown_article_is_not_replaced_by_others() -> None:
    """Whoever names a place means that one."""
    assert answer_question("điều 950 luật 10/2022/QH15 nói gì", TODAY).near == ()
