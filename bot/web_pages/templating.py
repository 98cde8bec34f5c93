"""What the chat's templates can say: gettext, times, and a message drawn with its signs."""

from flask import Flask
from markupsafe import Markup, escape

from bot.dialogue.turn import LONGEST
from bot.web_pages import provision, wording
from bot.web_pages.parts import parts
from bot.web_pages.transcript import Entry
from qcdc_core import language
from qcdc_core.clock import local_day
from qcdc_core.evidence import LARGEST

# The few signs with a meaning, each before words: clear, to be asked, not there yet, not fitting.
SIGNS = {"✔": "clear", "?": "asked", "○": "absent", "!": "odd"}
# Some phones draw the tick as a coloured picture unless told to take it as text.
AS_TEXT = "\ufe0e"


def init_app(app: Flask) -> None:
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.trim_blocks = True
    env.lstrip_blocks = True
    # Fields are {named} and filled with format(), as in Python: newstyle's % would differ.
    env.install_gettext_callables(language.gettext, _plural, newstyle=False)  # type: ignore[attr-defined]
    env.filters.update(
        drawn=drawn,
        said=said,
        place_name=provision.place_name,
        day_name=wording.day_name,
        time=wording.time_of_day,
        local_day=local_day,
        day=language.day,
    )
    env.globals.update(wording=wording, longest=LONGEST, largest_file=LARGEST // 1024**2)
    app.before_request(_speak)
    app.context_processor(_everywhere)


def said(entry: Entry) -> str:
    """The words of a message. The line of an answer's places stands below them as links.

    Of several answers each keeps its own line, so that nobody has to guess which place is whose.
    """
    lines = entry.text.split("\n")
    start = language.gettext("Căn cứ: {places}").partition("{")[0]
    places = [line for line in lines if line.startswith(start)]
    if entry.cited is None or len(places) != 1:
        return entry.text
    return "\n".join(line for line in lines if line not in places)


def drawn(text: str) -> Markup:
    """A message's text for a page, with a sign at the start of a line marked by its meaning."""
    return Markup("\n").join(_line(line) for line in text.split("\n"))


def _line(line: str) -> Markup:
    meaning = SIGNS.get(line[:1])
    if meaning is None or line[1:2] != " ":
        return escape(line)
    sign = line[0] + AS_TEXT if meaning == "clear" else line[0]
    return Markup('<span class="sign {}">{}</span>{}').format(meaning, sign, line[1:])


def _speak() -> None:
    language.speak(parts().settings.language)


def _plural(one: str, many: str, n: int) -> str:
    return language.gettext(one if n == 1 else many)


def _everywhere() -> dict[str, str]:
    return {"committee": parts().settings.committee, "language": language.spoken()}
