"""One place of the law: what it says in our words, and letter by letter where it was loaded."""

from datetime import date

from flask import Flask, abort, render_template, request

from bot.web_pages.parts import parts
from qcdc_core.clock import local_day
from qcdc_core.errors import BadData
from qcdc_core.law import Citation
from qcdc_core.official import quote
from qcdc_core.questions.citing import knowledge


def init_app(app: Flask) -> None:
    app.add_url_rule("/dieu-luat", "provision", _provision)


def _provision() -> str:
    """404 for a place that is unknown or did not hold on that day."""
    place, day = _place(request.args.get("o", "")), _day(request.args.get("ngay", ""))
    known = knowledge()
    article = known.find_provision(place, day)
    if article is None:
        abort(404)
    with parts().reading() as session:
        wording = quote(session, known, place, day)
    facts = [one for one in article.facts_at(place) if one.confidence == "seen"]
    return render_template(
        "provision.html",
        name=place.in_words(known.short_name(place)),
        document=known.documents[place.document],
        article=article,
        facts=facts,
        needs_check=_caution(article.needs_check, article.needs_check_from, day),
        quote=wording,
        day=day,
    )


def _caution(sentence: str | None, since: date | None, day: date) -> str | None:
    return sentence if sentence and (since is None or since <= day) else None


def _place(written: str) -> Citation:
    try:
        return Citation.parse(written)
    except BadData:
        abort(404)


def _day(written: str) -> date:
    """Today where the address names no day."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        return local_day(parts().now())


def place_name(written: str) -> str:
    """For a chip: 'khoản 1 Điều 47 Nghị định 145/2020/NĐ-CP'."""
    place = Citation.parse(written)
    return place.in_words(knowledge().short_name(place))
