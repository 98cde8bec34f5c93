"""Whether a number fits a label: by its unit word, and by what kind of figure the label means."""

from qcdc_core.reading.item import Quantity
from qcdc_core.reading.places import OTHER, Place
from qcdc_core.reading.values import DoubtReason
from qcdc_core.reading.vocabulary import Topic, Vocabulary

PERCENT = "phan_tram"
_UNIT = 2.0  # what a fitting unit word adds to the score of a bond
_MILLION = 10**6


class Fitter:
    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def fit(self, place: Place, quantity: Quantity) -> tuple[str | None, float]:
        """The figure that a number beside this label is, and how well the unit word fits."""
        if place.unclear and place.code != OTHER:
            return self._unclear_fit(place, quantity), 0.0
        if place.code is None or place.code == OTHER:
            return place.code, 0.0
        if self.is_flag(place.code):
            return self._flag_fit(place, quantity)
        return self._unit_fit(place, place.code, quantity)

    def _unclear_fit(self, place: Place, quantity: Quantity) -> str | None:
        codes = place.unclear
        if quantity.unit not in (None, PERCENT):
            codes = tuple(one for one in codes if self.vocabulary.may_count(one, quantity.unit))
        return "?" + ",".join(codes) if codes else None

    def _unit_fit(self, place: Place, code: str, quantity: Quantity) -> tuple[str | None, float]:
        figure = self.vocabulary.figure(code)
        if quantity.unit == PERCENT:
            return (code if code in self.vocabulary.wholes else None), 0.0
        if quantity.scale >= _MILLION and figure.unit != "đồng":
            return None, 0.0
        return (code, 0.0) if quantity.unit is None else self._word_fit(place, code, quantity)

    def _word_fit(self, place: Place, code: str, quantity: Quantity) -> tuple[str | None, float]:
        figure = self.vocabulary.figure(code)
        fits = self.vocabulary.fits[code]
        if quantity.unit in fits:
            return code, _UNIT
        if (quantity.unit == "cong" and "cong_dat" in fits) or (
            quantity.unit == "met" and figure.unit == "m²"
        ):
            return code, _UNIT - 1
        doubted = self._topics(place).doubts.get(quantity.unit or "")
        if doubted is not None and place.header:
            quantity.doubt = quantity.doubt or DoubtReason.unclear
            return doubted, _UNIT - 1
        if place.header and place.topic:
            return self._topics(place).unit_codes.get(quantity.unit or ""), _UNIT - 1
        return None, 0.0  # the unit word is of another matter

    def _topics(self, place: Place) -> Topic:
        return self.vocabulary.topics[place.topic or ""]

    def is_flag(self, code: str) -> bool:
        return self.vocabulary.figure(code).kind == "flag"

    def _flag_fit(self, place: Place, quantity: Quantity) -> tuple[str | None, float]:
        if quantity.unit is None and not quantity.foreign and quantity.value in (0, 1):
            return place.code, 0.0
        topic = self.vocabulary.topics.get(place.topic or "")
        if quantity.unit == "cuoc" and quantity.value == 1 and place.header:
            return place.code, 0.0  # hội nghị CBCC 1 lần
        unit = quantity.unit or (quantity.rest[-1].unit if quantity.rest else None)
        if topic is None or not place.header:
            return None, 0.0
        if unit is None and not quantity.foreign:
            return topic.number, 0.0
        return (self._beside_flag(topic, unit) if unit else None), 0.0

    def _beside_flag(self, topic: Topic, unit: str) -> str | None:
        """Công đoàn 158 người: the figure of the flag's matter that has such a unit."""
        if topic.number and unit in self.vocabulary.fits[topic.number]:
            return topic.number
        return topic.unit_codes.get(unit)
