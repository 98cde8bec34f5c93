"""Carrying out a request that came on paper: the deed, the note and the word to the person.

All of it in the caller's transaction: what is noted as done was done.
"""

import secrets
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from qcdc_core.errors import Refusal
from qcdc_core.messages import outbox
from qcdc_core.messages.inbox import conversation_at
from qcdc_core.messages.names import CARRYING_FILES
from qcdc_core.messages.reach import reachable
from qcdc_core.messages.tables import Conversation
from qcdc_core.people import consent
from qcdc_core.people.tables import Person
from qcdc_core.personal import telling
from qcdc_core.personal.copy import file_name
from qcdc_core.personal.erase import erase
from qcdc_core.personal.requests import finish, open_one
from qcdc_core.personal.subject import subject_of
from qcdc_core.personal.tables import DataRequest
from qcdc_core.personal.withdraw import withdraw
from qcdc_core.users.tables import User

LONGEST_NAME = 200
# Kinds that people carry out, not the program alone: what was done is told in words.
_IN_WORDS = frozenset({"correct", "restrict", "object"})
# Kinds by which a consent may end, and whether it must.
ENDING: Mapping[str, bool] = {"withdraw": True, "restrict": False, "object": False}


@dataclass(frozen=True)
class Deed:
    """What the officer decided.

    ``outcome`` is read by the person; ``purpose``: whose consent ends, empty for none; ``name``:
    the right one, empty to leave it; ``sure``: said of an erasure.
    """

    outcome: str = ""
    purpose: str = ""
    name: str = ""
    sure: bool = False


def carry_out(
    session: Session, request_id: int, user: User, deed: Deed, now: datetime
) -> tuple[DataRequest, bool]:
    """The request, done, and whether the person was told in a chat.

    Raises Refusal unknown_request, request_done, outcome_missing, purpose_missing, not_sure,
    name_long.
    """
    request = open_one(session, request_id)
    person = known_person(session, request, lock=True)
    if person is None:
        _need_outcome(deed)
        return finish(session, request_id, user, deed.outcome, now), False
    match request.kind:
        case "erase":
            return _erase(session, request, person, user, deed, now)
        case "copy":
            return _copy(session, request, user, deed, now)
        case _:
            return _other(session, request, person, user, deed, now)


def known_person(session: Session, request: DataRequest, *, lock: bool = False) -> Person | None:
    """Whose request it is; None when nothing is kept under a name (any more).

    ``lock``: nobody answers the person's messages meanwhile.
    """
    if request.person_id is None:
        return None
    person = session.get_one(Person, request.person_id, with_for_update=lock or None)
    return person if person.erased_at is None else None


def needs_outcome(kind: str, *, has_chat: bool) -> bool:
    """Whether what was done must be said in words; ``has_chat``: for a file."""
    return kind in _IN_WORDS or (kind == "copy" and not has_chat)


def chat_for_copy(session: Session, person_id: int, now: datetime) -> Conversation | None:
    """The chat that can be handed a file now, the best one first."""
    ways = reachable(session, person_id, now)
    return next((one for one in ways if one.channel in CARRYING_FILES), None)


def _erase(
    session: Session,
    request: DataRequest,
    person: Person,
    user: User,
    deed: Deed,
    now: datetime,
) -> tuple[DataRequest, bool]:
    """The word goes to a new conversation at the same address: it knows nothing of the old one."""
    if not deed.sure:
        raise Refusal("not_sure")
    way = next(
        ((one.channel, one.account, one.address) for one in reachable(session, person.id, now)),
        None,
    )
    counts = erase(session, subject_of(session, person.id), now)
    finish(session, request.id, user, deed.outcome, now, counts)
    if way is not None:
        fresh = conversation_at(session, *way, now)
        outbox.put(session, fresh.id, telling.erased(), now, repeatable=True)
    return request, way is not None


def _copy(
    session: Session, request: DataRequest, user: User, deed: Deed, now: datetime
) -> tuple[DataRequest, bool]:
    """Into a chat that carries files; else it was printed, and the note says how it was given."""
    chat = chat_for_copy(session, request.person_id or 0, now)
    if chat is None:
        _need_outcome(deed)
        return finish(session, request.id, user, deed.outcome, now), False
    request.key, request.conversation_id = secrets.token_urlsafe(32), chat.id
    finish(session, request.id, user, deed.outcome, now)
    attachment = {"kind": "copy", "key": request.key, "name": file_name(now)}
    outbox.put(session, chat.id, telling.copy_comes(), now, attachment=attachment)
    return request, True


def _other(
    session: Session,
    request: DataRequest,
    person: Person,
    user: User,
    deed: Deed,
    now: datetime,
) -> tuple[DataRequest, bool]:
    if request.kind in _IN_WORDS:
        _need_outcome(deed)
    if len(deed.name) > LONGEST_NAME:
        raise Refusal("name_long", most=LONGEST_NAME)
    ended = _end(session, request, person, deed, now)
    if request.kind == "correct" and deed.name:
        person.name = deed.name
    finish(session, request.id, user, deed.outcome, now)
    lines = (deed.outcome, *_consequences(ended))
    text = telling.done(request, "\n".join(line for line in lines if line))
    return request, telling.tell(session, request, text, now)


def _end(
    session: Session, request: DataRequest, person: Person, deed: Deed, now: datetime
) -> Collection[str]:
    """The purposes whose consent ended; an open chat forgets what it was asking."""
    if request.kind not in ENDING:
        return ()
    if deed.purpose not in consent.PURPOSES:
        if ENDING[request.kind]:
            raise Refusal("purpose_missing")
        return ()
    ended = withdraw(session, person.id, [deed.purpose], now)
    if deed.purpose == consent.REPORTING:
        for chat in subject_of(session, person.id).chats:
            chat.state = {}
    return ended or (deed.purpose,)


def _consequences(ended: Collection[str]) -> Iterator[str]:
    if consent.REPORTING in ended:
        yield telling.reporting_ended()
    elif consent.REMINDING in ended:
        yield telling.reminding_ended()


def _need_outcome(deed: Deed) -> None:
    if not deed.outcome.strip():
        raise Refusal("outcome_missing")
