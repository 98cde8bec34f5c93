"""Several sessions at work at the same moment, each in its own thread."""

from collections.abc import Callable
from contextlib import suppress
from threading import Barrier, BrokenBarrierError, Thread

from sqlalchemy.orm import Session, sessionmaker

from qcdc_core.errors import Refusal

Work = Callable[[Session, Callable[[], None]], None]


def at_once(sessions: sessionmaker[Session], *works: Work) -> list[str]:
    """Run each in its own session and thread; they meet where they call what they are given.

    On SQLite only one holds the database, so the others never come to the meeting in time.
    Returns the codes of the refusals.
    """
    barrier, refused, failed = Barrier(len(works)), [], []

    def meet() -> None:
        with suppress(BrokenBarrierError):
            barrier.wait(timeout=0.5)

    def run(work: Work) -> None:
        try:
            with sessions.begin() as session:
                work(session, meet)
        except Refusal as problem:
            refused.append(problem.code)
        except Exception as error:  # noqa: BLE001 - told by the test's own thread
            failed.append(error)

    threads = [Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert failed == []
    return refused
