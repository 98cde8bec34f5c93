"""What the people of a crash proof write, and what must be stored of it afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session, sessionmaker

from qcdc_core.people import invite
from qcdc_core.units import add_unit

BEGIN = datetime(2026, 10, 13, 1, tzinfo=UTC)
CHANNELS = ("telegram", "zalo-bot")


@dataclass(frozen=True)
class Villager:
    """One village head; figures follow from the number, so that mixed-up reports are seen."""

    number: int
    code: str

    @property
    def unit_code(self) -> str:
        return f"TH-{self.number}"

    @property
    def channel(self) -> str:
        return CHANNELS[self.number % 2]

    @property
    def chat(self) -> str:
        return str(70_000 + self.number)

    def rounds(self) -> Iterator[tuple[str, ...]]:
        """Ten messages. Those of one round may arrive in any order, rounds follow each other."""
        one = self._figures()
        yield (self.code,)
        yield ("đồng ý",)
        yield (
            f"họp {one['hop_thon']} cuộc {one['hop_thon_luot']} người",
            f"hòa giải {one['hoa_giai_vu']} vụ thành {one['hoa_giai_thanh']} không thành 1",
            f"góp {self._millions()}tr, ngày công {one['dong_gop_cong']}, đất hiến 0, giám sát 1",
        )
        yield (f"kiến nghị {one['kien_nghi_nhan']} giải quyết {one['kien_nghi_giai_quyet']}",)
        yield ("gửi",)
        yield (f"sửa góp {self._millions() + 1}tr",)
        yield ("Gửi",)
        yield ("cty ko tổ chức hnnld thì bị phạt bao nhiêu",)

    def held(self) -> dict[str, Decimal]:
        """The figures that hold at the end: the contribution was corrected."""
        millions = {"dong_gop_tien": (self._millions() + 1) * 1_000_000}
        return {code: Decimal(value) for code, value in {**self._figures(), **millions}.items()}

    def _millions(self) -> int:
        return 10 + self.number % 40

    def _figures(self) -> dict[str, int]:
        meetings, cases = 1 + self.number % 4, 2 + self.number % 3
        return {
            "hop_thon": meetings,
            "hop_thon_luot": meetings * (30 + self.number % 50),
            "hoa_giai_vu": cases,
            "hoa_giai_thanh": cases - 1,
            "hoa_giai_khong_thanh": 1,
            "hoa_giai_dang": 0,
            "dong_gop_tien": self._millions() * 1_000_000,
            "dong_gop_cong": 40 + self.number % 30,
            "hien_dat": 0,
            "kien_nghi_nhan": 4 + self.number % 4,
            "kien_nghi_giai_quyet": 1 + self.number % 4,
            "giam_sat": 1,
        }


MESSAGES_EACH = sum(len(one) for one in Villager(0, "").rounds())
CONFIRMING = "gửi"
VILLAGES_OF_A_COMMUNE = 12


def settle(sessions: sessionmaker[Session], people: int, now: datetime) -> list[Villager]:
    """A village for each, in communes of a usual size, and their invitations."""
    since = date(2026, 1, 1)
    with sessions.begin() as session:
        found = []
        for number in range(people):
            if number % VILLAGES_OF_A_COMMUNE == 0:
                code = f"XA-{number // VILLAGES_OF_A_COMMUNE}"
                commune = add_unit(session, code, "xa", "Sơn Lang", None, valid_from=since)
            name = f"Số {number}"
            unit = add_unit(session, f"TH-{number}", "thon", name, commune.id, valid_from=since)
            found.append(Villager(number, invite(session, unit.id, "Trưởng thôn", now)))
        return found
