"""Reading a message with all that this installation and this unit have taught the reader."""

from bot.dialogue.talk import Talk
from qcdc_core.forms import Form
from qcdc_core.learned import land_units_of, synonyms_for
from qcdc_core.periods import Period
from qcdc_core.reading import Awaiting, Reading, read


def read_for(
    talk: Talk,
    of: Form,
    *,
    awaiting: Awaiting | None = None,
    current: Period | None = None,
    unit_id: int | None = None,
) -> Reading:
    """Read the message for a form; ``unit_id`` is by default that of the report being talked of."""
    focus = talk.state.focus
    unit = unit_id if unit_id is not None else (focus.unit_id if focus else None)
    return read(
        talk.text,
        of,
        talk.today,
        awaiting=awaiting,
        synonyms=synonyms_for(talk.session, of.code),
        local_units=land_units_of(talk.session, unit),
        current=current,
    )
