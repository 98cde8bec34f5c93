"""The labelled lines of messages.txt, and readings written in the same way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from qcdc_core.forms import Form, form
from qcdc_core.reading import Intent, Reading

TODAY = date(2026, 10, 5)
FORMS = {
    "t": "thon_thang",
    "x": "xa_thang",
    "c": "co_quan_quy",
    "d": "doanh_nghiep_quy",
    "b": "chi_dao_quy",
}
_FILE = Path(__file__).parent / "messages.txt"


@dataclass(frozen=True)
class Labelled:
    number: int
    form: Form
    text: str
    labels: frozenset[str]


def labelled() -> Iterator[Labelled]:
    for number, line in enumerate(_FILE.read_text("utf-8").splitlines(), start=1):
        if line.startswith("#") or not line.strip():
            continue
        short, text, labels = line.split("|")
        wanted = form(FORMS[short])
        yield Labelled(
            number, wanted, text.replace("\\n", "\n"), frozenset(_whole(labels.split(), wanted))
        )


def _whole(labels: list[str], wanted: Form) -> Iterator[str]:
    """Nothing to report stands for a zero in every flow."""
    yield from labels
    if "intent:nothing_to_report" in labels:
        yield from (f"{one.code}=0" for one in wanted if one.kind == "flow")


def as_labels(reading: Reading) -> frozenset[str]:
    found = {f"{code}={_plain(one.value)}" for code, one in reading.figures.items()}
    found |= {f"?{doubt.code}" for doubt in reading.asks}
    found |= {f"{code}=na" for code in reading.not_applicable}
    if reading.intent is not Intent.figures:
        found.add(f"intent:{reading.intent}")
    if reading.period is not None:
        found.add(f"period:{reading.period}")
    return frozenset(found)


def _plain(value: Decimal) -> str:
    whole = value == value.to_integral_value()
    return str(int(value)) if whole else format(value.normalize(), "f")
