"""Messages as village heads, clerks and enterprises write them, one test for each."""

import pytest

from qcdc_core.reading import read
from tests.reading.labelled import TODAY, Labelled, as_labels, labelled


@pytest.mark.parametrize("case", list(labelled()), ids=lambda case: f"line {case.number}")
def test_a_message_is_read_as_it_is_labelled(case: Labelled) -> None:
    """Values, what is asked, the period and the intent are those of messages.txt."""
    reading = read(case.text, case.form, TODAY)
    assert as_labels(reading) == case.labels, case.text
