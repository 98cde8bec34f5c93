"""Words that every rendering of a brief shares."""

from dataclasses import replace

from qcdc_core.briefs.model import Annex, Brief, Paragraph, Run, Section
from qcdc_core.briefs.profiles import Profile
from qcdc_core.language import gettext as _


def section_title(section: Section, profile: Profile) -> str:
    """'I. CÔNG TÁC LÃNH ĐẠO, CHỈ ĐẠO' or, in a Party document, 'I- …'."""
    pattern = profile.level_1 if section.level == 1 else profile.level_2
    return pattern.format(mark=section.mark, title=section.title)


def annex_name(annex: Annex) -> str:
    return _("Phụ lục {mark}").format(mark=annex.mark)


def annex_belongs_to(brief: Brief) -> str:
    """The italic line under the title of an annex."""
    return _("(Kèm theo Báo cáo {title} của {committee})").format(
        title=brief.head.title[:1].lower() + brief.head.title[1:], committee=brief.head.committee
    )


def unbroken(text: str, name: str) -> str:
    """The text with a name in it that no line break may cut."""
    return text.replace(name, name.replace(" ", "\N{NO-BREAK SPACE}"))


def closing_text(brief: Brief, profile: Profile) -> tuple[Paragraph, ...]:
    """The closing sentence with the profile's end sign behind its last word."""
    if not brief.closing:
        return ()
    last = brief.closing[-1]
    ended = replace(last, runs=(*last.runs, Run(profile.end_of_text)))
    return (*brief.closing[:-1], ended)
