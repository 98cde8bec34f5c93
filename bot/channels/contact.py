"""The one button that asks for a telephone number, where a platform proves whose it is."""

from functools import cache

from qcdc_core.language import gettext as _
from qcdc_core.language import speak, spoken

# The only one that says which user a shared number belongs to.
PROVING = frozenset({"telegram"})


def share_phone() -> str:
    return _("Gửi số điện thoại của tôi")


def asks_for_phone(label: str) -> bool:
    """Whether a choice is this button, in whatever language it was written."""
    return label in _labels()


@cache
def _labels() -> frozenset[str]:
    before, labels = spoken(), set()
    for language in ("vi", "en"):
        speak(language)
        labels.add(share_phone())
    speak(before)
    return frozenset(labels)
