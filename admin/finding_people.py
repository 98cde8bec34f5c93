"""Finding somebody by name, post or unit, as people type: without accents, in any order."""

import re
from dataclasses import dataclass

from sqlalchemy import select

from admin import access
from admin.db_session import session
from admin.people_names import post_name
from qcdc_core.people.tables import Person, Post
from qcdc_core.reading.text import fold

MOST = 20


@dataclass(frozen=True)
class Found:
    """``posts`` is empty for somebody who never had one; past ones stand among them."""

    person_id: int
    name: str | None
    posts: tuple[str, ...]


def found_people(typed: str) -> tuple[Found, ...]:
    """Who has every typed word in name, posts or units; at most MOST, by number of joining."""
    wanted = _words(typed)
    everybody = session().scalars(
        select(Person).where(Person.erased_at.is_(None)).order_by(Person.id)
    )
    posts = _posts()
    hits = (
        Found(one.id, one.name, posts.get(one.id, ()))
        for one in everybody
        if _fits(wanted, one.name, posts.get(one.id, ()))
    )
    return tuple(found for found, _number in zip(hits, range(MOST), strict=False))


def _fits(wanted: list[str], name: str | None, posts: tuple[str, ...]) -> bool:
    words = set(_words(" ".join((name or "", *posts))))
    return bool(wanted) and all(one in words for one in wanted)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def _posts() -> dict[int, tuple[str, ...]]:
    """By person: title, unit and its code."""
    tree = access.tree()
    found: dict[int, tuple[str, ...]] = {}
    for post in session().scalars(select(Post).order_by(Post.id)):
        unit = tree.node(post.unit_id) if post.unit_id in tree else None
        name = post_name(post.title, f"{unit.full_name} ({unit.code})" if unit else "")
        found[post.person_id] = (*found.get(post.person_id, ()), name)
    return found
