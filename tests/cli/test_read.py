"""`qcdc read`: the contract of its JSON Lines, on which other programs rely."""

import json
from typing import Any

import pytest
from click.testing import Result

from tests.cli.conftest import Qcdc

READ = ("read", "--form", "thon_thang", "--today", "2026-10-05")
KEYS = {"id", "intent", "figures", "ask", "not_applicable", "period"}


def answers(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def lines(*cases: object) -> str:
    return "\n".join(json.dumps(case, ensure_ascii=False) for case in cases) + "\n"


def test_each_line_is_answered_by_one_line_in_order(qcdc: Qcdc) -> None:
    """Ids of any kind come back as they were; empty lines are passed over."""
    text = lines({"id": 1, "text": "họp 2 cuộc 96 người"}, {"id": "b", "text": "chào"})
    found = answers(qcdc(*READ, input="\n" + text + "\n" + lines({"text": "hòa giải 3 vụ"})))
    assert [one["id"] for one in found] == [1, "b", None]
    assert all(set(one) == KEYS for one in found)


def test_figures_are_numbers_in_the_unit_of_the_form(qcdc: Qcdc) -> None:
    """Đồng whole, land with its decimals, the period as it is written everywhere."""
    text = lines({"id": 1, "text": "t9: họp 2 cuộc 96 người, góp 12tr5, hiến 120,25 m2 đất"})
    [found] = answers(qcdc(*READ, input=text))
    assert found["intent"] == "figures"
    assert found["period"] == "2026-09"
    assert found["figures"] == {
        "hop_thon": 2,
        "hop_thon_luot": 96,
        "dong_gop_tien": 12_500_000,
        "hien_dat": 120.25,
    }
    assert isinstance(found["figures"]["dong_gop_tien"], int)


def test_nothing_to_report_holds_every_flow_as_nought(qcdc: Qcdc) -> None:
    """And no state: what is open stays open."""
    [found] = answers(qcdc(*READ, input=lines({"id": 1, "text": "không phát sinh gì"})))
    assert found["intent"] == "nothing_to_report"
    assert set(found["figures"].values()) == {0}
    assert "hoa_giai_dang" not in found["figures"]
    assert len(found["figures"]) == 11


def test_a_question_has_no_figures(qcdc: Qcdc) -> None:
    """It is for the law, not for the report."""
    [found] = answers(qcdc(*READ, input=lines({"id": 1, "text": "Dân có quyền gì khi họp thôn?"})))
    assert (found["intent"], found["figures"]) == ("question", {})


def test_a_line_may_name_its_own_form_and_day(qcdc: Qcdc) -> None:
    """The options fill only what it leaves out."""
    case = {"id": 1, "text": "lao động 40", "form": "doanh_nghiep_quy", "today": "2026-03-20"}
    [found] = answers(qcdc("read", input=lines(case)))
    assert found["figures"] == {"lao_dong": 40}
    [found] = answers(qcdc(*READ, input=lines(case)))
    assert found["figures"] == {"lao_dong": 40}


@pytest.mark.parametrize(
    "bad",
    [
        '{"id": 1, "text": "họp',
        '["họp 2 cuộc"]',
        '"họp 2 cuộc"',
        '{"id": 1}',
        '{"id": 1, "text": 5}',
    ],
)
def test_a_bad_line_is_named_by_its_number(qcdc: Qcdc, bad: str) -> None:
    """The lines before it are answered; empty lines count as an editor counts them."""
    text = lines({"id": 1, "text": "họp 2 cuộc"}) + "\n" + bad + "\n"
    result = qcdc(*READ, input=text)
    assert result.exit_code != 0
    assert len(result.stdout.splitlines()) == 1
    assert "Dòng 3 " in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "case",
    [
        {"id": 1, "text": "họp 2 cuộc"},
        {"id": 1, "text": "họp 2 cuộc", "form": "thon_nam", "today": "2026-10-05"},
        {"id": 1, "text": "họp 2 cuộc", "form": ["thon_thang"], "today": "2026-10-05"},
        {"id": 1, "text": "họp 2 cuộc", "form": "thon_thang", "today": "5/10/2026"},
        {"id": 1, "text": "họp 2 cuộc", "form": "thon_thang", "today": None},
    ],
)
def test_a_line_without_form_or_day_is_named_by_its_number(
    qcdc: Qcdc, case: dict[str, object]
) -> None:
    """When no option says it either."""
    result = qcdc("read", input=lines(case))
    assert result.exit_code != 0
    assert "Dòng 1 " in result.stderr


def test_a_line_in_another_encoding_is_named_by_its_number(qcdc: Qcdc) -> None:
    """Bytes that are no UTF-8 end the command with a sentence, not with a traceback."""
    good = lines({"id": 1, "text": "họp 2 cuộc"}).encode()
    result = qcdc(*READ, input=good + b'{"id": 2, "text": "h\xf4p"}\n')
    assert result.exit_code != 0
    assert "Dòng 2 " in result.stderr


@pytest.mark.parametrize(
    "arguments", [("--form", "thon_nam"), ("--today", "hôm nay"), ("--today", "2026-02-30")]
)
def test_an_unknown_form_or_day_is_refused(qcdc: Qcdc, arguments: tuple[str, str]) -> None:
    """Before anything is read."""
    assert qcdc("read", *arguments, input="").exit_code == 2


def test_of_no_lines_there_are_no_answers(qcdc: Qcdc) -> None:
    """An empty file is no error."""
    assert answers(qcdc(*READ, input="")) == []
