"""A brief as plain text, for terminals, mail and tests."""

from collections.abc import Iterable, Iterator

from qcdc_core.briefs.model import Brief, Paragraph, Section, Table
from qcdc_core.briefs.profiles import Profile, profiles
from qcdc_core.briefs.words import annex_name, closing_text, section_title


def to_text(brief: Brief) -> str:
    profile = profiles()[brief.head.profile]
    return "\n".join(_lines(brief, profile)) + "\n"


def _lines(brief: Brief, profile: Profile) -> Iterator[str]:
    head = brief.head
    yield from (head.parent_body, head.body, profile.number, *profile.motto)
    yield profile.place_and_date.format(place=head.place, year=head.year)
    yield from ("", profile.kind, head.title, "")
    yield from _paragraphs(brief.opening)
    yield from _sections(brief.sections, profile)
    yield ""
    yield from _paragraphs(closing_text(brief, profile))
    yield from ("", *head.signing, "", profile.recipients_label.text)
    yield from (f"- {one}" for one in head.recipients)
    if brief.notes:
        yield ""
        yield from (f"[{note.number}] {note.text}" for note in brief.notes)
    for annex in brief.annexes:
        yield from ("", f"{annex_name(annex).upper()}. {annex.title.upper()}")
        yield from _sections(annex.sections, profile)
        for table in annex.tables:
            yield from _table(table)


def _sections(sections: Iterable[Section], profile: Profile) -> Iterator[str]:
    for one in sections:
        yield from ("", section_title(one, profile))
        yield from _paragraphs(one.paragraphs)


def _paragraphs(paragraphs: Iterable[Paragraph]) -> Iterator[str]:
    for one in paragraphs:
        text = "".join(
            run.text if run.note is None else f"{run.text} [{run.note}]" for run in one.runs
        )
        yield f"- {text}" if one.bullet else text


def _table(table: Table) -> Iterator[str]:
    yield ""
    if table.title:
        yield table.title
    yield "\t".join(column.title for column in table.columns)
    yield from ("\t".join(cell.text for cell in row) for row in table.rows)
