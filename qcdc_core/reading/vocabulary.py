"""The words of words.yaml, compiled per form into one table of joined phrases."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from qcdc_core.forms import Figure, Form
from qcdc_core.reading.number_words import NUMBER_WORDS
from qcdc_core.reading.spelling import Slips, slips
from qcdc_core.reading.text import fold
from qcdc_core.reading.values import Synonym
from qcdc_core.reading.wordlist import expand, joined, words

LONGEST = 8  # tokens in one phrase
_IGNORED = "_"
# People, cases and meetings are counted by many matters that are no figures.
_TELLING_UNITS = frozenset(
    {"dong", "cong", "m2", "ha", "sao", "thuoc", "mau", "cong_dat", "tieu_chi"}
)


@dataclass(frozen=True, slots=True)
class Label:
    """Words for figures.

    ``topic``: the matter; ``code``: that figure, wherever it stands; ``roles``: the figure by
    topic (None: known there, but no figure of the form).
    """

    topic: str | None = None
    code: str | None = None
    roles: Mapping[str, str | None] = field(default_factory=dict)
    other: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase can be. Exactly one or more of the fields is set."""

    text: str
    label: Label | None = None
    mark: str | None = None
    unit: str | None = None
    filler: bool = False
    noise: bool = False
    spelled: Mapping[str, str] = field(default_factory=dict)  # marks that need these letters


@dataclass(frozen=True)
class Topic:
    name: str
    codes: tuple[str, ...]
    main: str | None = None
    whole: str | None = None
    part: str | None = None
    pair: tuple[str, ...] = ()
    split: tuple[str, ...] = ()
    flag: str | None = None
    only: frozenset[str] = frozenset()
    soaks: frozenset[str] = frozenset()
    yes: tuple[str, ...] = ()  # beginnings of labels that say yes by themselves
    number: str | None = None  # the figure that a bare number beside a flag is (NTM 7)
    doubts: Mapping[str, str] = field(default_factory=dict)  # unit → the figure it leaves open
    rest: Mapping[str, str] = field(default_factory=dict)  # {"of": a figure, "beside": a part}
    rest_words: frozenset[str] = frozenset()
    turn: tuple[str, ...] = ()  # "tồn": the first code before the third is told, the second after
    unit_codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Vocabulary:
    """Everything needed to read one form."""

    form: Form
    figures: Mapping[str, Figure]
    phrases: Mapping[str, Phrase]
    beginnings: frozenset[str]  # of the joined phrases
    slips: Slips
    known: frozenset[str]
    labelled: frozenset[str]  # words of labels
    topics: Mapping[str, Topic]
    topic_of: Mapping[str, str]
    fits: Mapping[str, frozenset[str]]
    first_units: frozenset[str]
    wholes: Mapping[str, tuple[str, ...]]
    splits: Mapping[str, tuple[str, ...]]
    apart: Mapping[str, tuple[str, ...]]
    sole_units: Mapping[str, str]  # told by the unit alone
    product_units: Mapping[str, str]  # the same for what was multiplied out
    purposes: frozenset[str]
    subjects: frozenset[str]
    others: Mapping[str, str]  # what looks like a topic and is another matter → that topic
    unlike: frozenset[str]
    unlike_marks: frozenset[str]

    def figure(self, code: str) -> Figure:
        return self.figures[code]

    def says_nothing(self, word: str) -> bool:
        phrase = self.phrases.get(word)
        return phrase is not None and not (phrase.label or phrase.mark or phrase.unit)

    def may_count(self, code: str, unit: str | None) -> bool:
        """Whether a unit word is one of the figure's own; a flag has none."""
        return unit in self.fits[code] or self.figures[code].kind == "flag"


