"""A citation is a value: document, article, clause, point."""

import re
from dataclasses import dataclass
from typing import Self

from qcdc_core.errors import BadData
from qcdc_core.language import gettext as _

_WRITTEN = re.compile(
    r"(?P<document>[^\s:]+):(?P<article>\d+)(?:\.(?P<clause>\d+)(?:\.(?P<point>[a-zđ]\d?))?)?"
)


@dataclass(frozen=True, order=True, slots=True)
class Citation:
    """One place in the law. Article 0 is the document as a whole."""

    document: str
    article: int
    clause: str | None = None
    point: str | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``145/2020/NĐ-CP:47.1``; anything else is refused with `BadData`."""
        found = _WRITTEN.fullmatch(text)
        if not found:
            raise BadData(f"not a citation: {text!r}")
        parts = found.groupdict()
        return cls(parts["document"], int(parts["article"]), parts["clause"], parts["point"])

    def __str__(self) -> str:
        tail = "".join(f".{part}" for part in (self.clause, self.point) if part)
        return f"{self.document}:{self.article}{tail}"

    @property
    def provision(self) -> tuple[str, int]:
        """The key of the article this lies in."""
        return self.document, self.article

    def in_words(self, short_name: str) -> str:
        """As an answer says it: ``khoản 1 Điều 47 Nghị định 145/2020/NĐ-CP``."""
        if self.article == 0:
            return short_name
        if self.point:
            return _("điểm {point} khoản {clause} Điều {article} {document}").format(
                point=self.point, clause=self.clause, article=self.article, document=short_name
            )
        if self.clause:
            return _("khoản {clause} Điều {article} {document}").format(
                clause=self.clause, article=self.article, document=short_name
            )
        return _("Điều {article} {document}").format(article=self.article, document=short_name)
