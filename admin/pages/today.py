"""Hôm nay: what waits, until when, and who is missing."""

from flask import Blueprint, render_template

from admin import lines, standing, wording
from admin.db_session import session
from qcdc_core.language import period_name
from qcdc_core.questions import count_waiting

page = Blueprint("today", __name__)


@page.get("/")
def show() -> str:
    waiting = lines.pending()
    owed, deadlines = standing.owed_now(), standing.deadlines()
    return render_template(
        "today.html",
        waiting=len(waiting),
        odd=sum(bool(line.findings or line.missing) for line in waiting),
        questions=count_waiting(session()),
        missing=[one for one in owed if one.report is None],
        deadlines=deadlines,
        periods=", ".join(period_name(one.period) for one in deadlines),
        deadline=wording.deadline,
        closed=wording.closed,
        running=standing.running(),
        groups=standing.groups(owed),
    )
