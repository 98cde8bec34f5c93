"""Users of the admin pages: accounts, passwords, roles."""

from qcdc_core.users.accounts import (
    ROLES,
    add_user,
    find_user,
    is_password_of,
    new_password,
    role_name,
    set_active,
    set_password,
)
from qcdc_core.users.tables import User

__all__ = [
    "ROLES",
    "User",
    "add_user",
    "find_user",
    "is_password_of",
    "new_password",
    "role_name",
    "set_active",
    "set_password",
]
