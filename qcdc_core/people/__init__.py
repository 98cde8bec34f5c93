"""People who report, their posts, and how they join."""

from qcdc_core.people.invitations import (
    find_invitation,
    invite,
    looks_like_code,
    looks_like_mistyped_code,
    posts_of,
    take_up,
)

__all__ = [
    "find_invitation",
    "invite",
    "looks_like_code",
    "looks_like_mistyped_code",
    "posts_of",
    "take_up",
]
