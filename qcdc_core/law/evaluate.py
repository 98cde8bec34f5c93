"""How good the answers are: replies beside labelled questions, as tests/samples/QUESTIONS.md says.

A line without "outcome" is out of scope: nothing may be cited for it.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from qcdc_core.law.citation import Citation
from qcdc_core.law.model import Knowledge
from qcdc_core.law.reply import Reply

AMONG = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one reply is worth. ``wrong_law``: a citation that did not hold on the day."""

    in_scope: bool
    first: bool = False
    among_three: bool = False
    fact: bool = False
    wrong_law: bool = False
    forbidden: bool = False
    answered: bool = False
    asked_back: bool = False
    unsure: bool = False
    outside: bool = False


def judge(case: Mapping[str, Any], reply: Reply, knowledge: Knowledge) -> Verdict:
    """``case``: one labelled line."""
    outcome = {
        "answered": reply.outcome == "answered",
        "asked_back": reply.outcome == "ask_back",
        "unsure": reply.outcome == "unsure",
        "outside": reply.outcome == "out_of_scope",
    }
    if "outcome" not in case:
        return Verdict(in_scope=False, wrong_law=bool(reply.citations), **outcome)
    return Verdict(
        in_scope=True,
        first=_is_right(case, reply),
        among_three=_is_right(case, reply) or _fits_any(reply.citations[:AMONG], case["citations"]),
        fact=_has_needs(case, reply),
        wrong_law=states_wrong_law(case, reply, knowledge),
        forbidden=any(_holds(reply.text, said) for said in case["must_not"]),
        **outcome,
    )


def _is_right(case: Mapping[str, Any], reply: Reply) -> bool:
    """The first citation of an answer, or the honest outcome where that is expected."""
    if case["outcome"] == "unsure":
        return reply.outcome in ("unsure", "out_of_scope") or _fits_any(
            reply.citations[:1], case["citations"]
        )
    if case["outcome"] == "ask_back":
        return reply.outcome == "ask_back" or _answers_for_each(case, reply)
    return reply.outcome == "answered" and _fits_any(reply.citations[:1], case["citations"])


def _answers_for_each(case: Mapping[str, Any], reply: Reply) -> bool:
    right = [c for c in reply.citations if _fits_any([c], case["citations"])]
    return len({c.provision for c in right}) > 1 and _has_needs(case, reply)


def _has_needs(case: Mapping[str, Any], reply: Reply) -> bool:
    """Where an honest "unsure" or a question back is expected, either is the fact needed."""
    if reply.outcome == case["outcome"] != "answered":
        return True
    return all(any(_holds(reply.text, said) for said in one_of) for one_of in case["needs"])


def states_wrong_law(case: Mapping[str, Any], reply: Reply, knowledge: Knowledge) -> bool:
    return any(_is_wrong(citation, case, knowledge) for citation in reply.citations)


def _is_wrong(citation: Citation, case: Mapping[str, Any], knowledge: Knowledge) -> bool:
    if _fits_any([citation], case["wrong_law"]):
        return True
    if _fits_any([citation], [*case["citations"], *case["also"]]):
        return False
    document = knowledge.documents[citation.document]
    return not document.holds_on(date.fromisoformat(case["today"]))


def _fits_any(citations: Iterable[Citation], labels: Iterable[str]) -> bool:
    wanted = [_label(label) for label in labels]
    return any(_fits(citation, label) for citation in citations for label in wanted)


def _label(text: str) -> Citation:
    """A label may name a whole document, as "11/HD-TLĐ" does."""
    return Citation.parse(text) if ":" in text else Citation(text, 0)


def _fits(citation: Citation, label: Citation) -> bool:
    """Equal, or below it: clause 1 of an article fits the article."""
    if label.article == 0:
        return citation.document == label.document
    if citation.provision != label.provision:
        return False
    if label.clause and citation.clause != label.clause:
        return False
    return not label.point or citation.point == label.point


def _holds(text: str, said: str) -> bool:
    """Digits at the ends of what is looked for touch no other digit."""
    pattern = re.escape(_even(said))
    before = r"(?<!\d)" if said[:1].isdigit() else ""
    after = r"(?!\d)" if said[-1:].isdigit() else ""
    return bool(re.search(f"{before}{pattern}{after}", _even(text)))


_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))


def _even(text: str) -> str:
    """One spelling of each syllable: the tone mark behind its syllable, wherever it was put."""
    return re.sub(r"[^\W\d_]+", lambda word: _tone_last(word.group()), _lower(text))


def _lower(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()


def _tone_last(word: str) -> str:
    apart = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in apart if ord(mark) in _TONES)
    return unicodedata.normalize("NFC", apart.translate(_TONES)) + tones


COUNTED = tuple(field.name for field in fields(Verdict) if field.name != "in_scope")


def tally(verdicts: Sequence[Verdict]) -> dict[str, int]:
    """How many of the verdicts hold each of `COUNTED`, and how many "questions" there are."""
    counted = {name: sum(getattr(one, name) for one in verdicts) for name in COUNTED}
    return {"questions": len(verdicts), **counted}
