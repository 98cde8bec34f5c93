"""The untidy quarter and its brief."""

import pytest
from sqlalchemy.orm import Session

from qcdc_core.briefs import Brief
from tests.briefs import quarter
from tests.builders import Province


@pytest.fixture
def place(session: Session) -> Province:
    return quarter.build(session)


@pytest.fixture
def brief(session: Session, place: Province) -> Brief:
    return quarter.brief_of(session)
