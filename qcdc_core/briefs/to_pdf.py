"""A brief as PDF, set by typst. Text goes in as data, never as markup, so nothing in it can act."""

import json
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

import typst

from qcdc_core.briefs.model import Annex, Brief, Paragraph, Section
from qcdc_core.briefs.profiles import Profile, profiles
from qcdc_core.briefs.words import annex_belongs_to, annex_name, closing_text, section_title

# Liberation Serif has the widths of Times New Roman; Libertinus Serif comes with typst.
FONTS = ("Liberation Serif", "Libertinus Serif")
_FONT_FOLDERS = (
    Path("/usr/share/fonts/truetype/liberation"),
    Path("/usr/share/fonts/truetype/liberation2"),
)


def to_pdf(brief: Brief) -> bytes:
    """The same bytes every time on machines with the same fonts; system fonts are not searched."""
    source = resources.files("qcdc_core.briefs").joinpath("brief.typ").read_bytes()
    content = json.dumps(_data(brief, profiles()[brief.head.profile]), ensure_ascii=False)
    made = int(brief.head.compiled_at.timestamp())
    written = typst.compile(source, sys_inputs={"brief": content}, timestamp=made, **_fonts())
    return bytes(written)


@cache
def _fonts() -> dict[str, Any]:
    folders = [folder for folder in _FONT_FOLDERS if folder.is_dir()]
    return {"font_paths": folders, "ignore_system_fonts": True}


def _data(brief: Brief, profile: Profile) -> dict[str, Any]:
    head = brief.head
    return {
        "fonts": list(FONTS) if _fonts()["font_paths"] else [FONTS[-1]],
        "sizes": dict(profile.sizes),
        "margins": dict(profile.margins),
        "first_line": profile.first_line,
        "motto": profile.motto,
        "parent_body": head.parent_body,
        "body": head.body,
        "under_body": profile.under_body,
        "number": profile.number,
        "place_and_date": profile.place_and_date.format(place=head.place, year=head.year),
        "kind": profile.kind,
        "title": head.title,
        "committee": head.committee,
        "recipients_label": profile.recipients_label.text,
        "recipients": [one.removesuffix(".") for one in head.recipients],
        "signing": head.signing,
        "opening": _paragraphs(brief.opening),
        "sections": _sections(brief.sections, profile),
        "closing": _paragraphs(closing_text(brief, profile)),
        "notes": [{"number": note.number, "text": note.text} for note in brief.notes],
        "annexes": [_annex(brief, annex, profile) for annex in brief.annexes],
    }


def _paragraphs(paragraphs: Iterable[Paragraph]) -> list[dict[str, Any]]:
    return [
        {
            "bullet": one.bullet,
            "runs": [{"text": run.text, "note": run.note} for run in one.runs],
        }
        for one in paragraphs
    ]


def _sections(sections: Iterable[Section], profile: Profile) -> list[dict[str, Any]]:
    return [
        {"heading": section_title(one, profile), "paragraphs": _paragraphs(one.paragraphs)}
        for one in sections
    ]


def _annex(brief: Brief, annex: Annex, profile: Profile) -> dict[str, Any]:
    return {
        "name": annex_name(annex),
        "title": annex.title,
        "belongs_to": annex_belongs_to(brief),
        "landscape": annex.landscape,
        "sections": _sections(annex.sections, profile),
        "tables": [
            {
                "title": table.title,
                "columns": [
                    {"title": column.title, "width": column.width, "align": column.align}
                    for column in table.columns
                ],
                "rows": [
                    [{"text": cell.text, "bold": cell.bold} for cell in row] for row in table.rows
                ],
            }
            for table in annex.tables
        ],
    }
