"""Photos and files on the page of their report."""

import hashlib

import pytest
from sqlalchemy import select

from qcdc_core import evidence
from qcdc_core.audit.tables import AuditEntry
from qcdc_core.evidence.tables import EvidenceFile
from qcdc_core.messages import inbox
from qcdc_core.reports.tables import Report
from tests.admin.site import NOW, Site, Visitor

PHOTO = b"\xff\xd8\xff\xe0" + b"so hop" * 50


def given(site: Site, body: bytes = PHOTO, name: str = "sổ họp.html") -> int:
    """A file that came with the report ``odd``."""
    with site.sessions.begin() as session:
        report = session.get_one(Report, site.ids["odd"])
        chat = inbox.conversation_at(session, "web", "web", "x", NOW)
        key = hashlib.sha256(body).hexdigest()
        message = inbox.receive(session, chat, key, "", NOW, kind="file")
        assert message is not None
        row = evidence.supply(session, message, name, body, NOW)
        row.unit_id, row.form, row.period = report.unit_id, report.form, report.period
        return row.id


def test_the_page_names_the_files_of_its_report_only(site: Site, hoa: Visitor) -> None:
    """Name, size and picture on that page; nothing on another."""
    file_id = given(site)
    path = f"/phieu/{site.ids['odd']}"
    page = hoa.get(path).text
    assert "sổ họp.html" in page
    assert "1 KB" in page
    assert f'src="{path}/tep/{file_id}/anh"' in page
    assert "tep-kem" not in hoa.get(f"/phieu/{site.ids['clean']}").text


@pytest.mark.parametrize("tail", ["", "/anh"])
def test_a_file_opens_as_what_it_is(site: Site, hoa: Visitor, tail: str) -> None:
    """A download under our name and the sniffed type, whatever the sender called it."""
    answer = hoa.get(f"/phieu/{site.ids['odd']}/tep/{given(site)}{tail}")
    assert (answer.status_code, answer.data) == (200, PHOTO)
    assert answer.mimetype == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=kem-phieu-")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer.headers["Cache-Control"]


def test_opening_stands_in_the_audit(site: Site, hoa: Visitor) -> None:
    """Who opened which file, without its name."""
    hoa.get(f"/phieu/{site.ids['odd']}/tep/{given(site)}")
    with site.sessions() as session:
        assert "evidence.opened" in session.scalars(select(AuditEntry.action)).all()


def test_a_file_is_closed_to_others(site: Site, hoa: Visitor) -> None:
    """Another commune's officer, a stranger, and through another report's page."""
    file_id = given(site)
    path = f"/phieu/{site.ids['odd']}/tep/{file_id}"
    assert site.signed_in("rin").get(path).status_code == 404
    assert site.stranger().get(path).status_code == 303
    assert hoa.get(f"/phieu/{site.ids['clean']}/tep/{file_id}").status_code == 404


def test_a_document_is_no_picture(site: Site, hoa: Visitor) -> None:
    """It is named, not drawn."""
    file_id = given(site, b"%PDF-1.7 bien ban", "bien ban.pdf")
    assert hoa.get(f"/phieu/{site.ids['odd']}/tep/{file_id}/anh").status_code == 404
    assert hoa.get(f"/phieu/{site.ids['odd']}/tep/{file_id}").mimetype == "application/pdf"


def test_a_file_on_its_way_is_named_so(site: Site, hoa: Visitor) -> None:
    """The reviewer sees that something comes; there is nothing to open yet."""
    file_id = given(site)
    with site.sessions.begin() as session:
        row = session.get_one(EvidenceFile, file_id)
        row.state, row.kind, row.size, row.sha256 = "waiting", None, None, None
    assert "đang tải về" in hoa.get(f"/phieu/{site.ids['odd']}").text
    assert hoa.get(f"/phieu/{site.ids['odd']}/tep/{file_id}").status_code == 404
