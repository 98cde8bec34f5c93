"""A brief as a piece of HTML: semantic, without styles and scripts, each number a link."""

from collections.abc import Callable, Iterable
from html import escape
from urllib.parse import quote

from qcdc_core.briefs.model import Annex, Brief, Cell, Paragraph, Run, Section, Table
from qcdc_core.briefs.profiles import Profile, profiles
from qcdc_core.briefs.words import annex_name, closing_text, section_title
from qcdc_core.language import gettext as _

Address = Callable[[str], str]


def to_html(brief: Brief, address: Address | None = None) -> str:
    """``address`` gives the link of a number by its id; without it, links stay on the page."""
    profile = profiles()[brief.head.profile]
    return _Writer(profile, address or _on_page).document(brief)


def _on_page(number_id: str) -> str:
    return f"#so-{quote(number_id, safe='')}"


class _Writer:
    def __init__(self, profile: Profile, address: Address) -> None:
        self._profile = profile
        self._address = address

    def document(self, brief: Brief) -> str:
        parts = [
            self._head(brief),
            *self._paragraphs(brief.opening),
            *self._sections(brief.sections, 2),
            *self._paragraphs(closing_text(brief, self._profile)),
            self._signing(brief),
            self._notes(brief),
            *(self._annex(annex) for annex in brief.annexes),
        ]
        return "\n".join(part for part in parts if part)

    def _head(self, brief: Brief) -> str:
        head, profile = brief.head, self._profile
        motto = "<br>".join(f"<strong>{escape(line)}</strong>" for line in profile.motto)
        date = profile.place_and_date.format(place=head.place, year=head.year)
        star = "<br>*" if profile.under_body == "star" else ""
        return (
            f'<header><div class="issuers"><p>{escape(head.parent_body)}<br>'
            f"<strong>{escape(head.body)}</strong>{star}<br>{escape(profile.number)}</p>"
            f"<p>{motto}<br><em>{escape(date)}</em></p></div>"
            f'<h1 class="brief-title">{escape(profile.kind)}<br>{escape(head.title)}</h1></header>'
        )

    def _sections(self, sections: Iterable[Section], level: int) -> Iterable[str]:
        for one in sections:
            tag = f"h{level + one.level - 1}"
            yield f"<{tag}>{escape(section_title(one, self._profile))}</{tag}>"
            yield from self._paragraphs(one.paragraphs)

    def _paragraphs(self, paragraphs: Iterable[Paragraph]) -> Iterable[str]:
        for one in paragraphs:
            start = '<p class="bullet">- ' if one.bullet else "<p>"
            yield f"{start}{''.join(self._run(run) for run in one.runs)}</p>"

    def _run(self, run: Run) -> str:
        text = self._linked(run.text, run.number)
        if run.note is None:
            return text
        return f'{text}<sup id="cho-{run.note}"><a href="#ghi-chu-{run.note}">{run.note}</a></sup>'

    def _linked(self, text: str, number_id: str | None) -> str:
        if number_id is None:
            return escape(text)
        address = escape(self._address(number_id), quote=True)
        name = escape(number_id, quote=True)
        return f'<a href="{address}" data-number="{name}">{escape(text)}</a>'

    def _signing(self, brief: Brief) -> str:
        label = escape(self._profile.recipients_label.text)
        recipients = "".join(f"<li>{escape(one)}</li>" for one in brief.head.recipients)
        signing = "<br>".join(escape(line) for line in brief.head.signing)
        return (
            f'<div class="issuers"><div><p><em>{label}</em></p><ul>{recipients}</ul></div>'
            f"<p><strong>{signing}</strong></p></div>"
        )

    def _notes(self, brief: Brief) -> str:
        back = escape(_("Về chỗ ghi chú"), quote=True)
        items = "".join(
            f'<li id="ghi-chu-{note.number}" value="{note.number}">{escape(note.text)} '
            f'<a href="#cho-{note.number}" aria-label="{back} {note.number}">↑</a></li>'
            for note in brief.notes
        )
        return f'<ol class="notes">{items}</ol>' if items else ""

    def _annex(self, annex: Annex) -> str:
        name = f"phu-luc-{annex.key}"
        title = f"{annex_name(annex)}. {annex.title}"
        body = [
            *self._sections(annex.sections, 3),
            *(self._table(table, annex.title) for table in annex.tables),
        ]
        return (
            f'<section class="annex" aria-labelledby="{name}"><h2 id="{name}">{escape(title)}</h2>'
            + "\n".join(body)
            + "</section>"
        )

    def _table(self, table: Table, annex_title: str) -> str:
        titles = "".join(
            f'<th scope="col" class="to-{column.align}">{escape(column.title)}</th>'
            for column in table.columns
        )
        rows = "".join(self._row(table, row) for row in table.rows)
        caption = escape(table.title or annex_title)
        return (
            f'<table class="table"><caption>{caption}</caption>'
            f"<thead><tr>{titles}</tr></thead><tbody>{rows}</tbody></table>"
        )

    def _row(self, table: Table, row: Iterable[Cell]) -> str:
        cells = (
            f'<td class="to-{column.align}">{self._cell(cell)}</td>'
            for column, cell in zip(table.columns, row, strict=True)
        )
        return f"<tr>{''.join(cells)}</tr>"

    def _cell(self, cell: Cell) -> str:
        text = self._linked(cell.text, cell.number)
        return f"<strong>{text}</strong>" if cell.bold else text
