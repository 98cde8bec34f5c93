"""What happened to a report: sent, corrected, returned, accepted, reopened."""

from collections.abc import Generator, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

from qcdc_core.checking import Context, check
from qcdc_core.demo import sayings, times
from qcdc_core.demo.model import Act, Place, Reason, Turn, Values, data, dice
from qcdc_core.demo.plots import Plot
from qcdc_core.forms import Form
from qcdc_core.periods import Period

Step = Turn | Act

# Figures that no error rule ties to others: one wrong does not stop the sending.
FREE: Mapping[str, tuple[str, ...]] = {
    "thon_thang": ("hop_thon_luot", "dong_gop_cong", "kien_nghi_nhan", "dong_gop_tien"),
    "xa_thang": ("tiep_dan", "giam_sat_mttq", "phan_bien"),
    "co_quan_quy": ("tiep_dan", "kien_nghi_cbcc_nhan", "bien_che_giam"),
    "doanh_nghiep_quy": ("doi_thoai_dinh_ky", "kien_nghi_nld_nhan"),
    "chi_dao_quy": ("van_ban_chi_dao", "luot_nguoi_tuyen_truyen"),
}
OFFICE = "thuongtruc"
STILL_UNREAD = 0.35


class Story:
    """Tells one report; ``officer`` is the login of who reviews it."""

    def __init__(
        self, place: Place, form: Form, period: Period, values: Values, officer: str
    ) -> None:
        self.place, self.form, self.period = place, form, period
        self.values = values
        self.officer = officer
        self.rng = dice(place.code, form.code, period, "story")

    def ordinary(self, at: datetime, *, latest: bool) -> Iterator[Step]:
        """Mostly sent and accepted; now and then something is put right on the way."""
        chance = self.rng.random()
        code = self._free_code()
        if code is None or chance > 0.11:
            yield self._turn(at, self.values)
        elif chance < 0.04:
            at = yield from self._slip(at, code)
        elif chance < 0.07:
            at = yield from self._returned(at, code)
        elif chance < 0.09:
            yield from self._put_right_by_officer(at, code)
            return
        else:
            at = yield from self._reopened(at, code)
        if not latest or self.rng.random() > STILL_UNREAD:
            yield self._accepted(at)

    def just_sent(self, at: datetime) -> Iterator[Step]:
        """Nobody accepts the figures of a period that still runs."""
        yield self._turn(at, self.values)

    def plotted(self, plot: Plot, at: datetime, context: Context) -> Iterator[Step]:
        reasons = tuple(self._reasons(plot, context)) if plot.answer else ()
        yield self._turn(at, self.values, reasons)
        later = times.office_time(at, self.rng)
        if plot.ending == "returned":
            yield Act(later, "returned", self.officer, plot.code, plot.asked)
        elif plot.ending == "accepted":
            yield Act(later, "accepted", self.officer)

    def _reasons(self, plot: Plot, context: Context) -> Iterator[Reason]:
        """One answer serves whatever the rules ask about the report."""
        for finding in check(self.values, self.form, context):
            yield Reason(finding.rule, finding.code, finding.text, plot.answer)

    def _slip(self, at: datetime, code: str) -> Generator[Step, None, datetime]:
        """Wrong at first, mended by the sender the same day."""
        yield self._turn(at, self._with_wrong(code))
        at = times.soon(at, self.rng, 8, 90)
        yield self._correction(at, code)
        return at

    def _returned(self, at: datetime, code: str) -> Generator[Step, None, datetime]:
        yield self._turn(at, self._with_wrong(code))
        at = times.office_time(at, self.rng, 2)
        comment = self.rng.choice(data("phrases.yaml")["comments"])
        yield Act(at, "returned", self.officer, code, comment)
        at = times.soon(at, self.rng, 20, 300)
        yield self._correction(at, code)
        return at

    def _put_right_by_officer(self, at: datetime, code: str) -> Iterator[Step]:
        """Who entered a figure may not accept the report: the standing office does."""
        yield self._turn(at, self._with_wrong(code))
        at = times.office_time(at, self.rng, 2)
        reason = self.rng.choice(data("phrases.yaml")["officer_reasons"])
        yield Act(at, "corrected", self._corrector(), code, reason, self.values[code])
        yield Act(times.office_time(at, self.rng, 2), "accepted", OFFICE)

    def _corrector(self) -> str:
        return "quantri" if self.officer == OFFICE else self.officer

    def _reopened(self, at: datetime, code: str) -> Generator[Step, None, datetime]:
        """Accepted, and then the sender found a mistake."""
        yield self._turn(at, self._with_wrong(code))
        at = times.office_time(at, self.rng, 1)
        yield Act(at, "accepted", self.officer)
        at = times.soon(at, self.rng, 30, 400)
        yield self._correction(at, code)
        return at

    def _accepted(self, after: datetime) -> Act:
        return Act(times.office_time(after, self.rng), "accepted", self.officer)

    def _turn(self, at: datetime, values: Values, reasons: tuple[Reason, ...] = ()) -> Turn:
        said = sayings.say(self.place, self.form, self.period, values, self.rng)
        return Turn(at, said, values, reasons)

    def _correction(self, at: datetime, code: str) -> Turn:
        value = self.values[code] or Decimal(0)
        said = sayings.correct(self.place, self.form, code, value, self.rng)
        return Turn(at + timedelta(seconds=5), said, {code: value})

    def _free_code(self) -> str | None:
        codes = [code for code in FREE[self.form.code] if (self.values.get(code) or 0) > 0]
        return self.rng.choice(codes) if codes else None

    def _with_wrong(self, code: str) -> Values:
        right = self.values[code] or Decimal(0)
        step = {"đồng": 1_000_000, "lượt": 12}.get(self.form.figure(code).unit, 1)
        return {**self.values, code: right + step * self.rng.randint(1, 3)}
