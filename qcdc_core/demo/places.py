"""The demo's units, the people who report for them, and the users of the admin pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from qcdc_core.clock import local_day
from qcdc_core.demo.model import Place, Sender, data, dice
from qcdc_core.messages.tables import Conversation
from qcdc_core.people.consent import PURPOSES, Notice
from qcdc_core.people.tables import Consent, ConsentNotice, Person, Post
from qcdc_core.rows import insert_rows
from qcdc_core.units.kinds import KIND_WORDS
from qcdc_core.units.tables import Unit, UnitState
from qcdc_core.users import add_user, new_password

ACTOR = "qcdc demo"
NOTICE = Notice("demo", "Thông báo về dữ liệu cá nhân của tỉnh trình diễn.")
# The focal points of the units to try have left, the enterprise's after the last closed quarter.
DAYS_GONE = {"thon": 36, "doanh_nghiep": 20}


@dataclass(frozen=True)
class SignIn:
    login: str
    password: str
    unit_code: str


@dataclass(frozen=True)
class _Raw:
    """A unit as names.yaml has it."""

    code: str
    kind: str
    name: str
    parent_code: str = ""
    known: Mapping[str, Any] = field(default_factory=dict)


def to_try() -> list[str]:
    """Codes of the units that are left without a focal point."""
    return list(data("names.yaml")["to_try"])


def make_places(session: Session, valid_from: date) -> dict[str, Place]:
    """All units by code, parents before children."""
    raws = list(_raw_units())
    ids = insert_rows(session, Unit, [{"code": raw.code} for raw in raws])
    places = {raw.code: _place(raw, one) for raw, one in zip(raws, ids, strict=True)}
    insert_rows(session, UnitState, [_state(one, places, valid_from) for one in places.values()])
    return places


def make_senders(
    session: Session, places: Sequence[Place], joined: datetime, today: date
) -> dict[str, Sender]:
    """By unit code: a focal point for every place, joined with consent and a chat."""
    names = [_person_name(place) for place in places]
    people = insert_rows(session, Person, [{"name": name, "joined_at": joined} for name in names])
    senders = {}
    for place, name, person_id in zip(places, names, people, strict=True):
        left_on = today - timedelta(DAYS_GONE[place.kind]) if place.code in to_try() else None
        senders[place.code] = Sender(person_id, name, left_on)
    insert_rows(
        session, Post, [_post(place, senders[place.code], local_day(joined)) for place in places]
    )
    session.add(_notice(joined))
    consents = [_consent(one, purpose, joined) for one in people for purpose in PURPOSES]
    insert_rows(session, Consent, consents)
    return senders


def make_chats(session: Session, senders: Mapping[str, Sender], opened: datetime) -> dict[str, int]:
    """By unit code: the id of the focal point's web chat.

    Nobody can open it: the addresses of real web chats are long secrets.
    """
    rows = [
        {
            "channel": "web",
            "account": "default",
            "address": f"demo-{code}",
            "person_id": sender.person_id,
            "state": {},
            "opened_at": opened,
        }
        for code, sender in senders.items()
    ]
    return dict(zip(senders, insert_rows(session, Conversation, rows), strict=True))


def make_users(
    session: Session, places: Mapping[str, Place], senders: Mapping[str, Sender], now: datetime
) -> tuple[dict[str, int], list[SignIn]]:
    """The standing office, an administrator, one officer for each commune; ids by login.

    An officer is the person who texts the commune's own figures, so that four eyes can be seen.
    """
    names = data("names.yaml")
    top = names["province"]["code"]
    wanted: list[tuple[str, str, str, str, int | None]] = [
        (one["login"], one["name"], one["role"], top, None) for one in names["users"]
    ]
    for commune in names["communes"]:
        sender = senders[commune["code"]]
        wanted.append((commune["login"], sender.name, "officer", commune["code"], sender.person_id))
    ids, sign_ins = {}, []
    for login, name, role, code, person_id in wanted:
        password = new_password()
        user = add_user(
            session,
            login,
            name,
            password,
            role,
            places[code].id,
            now,
            actor=ACTOR,
            person_id=person_id,
        )
        ids[login] = user.id
        sign_ins.append(SignIn(login, password, code))
    return ids, sign_ins


def officer_of(place: Place) -> str:
    """The login of who reviews this place's reports: the commune's officer for villages."""
    logins = {one["code"]: one["login"] for one in data("names.yaml")["communes"]}
    return str(logins.get(place.parent_code, data("names.yaml")["users"][0]["login"]))


def _raw_units() -> Iterator[_Raw]:
    names = data("names.yaml")
    top = _Raw(**names["province"])
    yield top
    for commune in names["communes"]:
        yield _Raw(commune["code"], commune["kind"], commune["name"], top.code)
        villages = commune["villages"]
        for code, name in villages["names"]:
            yield _Raw(f"{commune['code']}-{code}", villages["kind"], name, commune["code"])
    for code, name in names["agencies"]:
        yield _Raw(f"{top.code}-{code}", "co_quan", name, top.code)
    for number, one in enumerate(names["enterprises"], start=1):
        code = f"{top.code}-DN-{number:02d}"
        yield _Raw(code, "doanh_nghiep", one["name"], top.code, one)


def _place(raw: _Raw, unit_id: int) -> Place:
    full_name = f"{KIND_WORDS[raw.kind]} {raw.name}".strip()
    return Place(unit_id, raw.code, raw.kind, raw.name, full_name, raw.parent_code, raw.known)


def _state(place: Place, places: Mapping[str, Place], valid_from: date) -> dict[str, Any]:
    parent = places.get(place.parent_code)
    return {
        "unit_id": place.id,
        "parent_id": parent.id if parent else None,
        "kind": place.kind,
        "name": place.name,
        "valid_from": valid_from,
        "valid_to": None,
    }


def _post(place: Place, sender: Sender, since: date) -> dict[str, Any]:
    return {
        "person_id": sender.person_id,
        "unit_id": place.id,
        "title": title_of(place.kind),
        "valid_from": since,
        "valid_to": sender.left_on,
    }


def title_of(kind: str) -> str:
    """The post of a focal point of such a unit: 'Trưởng thôn'."""
    return str(data("names.yaml")["titles"][kind])


def _notice(first: datetime) -> ConsentNotice:
    return ConsentNotice(
        digest=NOTICE.digest, version=NOTICE.version, text=NOTICE.text, first_at=first
    )


def _consent(person_id: int, purpose: str, given: datetime) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "purpose": purpose,
        "notice_digest": NOTICE.digest,
        "given_at": given,
    }


def _person_name(place: Place) -> str:
    people, rng = data("names.yaml")["people"], dice(place.code, "person")
    if place.kind == "lang":
        return str(rng.choice(people["highland"]))
    return " ".join(rng.choice(people[part]) for part in ("family", "middle", "given"))
