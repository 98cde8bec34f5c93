"""Finding the draft that a message is about, and beginning one step by step."""

from bot.dialogue import wording
from bot.dialogue.next_question import proceed
from bot.dialogue.talk import Talk
from bot.dialogue.which import default_period
from qcdc_core.forms import forms_owed_by
from qcdc_core.reports.draft import DraftReport, drafts_of, open_draft


def current_draft(talk: Talk) -> DraftReport | None:
    """The draft being talked about, also when it was begun on another channel; None when none."""
    drafts = drafts_of(talk.session, talk.reporter_id)
    focus = talk.state.focus
    if focus is not None:
        for draft in drafts:
            if (draft.unit_id, draft.form.code, str(draft.period)) == (
                focus.unit_id,
                focus.form,
                focus.period,
            ):
                return draft
    return drafts[0] if drafts else None


def start_steps(talk: Talk) -> None:
    """Ask each missing figure of the report at hand, or of the one owed first, in turn."""
    draft = current_draft(talk)
    if draft is None:
        draft = _owed_draft(talk)
    if draft is None:
        talk.say(wording.nothing_open())
        return
    talk.state.step_by_step = True
    talk.state.skipped = []
    talk.state.send_incomplete = False
    proceed(talk, draft, said="")


def _owed_draft(talk: Talk) -> DraftReport | None:
    for unit in talk.units:
        for of in forms_owed_by(unit.kind):
            period = default_period(talk, unit, of)
            if period is not None:
                return open_draft(talk.session, talk.reporter_id, unit.id, of, period)
    return None
