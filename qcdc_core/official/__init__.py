"""Official texts, loaded by an installation and quoted letter by letter.

take_in_text(session, knowledge, Offered(path, "10/2022/QH15", date(2023, 7, 1)), now, actor)
found = quote(session, knowledge, Citation.parse("10/2022/QH15:15.1"), today)
"""

from qcdc_core.official.keep import Offered, Taken, take_in_text
from qcdc_core.official.quote import Quote, changed_since, loaded, quote, quotes

__all__ = [
    "Offered",
    "Quote",
    "Taken",
    "changed_since",
    "loaded",
    "quote",
    "quotes",
    "take_in_text",
]
