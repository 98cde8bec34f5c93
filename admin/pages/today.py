"""Hôm nay: what waits, until when, and who is missing."""

from flask import Blueprint, render_template

from admin import access, lines, standing, wording
from admin.db_session import session
from admin.parts import today
from qcdc_core.language import period_name
from qcdc_core.personal import requests
from qcdc_core.questions import count_waiting

page = Blueprint("today", __name__)


@page.get("/")
def show() -> str:
    waiting = lines.pending()
    open_requests = requests.waiting(session()) if access.may("office") else ()
    owed, deadlines = standing.owed_now(), standing.deadlines()
    return render_template(
        "today.html",
        waiting=len(waiting),
        odd=sum(bool(line.findings or line.missing) for line in waiting),
        questions=count_waiting(session()),
        data_requests=len(open_requests),
        data_late=any(requests.late(one, today()) for one in open_requests),
        missing=[one for one in owed if one.report is None],
        deadlines=deadlines,
        periods=", ".join(period_name(one.period) for one in deadlines),
        deadline=wording.deadline,
        closed=wording.closed,
        running=standing.running(),
        groups=standing.groups(owed),
    )
