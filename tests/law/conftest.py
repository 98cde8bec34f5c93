"""The shipped knowledge, indexed once for all tests of this folder."""

import pytest

from qcdc_core.law import Knowledge, LawIndex, load_knowledge


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def index(knowledge: Knowledge) -> LawIndex:
    return LawIndex.of(knowledge)
