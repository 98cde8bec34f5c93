"""`qcdc user`: accounts made and mended where nobody can sign in yet."""

import pytest
from sqlalchemy.orm import Session, sessionmaker

from qcdc_core.users import find_user, is_password_of
from qcdc_core.users.tables import User
from tests.builders import Province
from tests.cli.conftest import Qcdc, refused

PASSWORD = "một câu dài để nhớ"
ADD = ("user", "add", "hoa", "--name", "Y Hoa")


def user(stored: sessionmaker[Session], login: str = "hoa") -> User:
    with stored() as session:
        found = find_user(session, login)
    assert found is not None
    return found


def test_a_user_signs_in_with_the_password_from_standard_input(
    qcdc: Qcdc, stored: sessionmaker[Session], place: Province
) -> None:
    """Which is then not printed; without --unit, the user answers for the province."""
    result = qcdc(*ADD, "--role", "admin", "--stdin", input=f"{PASSWORD}\n")
    assert (result.exit_code, result.stdout) == (0, "Đã thêm người dùng hoa.\n")
    made = user(stored)
    assert (made.role, made.name, made.unit_id) == ("admin", "Y Hoa", place.province.id)
    assert is_password_of(made, PASSWORD)


def test_without_a_password_one_is_made_and_shown_once(
    qcdc: Qcdc, stored: sessionmaker[Session], place: Province
) -> None:
    """Only its digest is kept."""
    result = qcdc(*ADD, "--unit", "MH-SL")
    shown = result.stdout.split()[-1]
    assert is_password_of(user(stored), shown)
    assert shown not in user(stored).password_hash
    assert user(stored).unit_id == place.commune.id


@pytest.mark.parametrize("password", ["", "123456789", "ngắn", "x" * 201])
def test_a_weak_or_endless_password_is_refused(
    qcdc: Qcdc, stored: sessionmaker[Session], place: Province, password: str
) -> None:
    """Nobody is added."""
    sentence = refused(qcdc(*ADD, "--stdin", input=f"{password}\n"))
    assert "Mật khẩu" in sentence
    with stored() as session:
        assert find_user(session, "hoa") is None


def test_a_login_is_given_once(qcdc: Qcdc, stored: sessionmaker[Session], place: Province) -> None:
    """In any case; the first user and password stay."""
    qcdc(*ADD, "--stdin", input=f"{PASSWORD}\n")
    again = qcdc("user", "add", "HOA", "--name", "Khác", "--stdin", input="mật khẩu khác hẳn\n")
    assert "hoa" in refused(again).lower()
    assert user(stored).name == "Y Hoa"
    assert is_password_of(user(stored), PASSWORD)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("user", "add", "h", "--name", "Y Hoa"), "Tên đăng nhập"),
        (("user", "add", "Y Hoa", "--name", "Y Hoa"), "Tên đăng nhập"),
        (("user", "add", "hoa", "--name", " "), "--name"),
        ((*ADD, "--unit", "XX"), "XX"),
        (("user", "disable", "ai"), "ai"),
        (("user", "password", "ai"), "ai"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    qcdc: Qcdc, place: Province, arguments: tuple[str, ...], says: str
) -> None:
    """With what to do instead."""
    assert says in refused(qcdc(*arguments))


def test_an_unknown_role_is_refused(qcdc: Qcdc, place: Province) -> None:
    """By click, with the roles there are."""
    result = qcdc(*ADD, "--role", "king")
    assert result.exit_code == 2
    assert "officer" in result.stderr


def test_before_any_unit_there_is_no_user(qcdc: Qcdc, stored: object) -> None:
    """A user answers for a part of the tree."""
    assert "qcdc import units" in refused(qcdc(*ADD))


@pytest.mark.parametrize("arguments", [ADD, ("user", "list"), ("user", "disable", "hoa")])
def test_without_tables_it_says_what_to_run_first(
    qcdc: Qcdc, empty_database: str, use_database: object, arguments: tuple[str, ...]
) -> None:
    """No traceback on a fresh machine."""
    assert callable(use_database)
    use_database(empty_database)
    assert "qcdc migrate" in refused(qcdc(*arguments))


def test_a_new_password_replaces_the_old_one(
    qcdc: Qcdc, stored: sessionmaker[Session], place: Province
) -> None:
    """The old one opens nothing any more."""
    qcdc(*ADD, "--stdin", input=f"{PASSWORD}\n")
    qcdc("user", "password", "hoa", "--stdin", input="câu khác cũng dài\n")
    assert not is_password_of(user(stored), PASSWORD)
    assert is_password_of(user(stored), "câu khác cũng dài")


def test_a_user_who_was_stopped_cannot_sign_in_and_stays_listed(
    qcdc: Qcdc, stored: sessionmaker[Session], place: Province
) -> None:
    """What they did still has its name."""
    qcdc(*ADD, "--unit", "MH-SL", "--stdin", input=f"{PASSWORD}\n")
    qcdc("user", "disable", "hoa")
    assert not is_password_of(user(stored), PASSWORD)
    assert qcdc("user", "list").stdout == "hoa\tY Hoa\tofficer\tMH-SL\tđã ngừng\n"
