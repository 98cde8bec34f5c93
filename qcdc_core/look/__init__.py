"""The shared face of chat and admin: colours, sizes, typeface. Both apps serve it under /look/."""

from qcdc_core.look.served import LIFETIME_SECONDS, Served, digest_of, names, served

__all__ = ["LIFETIME_SECONDS", "Served", "digest_of", "names", "served"]
