"""Photos and files that reporters send as evidence: kept once, with the report they belong to."""

from qcdc_core.evidence.keep import (
    drop_unsent,
    expect,
    forget_sender,
    keep,
    place,
    settle_failed,
    supply,
)
from qcdc_core.evidence.kinds import LARGEST, kind_of

__all__ = [
    "LARGEST",
    "drop_unsent",
    "expect",
    "forget_sender",
    "keep",
    "kind_of",
    "place",
    "settle_failed",
    "supply",
]
