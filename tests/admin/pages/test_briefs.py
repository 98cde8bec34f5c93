"""Compiling a brief, reading it down to the messages, downloading it."""

import re

import pytest
from sqlalchemy import select

from qcdc_core.audit.tables import AuditEntry
from qcdc_core.messages import inbox
from qcdc_core.messages.tables import OutboundMessage
from qcdc_core.people.tables import Person
from qcdc_core.users import User
from tests.admin.site import NOW, Site, Visitor

NUMBER = re.compile(r'<a href="([^"]+)" data-number=')


@pytest.fixture
def brief(tinh: Visitor) -> str:
    """The address of the province's brief of the quarter that runs."""
    answer = tinh.post("/bao-cao", unit="MH", period="2026-Q4")
    assert answer.status_code == 303
    return answer.location


def test_a_brief_is_compiled_kept_and_listed(site: Site, tinh: Visitor, brief: str) -> None:
    """With who compiled it; the act is in the audit."""
    assert "Văn Bình" in tinh.get(brief).text
    assert f'href="{brief}"' in tinh.get("/bao-cao").text
    with site.sessions() as session:
        assert "brief.compiled" in session.scalars(select(AuditEntry.action)).all()


def test_every_number_of_a_brief_opens(tinh: Visitor, brief: str) -> None:
    """Sentences and tables alike."""
    addresses = set(NUMBER.findall(tinh.get(brief).text))
    assert len(addresses) > 20
    for address in addresses:
        assert tinh.get(address).status_code == 200, address


def test_a_number_leads_down_to_the_words_it_came_from(
    site: Site, tinh: Visitor, brief: str
) -> None:
    """Unit, report, figure, and the quoted words."""
    page = tinh.get(f"{brief}/so/thon_thang.hoa_giai_vu").text
    assert "Thôn Đông" in page
    link = re.search(r'href="([^"#]+)#muc-hoa_giai_vu">Thôn Đông', page)
    assert link is not None
    assert tinh.get(link[1]).location == f"/phieu/{site.ids['odd']}"
    assert "<mark>5 vụ</mark>" in page


def test_the_side_of_a_brief_gets_the_piece_alone(tinh: Visitor, brief: str) -> None:
    """No second document inside the first."""
    piece = tinh.get(f"{brief}/so/thon_thang.hoa_giai_vu?manh=1").text
    assert "<html" not in piece
    assert "<mark>5 vụ</mark>" in piece


def test_a_value_that_changed_after_compiling_says_so(
    site: Site, tinh: Visitor, brief: str
) -> None:
    """The brief stays as it was; nobody is left to believe that it is the newest."""
    tinh.act(site.ids["odd"], "sua/hoa_giai_vu", value="4", reason="theo sổ")
    assert "đã đổi sau đó" in tinh.get(f"{brief}/so/thon_thang.hoa_giai_vu").text


@pytest.mark.parametrize(("name", "begins"), [("docx", b"PK"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_a_brief_is_downloaded_as_a_file(
    site: Site, tinh: Visitor, brief: str, name: str, begins: bytes
) -> None:
    """Under a name that says what it is; the act is in the audit."""
    answer = tinh.client.get(f"{brief}/tai/{name}")
    assert answer.status_code == 200
    assert answer.data.startswith(begins)
    assert f"bao-cao-MH-2026-Q4.{name}" in answer.headers["Content-Disposition"]
    with site.sessions() as session:
        assert "brief.downloaded" in session.scalars(select(AuditEntry.action)).all()


def test_what_is_not_there_is_not_found(tinh: Visitor, brief: str) -> None:
    """A number, a format, a brief."""
    for path in (f"{brief}/so/khong.co", f"{brief}/tai/exe", "/bao-cao/999999"):
        assert tinh.get(path).status_code == 404


@pytest.mark.parametrize(
    ("unit", "period"),
    [("MH", "2026-Q2"), ("MH", "2030-Q1"), ("MH", "x"), ("KHONG-CO", "2026-Q4"), ("", "")],
)
def test_what_cannot_be_compiled_is_refused_with_a_sentence(
    tinh: Visitor, unit: str, period: str
) -> None:
    """Nothing reported, nothing begun, no such period, no such unit."""
    answer = tinh.post("/bao-cao", unit=unit, period=period)
    assert answer.status_code == 409
    assert 'role="alert"' in answer.text


def test_an_officer_reads_the_own_commune_only_and_compiles_nothing(
    hoa: Visitor, tinh: Visitor, brief: str
) -> None:
    """The province's brief does not exist for a commune."""
    assert hoa.post("/bao-cao", unit="MH-SL", period="2026-Q4").status_code == 403
    assert hoa.get(brief).status_code == 404
    assert hoa.get(f"{brief}/tai/docx").status_code == 404
    own = tinh.post("/bao-cao", unit="MH-SL", period="2026-Q4").location
    assert hoa.get(own).status_code == 200
    assert brief not in hoa.get("/bao-cao").text


def linked_user(site: Site, login: str) -> int:
    """The user gets a chat of their own; their id."""
    with site.sessions.begin() as session:
        user = session.scalars(select(User).where(User.login == login)).one()
        person = Person(joined_at=NOW)
        session.add(person)
        session.flush()
        chat = inbox.conversation_at(session, "web", "web", login, NOW)
        user.person_id = chat.person_id = person.id
        return user.id


def test_a_brief_is_sent_by_chat_to_who_may_read_it(site: Site, tinh: Visitor, brief: str) -> None:
    """The outbox has it with its file; the act is in the audit."""
    user_id = linked_user(site, "tinh")
    linked_user(site, "hoa")
    page = tinh.get(brief).text
    assert f'<option value="{user_id}">Văn Bình' in page
    assert ">Y Hoa</option>" not in page
    assert tinh.post(f"{brief}/gui", user=user_id).status_code == 303
    with site.sessions() as session:
        message = session.scalars(select(OutboundMessage)).one()
        assert message.attachment is not None
        assert message.attachment["kind"] == "brief"
        assert "brief.handed" in session.scalars(select(AuditEntry.action)).all()


def test_a_brief_goes_to_nobody_outside_its_unit(site: Site, tinh: Visitor, brief: str) -> None:
    """An officer below cannot be named as receiver; nothing is written."""
    answer = tinh.post(f"{brief}/gui", user=linked_user(site, "hoa"))
    assert answer.status_code == 303
    assert tinh.post(f"{brief}/gui", user="x").status_code == 404
    with site.sessions() as session:
        assert session.scalars(select(OutboundMessage)).all() == []