class _Table:
    """Collects phrases; a label wins over a mark, a mark over a filler."""

    def __init__(self) -> None:
        self.phrases: dict[str, Phrase] = {}

    def add(self, phrase: str, **fields: Any) -> None:
        key = joined(phrase)
        old = self.phrases.get(key) or Phrase(phrase)
        self.phrases[key] = replace(old, **fields)

    def add_all(self, patterns: Sequence[str], **fields: Any) -> None:
        for pattern in patterns:
            for phrase in expand(str(pattern)):
                self.add(phrase, **fields)

    def add_marks(self, patterns: Sequence[str], mark: str) -> None:
        """A word with marks needs them, or a text without any.

        One that ends with "!" needs them always (cỡ, not co).
        """
        for pattern in patterns:
            strict = str(pattern).endswith("!")
            spelled = str(pattern).removesuffix("!")
            phrase = " ".join(fold(spelled).split())
            if phrase == spelled and not strict:
                self.add(phrase, mark=mark)
                continue
            old = self.phrases.get(joined(phrase)) or Phrase(phrase)
            self.add(
                phrase,
                spelled={**old.spelled, joined(spelled): mark},
                mark=old.mark if strict or old.mark else f"{mark}?",
            )

    def add_role(self, phrase: str, topic: str, code: str | None) -> None:
        old = self.phrases.get(joined(phrase))
        label = old.label if old and old.label else Label()
        roles = {**label.roles, topic: code}
        self.add(phrase, label=replace(label, roles=roles))


def _general(table: _Table, words: Mapping[str, Any]) -> None:
    table.add_all(words["filler"], filler=True)
    for mark, patterns in words["marks"].items():
        table.add_marks(patterns, mark)
    for unit, patterns in words["units"].items():
        table.add_all(patterns, unit=unit)
    table.add_all(words["noise"], noise=True)


def _topic_words(table: _Table, name: str, raw: Mapping[str, Any]) -> None:
    for phrase in _each(raw.get("words", ())):
        table.add(phrase, label=_merged(table, phrase, Label(topic=name, code=None)))
    for code, patterns in raw.get("figures", {}).items():
        for phrase in _each(patterns):
            table.add(phrase, label=_merged(table, phrase, Label(topic=name, code=code)))
    for code, patterns in raw.get("roles", {}).items():
        for phrase in _each(patterns):
            table.add_role(phrase, name, None if code == _IGNORED else code)
    for phrase in _each(raw.get("rest", {}).get("words", ())):
        table.add_role(phrase, name, None)
    table.add_all(raw.get("not", ()), noise=True, label=None, mark=None, unit=None)
    if raw.get("flag"):
        table.add(name, label=Label(topic=name, code=None))


def _each(patterns: Sequence[str]) -> Iterator[str]:
    return (phrase for pattern in patterns for phrase in expand(pattern))


def _merged(table: _Table, phrase: str, label: Label) -> Label:
    """A phrase that was a role elsewhere keeps that use beside its own topic."""
    old = table.phrases.get(joined(phrase))
    return replace(label, roles=old.label.roles) if old and old.label else label


def _topic(name: str, raw: Mapping[str, Any]) -> Topic:
    codes = [
        raw.get("main"),
        raw.get("whole"),
        raw.get("flag"),
        *raw.get("split", ()),
        *raw.get("pair", ()),
        *raw.get("figures", {}),
        *raw.get("roles", {}),
    ]
    rest = raw.get("rest", {})
    kept = dict.fromkeys(code for code in codes if code and code != _IGNORED)
    return Topic(
        name=name,
        codes=tuple(kept),
        main=raw.get("main"),
        whole=raw.get("whole"),
        part=raw.get("part"),
        pair=tuple(raw.get("pair", ())),
        split=tuple(raw.get("split", ())),
        flag=raw.get("flag"),
        only=frozenset(raw.get("only", ())),
        soaks=frozenset(raw.get("soaks", ())),
        turn=tuple(raw.get("turn", ())),
        number=raw.get("number"),
        yes=tuple(raw.get("affirms", ())),
        doubts=raw.get("doubts", {}),
        rest={key: code for key, code in rest.items() if key != "words"},
        rest_words=frozenset(one for each in rest.get("words", ()) for one in expand(each)),
    )


def _labels(phrases: Mapping[str, Phrase]) -> Mapping[str, tuple[str, object]]:
    """Joined phrase → text and meaning of all labels of the form."""
    return {
        key: (phrase.text, _meaning(phrase))
        for key, phrase in phrases.items()
        if phrase.label and not phrase.label.other
    }


def _meaning(phrase: Phrase) -> object:
    label = phrase.label
    return label and (label.topic, label.code, tuple(sorted(label.roles.items(), key=str)))


