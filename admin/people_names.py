"""How people are named on pages: the post and the unit first, the name when it is known."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from admin import access
from admin.db_session import session
from qcdc_core.language import gettext as _
from qcdc_core.people.tables import Person, Post
from qcdc_core.users import User


@dataclass(frozen=True)
class Names:
    people: dict[int, str]
    users: dict[int, str]

    def of(self, person_id: int | None, user_id: int | None) -> str:
        """Whoever did it; 'hệ thống' when nobody did."""
        if user_id is not None:
            return self.users.get(user_id, _("người dùng cũ"))
        if person_id is not None:
            return self.people.get(person_id, _("đầu mối cũ"))
        return _("hệ thống")


def names_in(person_ids: Iterable[int | None], user_ids: Iterable[int | None], day: date) -> Names:
    people = {one for one in person_ids if one is not None}
    users = {one for one in user_ids if one is not None}
    rows = session().scalars(select(User).where(User.id.in_(users)))
    return Names(_people(people, day), {row.id: row.name for row in rows})


def post_name(title: str, unit_name: str) -> str:
    """'Trưởng thôn · thôn Đông'."""
    return f"{title} · {unit_name}" if unit_name else title


def _people(ids: set[int], day: date) -> dict[int, str]:
    tree = access.tree(day)
    posts: dict[int, str] = {}
    for post in session().scalars(select(Post).where(Post.person_id.in_(ids)).order_by(Post.id)):
        unit = tree.node(post.unit_id).full_name if post.unit_id in tree else ""
        posts.setdefault(post.person_id, post_name(post.title, unit))
    rows = session().scalars(select(Person).where(Person.id.in_(ids)))
    return {row.id: _person(posts.get(row.id, _("đầu mối")), row.name) for row in rows}


def _person(post: str, name: str | None) -> str:
    return f"{post} ({name})" if name else post
