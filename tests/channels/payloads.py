"""What platforms send, and everything near it that they never should: for tests by the thousand."""

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hypothesis import strategies as st

from bot.channels import telegram, zalo_account, zalo_bot
from bot.channels import zalo_account_events as events
from bot.channels.channel import Incoming
from tests.fakes.official_account import OA_ID
from tests.fakes.platforms import Platforms

Json = Any
Place = tuple[str | int, ...]

# One line for each channel: how it reads what came.
PARSERS: dict[str, Callable[[object], Incoming | None]] = {
    telegram.NAME: telegram.read_update,
    zalo_bot.NAME: zalo_bot.read_event,
    zalo_account.NAME: lambda raw: _of_account(events.event_of(raw)),
}

_fake = Platforms()
SAMPLES: dict[str, list[Json]] = {
    telegram.NAME: [
        _fake.telegram_update(4711, "họp 2 cuộc"),
        _fake.telegram_update(4711, "/start 7K3F92"),
        _fake.telegram_update(4711, "", contact={"phone_number": "84", "first_name": "Y"}),
        _fake.telegram_update(4711, "", document={"file_id": "a", "file_unique_id": "b"}),
        _fake.telegram_update(4711, "", caption="sổ họp", photo=[]),
        {"update_id": 5, "edited_message": _fake.telegram_update(4711, "họp 3")["message"]},
    ],
    zalo_bot.NAME: [
        _fake.zalo_event("z1", "họp 2 cuộc"),
        _fake.zalo_event("z1", "họp 2 cuộc")["result"],
        _fake.zalo_event("z1", "", "message.image.received", photo="x", caption="sổ họp"),
        _fake.zalo_event("z1", "", "message.unsupported.received"),
    ],
    zalo_account.NAME: [
        _fake.oa.event("u1", "họp 2 cuộc"),
        {"data": _fake.oa.event("u1", "họp 2 cuộc")},
        _fake.oa.event("u1", "", "user_send_image", attachments=[{"payload": {"url": "x"}}]),
        _fake.oa.follower("u1"),
        _fake.oa.follower("u1", "unfollow"),
    ],
}

# Signs that databases and encoders stumble over.
_TEXT = st.text(st.characters() | st.sampled_from("\0\ud800\udfff\ufffe\u202e"), max_size=20)
_LONG = st.sampled_from(["x" * 201, "9" * 300, "ế" * 5000, "", " "])
_NUMBERS = st.integers() | st.floats() | st.sampled_from([0, -1, 2**31, 2**63, 10**400])
_LEAVES = st.none() | st.booleans() | _NUMBERS | _TEXT | _LONG
ANYTHING: st.SearchStrategy[Json] = st.recursive(
    _LEAVES, lambda inner: st.lists(inner) | st.dictionaries(_TEXT, inner), max_leaves=8
)


@st.composite
def spoiled(draw: st.DrawFn, channel: str) -> Json:
    """A true payload with some of its parts replaced, removed or doubled."""
    raw = copy.deepcopy(draw(st.sampled_from(SAMPLES[channel])))
    for _ in range(draw(st.integers(0, 3))):
        places = sorted(_places(raw), key=repr)
        if not places:
            break
        _spoil(raw, draw(st.sampled_from(places)), draw)
    return raw


def _of_account(event: Mapping[str, Any] | None) -> Incoming | None:
    return None if event is None else events.read_event(event, OA_ID)


def payloads(channel: str) -> st.SearchStrategy[Json]:
    return spoiled(channel) | ANYTHING


def _places(part: Json, way: Place = ()) -> Iterator[Place]:
    """The way to every part of a payload, the whole excepted."""
    inner: Iterator[tuple[str | int, Json]] = iter(())
    if isinstance(part, dict):
        inner = iter(part.items())
    elif isinstance(part, list):
        inner = iter(enumerate(part))
    for key, value in inner:
        yield (*way, key)
        yield from _places(value, (*way, key))


def _spoil(raw: Json, way: Place, draw: st.DrawFn) -> None:
    holder = raw
    for key in way[:-1]:
        holder = holder[key]
    if draw(st.integers(0, 4)) == 0:
        del holder[way[-1]]
    else:
        holder[way[-1]] = draw(ANYTHING)