_compiled: dict[tuple[str, tuple[Synonym, ...]], Vocabulary] = {}


def vocabulary(form: Form, synonyms: tuple[Synonym, ...] = ()) -> Vocabulary:
    """Compiled once per form and set of synonyms.

    Kept by the form's code, because hashing a whole form costs as much as reading a word.
    """
    found = _compiled.get((form.code, synonyms))
    if found is None or found.form is not form:
        found = _compiled[form.code, synonyms] = _vocabulary(form, synonyms)
    return found


def _vocabulary(form: Form, synonyms: tuple[Synonym, ...]) -> Vocabulary:
    listed = words()
    table = _Table()
    _general(table, listed)
    table.add_all(listed["other_topics"], label=Label(other=True))
    raw = listed["forms"][form.code]["topics"]
    for name, topic in raw.items():
        _topic_words(table, name, topic)
    topics = {name: _topic(name, one) for name, one in raw.items()}
    topic_of = {code: name for name, one in topics.items() for code in one.codes}
    for synonym in synonyms:
        if synonym.form == form.code:
            label = Label(topic=topic_of.get(synonym.code), code=synonym.code)
            table.add(" ".join(fold(synonym.phrase).split()), label=label, noise=False)
    fits = {figure.code: _fits(figure, listed["fits"]) for figure in form.figures}
    known = frozenset(word for one in table.phrases.values() for word in one.text.split())
    known |= NUMBER_WORDS | frozenset(table.phrases)
    units = frozenset(one.text.split()[0] for one in table.phrases.values() if one.unit)
    topics = {
        name: replace(topic, unit_codes=_unit_codes(topic, fits)) for name, topic in topics.items()
    }
    sole = _sole_units(form, fits)
    return Vocabulary(
        form,
        {figure.code: figure for figure in form},
        table.phrases,
        frozenset(key[:end] for key in table.phrases for end in range(1, len(key) + 1)),
        slips(_labels(table.phrases), table.phrases),
        known,
        _labelled(table.phrases),
        topics,
        topic_of,
        fits,
        units,
        _of_form(listed["wholes"], form),
        _of_form(listed["splits"], form),
        _of_form(listed["apart"], form),
        {unit: code for unit, code in sole.items() if unit in _TELLING_UNITS},
        sole,
        frozenset(listed["purposes"]),
        frozenset(listed["subjects"]),
        {phrase: name for name, one in raw.items() for phrase in _each(one.get("not", ()))},
        frozenset(listed["unlike"]),
        frozenset(listed["unlike_marks"]),
    )


def _fits(figure: Figure, listed: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """The unit words of a figure; people who are there are not counted by times."""
    fits = frozenset(listed.get(figure.unit, ()))
    return fits - {"luot"} if figure.kind == "stock" else fits


def _labelled(phrases: Mapping[str, Phrase]) -> frozenset[str]:
    labels = [one.text for one in phrases.values() if one.label and not one.label.other]
    return frozenset(word for text in labels for word in text.split())


def _of_form(raw: Mapping[str, Sequence[str]], form: Form) -> Mapping[str, tuple[str, ...]]:
    return {
        code: tuple(one for one in codes if one in form)
        for code, codes in raw.items()
        if code in form
    }


def _sole_units(form: Form, fits: Mapping[str, frozenset[str]]) -> Mapping[str, str]:
    """Units that only one figure of the form has."""
    units = {unit for figure in form for unit in fits[figure.code]}
    owners = {unit: [one.code for one in form if unit in fits[one.code]] for unit in units}
    return {unit: codes[0] for unit, codes in owners.items() if len(codes) == 1}


def _unit_codes(topic: Topic, fits: Mapping[str, frozenset[str]]) -> Mapping[str, str]:
    """Which figure of a topic a unit word means: the only one that it fits, or the main one."""
    found: dict[str, str] = {}
    for unit in sorted({unit for code in topic.codes for unit in fits[code]}):
        codes = [code for code in topic.codes if unit in fits[code]]
        if len(codes) == 1:
            found[unit] = codes[0]
        elif topic.main in codes:
            found[unit] = topic.main
    return found
