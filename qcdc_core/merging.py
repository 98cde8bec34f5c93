"""Two people of the books who turn out to be one: everything of the second becomes the first's.

It happens when somebody joined twice, on two channels, and links them. Nothing that was confirmed
changes but the reference to who it was; the audit keeps that there were two.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, PrimaryKeyConstraint, Table, UniqueConstraint, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from qcdc_core.all_tables import metadata
from qcdc_core.audit import record
from qcdc_core.clock import local_day
from qcdc_core.errors import Refusal
from qcdc_core.people.tables import Person, Post
from qcdc_core.reports.tables import Draft
from qcdc_core.users.tables import User


def merge_people(session: Session, into_id: int, gone_id: int, now: datetime) -> None:
    """Posts, drafts, consents, reports and chats of ``gone_id`` go to ``into_id``.

    Of two drafts of the same report the one changed last stays. Raises Refusal two_accounts when
    both have an account on the admin pages, since an officer may not accept their own figures, and
    not_linked when one of them is gone already.
    """
    both = select(Person.id).where(Person.id.in_((into_id, gone_id))).order_by(Person.id)
    if len(session.scalars(both.with_for_update()).all()) < 2:
        raise Refusal("not_linked")
    accounts = select(User.person_id).where(User.person_id.in_((into_id, gone_id))).distinct()
    if len(session.scalars(accounts).all()) > 1:
        raise Refusal("two_accounts")
    session.flush()
    _drop_older_drafts(session, into_id, gone_id)
    for table, column in _references():
        _repoint(session, table, column, into_id, gone_id)
    _close_double_posts(session, into_id, now)
    session.execute(delete(Person).where(Person.id == gone_id))
    session.expire_all()
    record(session, now, f"person:{into_id}", "person.merged", str(into_id), gone=gone_id)


def _references() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column that names a person, in whatever table."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table.name == Person.__tablename__ for key in column.foreign_keys):
                yield table, column


def _repoint(
    session: Session, table: Table, column: Column[Any], into_id: int, gone_id: int
) -> None:
    """Rows of which each person has one at most fall away where the first has theirs."""
    if not _is_unique(table, column):
        session.execute(update(table).where(column == gone_id).values({column: into_id}))
        return
    keys = list(table.primary_key.columns)
    for key in session.execute(select(*keys).where(column == gone_id)).all():
        here = [one == value for one, value in zip(keys, key, strict=True)]
        try:
            with session.begin_nested():
                session.execute(update(table).where(*here).values({column: into_id}))
        except IntegrityError:
            session.execute(delete(table).where(*here))


def _is_unique(table: Table, column: Column[Any]) -> bool:
    constraints = [
        one
        for one in table.constraints
        if isinstance(one, UniqueConstraint | PrimaryKeyConstraint) and column in set(one.columns)
    ]
    indexes = [one for one in table.indexes if one.unique and column in set(one.columns)]
    return bool(constraints or indexes)


def _drop_older_drafts(session: Session, into_id: int, gone_id: int) -> None:
    theirs = aliased(Draft)
    pairs = session.execute(
        select(Draft, theirs).where(
            Draft.person_id == into_id,
            theirs.person_id == gone_id,
            theirs.unit_id == Draft.unit_id,
            theirs.form == Draft.form,
            theirs.period == Draft.period,
        )
    ).all()
    for one, other in pairs:
        session.delete(min(one, other, key=lambda draft: draft.changed_at))
    session.flush()


def _close_double_posts(session: Session, person_id: int, now: datetime) -> None:
    """Both held the same post: once is enough."""
    seen: set[tuple[int, str]] = set()
    posts = select(Post).where(Post.person_id == person_id, Post.valid_to.is_(None))
    for post in session.scalars(posts.order_by(Post.valid_from, Post.id)):
        key = post.unit_id, post.title
        if key in seen:
            post.valid_to = max(local_day(now), post.valid_from + timedelta(days=1))
        seen.add(key)
    session.flush()
