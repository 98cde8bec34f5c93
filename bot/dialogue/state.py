"""Where a conversation stands between two messages, as plain JSON on the conversation.

The figures themselves are in the draft (`qcdc_core.reports.draft`), which belongs to the person;
here is only what was asked last and what it was about.
"""

from dataclasses import asdict, dataclass, field
from typing import Any, Self


@dataclass(frozen=True)
class Offer:
    """An answer offered with a reply: the words shown, and what choosing them does.

    ``do``: one of the actions of `bot.dialogue.offers`; ``code`` and ``value`` are its object.
    """

    label: str
    do: str
    code: str = ""
    value: str = ""


@dataclass(frozen=True)
class Asked:
    """The question that stands; ``rule`` and ``code`` say what it is about.

    ``kind``: welcome, consent, pick, doubt, figure, finding, reason, missing, edit, confirm,
    law, answer or returned_reason. ``codes``: the figures that a finding is about.
    """

    kind: str
    rule: str = ""
    code: str = ""
    offers: tuple[Offer, ...] = ()
    codes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Focus:
    """The report being talked about."""

    unit_id: int
    form: str
    period: str


@dataclass(frozen=True)
class LastQuestion:
    """What was asked last and what answered it: a card, "model:<id>", or nothing.

    ``places``: the citations of the answer; ``day``: the day whose law it told, in ISO 8601.
    """

    text: str
    message_id: int
    source: str = ""
    places: tuple[str, ...] = ()
    day: str = ""


@dataclass
class State:
    """``step_by_step``: each missing figure is asked in turn. ``skipped``: figures put off.

    ``held_message_id``: a message with figures that waits for the answer which report it is for.
    ``wrong_codes``: the moments (seconds since 1970) at which a wrong code was typed.
    ``read_back``: the values that were shown with the question whether to send them.
    """

    greeted: bool = False
    invitation_id: int | None = None
    wrong_codes: list[float] = field(default_factory=list)
    focus: Focus | None = None
    asked: Asked | None = None
    step_by_step: bool = False
    skipped: list[str] = field(default_factory=list)
    send_incomplete: bool = False
    held_message_id: int | None = None
    read_back: str = ""
    question: LastQuestion | None = None

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, raw: dict[str, Any]) -> Self:
        state = cls(**{**raw, "focus": None, "asked": None, "question": None})
        if raw.get("focus"):
            state.focus = Focus(**raw["focus"])
        if raw.get("question"):
            places = tuple(raw["question"].get("places", ()))
            state.question = LastQuestion(**{**raw["question"], "places": places})
        if raw.get("asked"):
            offers = tuple(Offer(**offer) for offer in raw["asked"]["offers"])
            codes = tuple(raw["asked"].get("codes", ()))
            state.asked = Asked(**{**raw["asked"], "offers": offers, "codes": codes})
        return state

    def leave_report(self) -> None:
        """Nothing is being asked any more; the draft itself stays where it is."""
        self.focus = None
        self.asked = None
        self.step_by_step = False
        self.send_incomplete = False
        self.skipped = []
        self.held_message_id = None
