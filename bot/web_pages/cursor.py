"""How far a page has got: the last message it knows of each side. Written '12.15'."""

import re
from collections.abc import Sequence
from typing import NamedTuple, Self

from qcdc_core.errors import Refusal
from qcdc_core.messages.tables import InboundMessage, OutboundMessage


class Cursor(NamedTuple):
    inbound: int = 0
    outbound: int = 0

    def __str__(self) -> str:
        return f"{self.inbound}.{self.outbound}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises Refusal malformed."""
        found = re.fullmatch(r"([0-9]{1,18})\.([0-9]{1,18})", text)
        if found is None:
            raise Refusal("malformed")
        return cls(int(found[1]), int(found[2]))

    def moved(
        self, inbound: Sequence[InboundMessage], outbound: Sequence[OutboundMessage]
    ) -> "Cursor":
        return Cursor(
            max([self.inbound, *(one.id for one in inbound)]),
            max([self.outbound, *(one.id for one in outbound)]),
        )
