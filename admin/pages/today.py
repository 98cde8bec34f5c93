"""Hôm nay: what waits, until when, and who is missing."""

from flask import Blueprint, render_template

from admin import lines, standing

page = Blueprint("today", __name__)

OLDEST_MISSING = 12


@page.get("/")
def show() -> str:
    waiting = lines.pending()
    owed = standing.owed_now()
    return render_template(
        "today.html",
        waiting=len(waiting),
        odd=sum(bool(line.findings or line.missing) for line in waiting),
        missing=[one for one in owed if one.report is None],
        deadlines=standing.deadlines(),
        running=standing.running(),
        groups=standing.groups(owed),
    )
