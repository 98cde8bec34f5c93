"""What an answer rests on: its details, the wording of the law, and changes of that wording."""

from collections.abc import Iterable, Sequence
from datetime import date

from bot.dialogue.state import Asked, LastQuestion, Offer
from bot.dialogue.talk import Talk
from qcdc_core.language import day as day_in_words
from qcdc_core.language import gettext as _
from qcdc_core.law import Citation
from qcdc_core.law.shipped import details_of
from qcdc_core.official import Quote, changed_since, quotes
from qcdc_core.questions.citing import knowledge

MOST_QUOTED = 3


def offers_after(
    talk: Talk, last: LastQuestion, *, without: frozenset[str] = frozenset()
) -> tuple[Offer, ...]:
    """What can be pressed under an answer; ``without``: what was shown already."""
    offers = [
        Offer(_("Xem thêm"), "more") if _details(last) else None,
        Offer(_("Xem nguyên văn"), "verbatim") if _quotes(talk, last) else None,
        Offer(_("Hỏi cán bộ"), "ask_person"),
        Offer(_("Đúng ý"), "good") if last.source else None,
        Offer(_("Chưa đúng"), "not_right") if last.source else None,
    ]
    return tuple(one for one in offers if one is not None and one.do not in without)


def tell_more(talk: Talk, last: LastQuestion) -> None:
    details = _details(last)
    _tell(talk, last, details or _("Câu trả lời trên đã đủ các ý đã kiểm tra."), "more")


def tell_verbatim(talk: Talk, last: LastQuestion) -> None:
    """The places cited, letter by letter, as of the day whose law was told."""
    found = _quotes(talk, last)
    if not last.places:
        text = _("Câu trả lời trên không dẫn điều luật nào, nên không có nguyên văn để xem.")
    elif not found:
        text = _("Nguyên văn của căn cứ trên chưa được nạp ở đây. Có thể hỏi cán bộ.")
    else:
        text = "\n\n".join(in_words(one) for one in found)
    _tell(talk, last, text, "verbatim")


def in_words(one: Quote) -> str:
    """The place and its time in our words, then the law in its own."""
    short = knowledge().short_name(one.citation)
    head = _("Nguyên văn {place}, bản chữ từ {day}:").format(
        place=one.citation.in_words(short), day=day_in_words(one.in_force_from)
    )
    own = one.words if one.words.startswith(one.heading) else f"{one.heading}\n{one.words}"
    return f"{head}\n{own}"


def changes(talk: Talk, places: Iterable[Citation], checked_on: date, day: date) -> list[str]:
    """A caution for each place whose wording changed, by ``day``, after somebody last looked."""
    found = {one: changed_since(talk.session, one, checked_on, day) for one in places}
    sentence = _(
        "Lưu ý: chữ của {place} đổi từ {day}; câu trả lời này chưa được xem lại theo bản mới."
    )
    return [
        sentence.format(
            place=place.in_words(knowledge().short_name(place)), day=day_in_words(since)
        )
        for place, since in found.items()
        if since is not None
    ]


def cited(places: Iterable[str], day: date) -> dict[str, object] | None:
    """For `OutboundMessage.cited`; None when nothing is cited."""
    listed = list(dict.fromkeys(places))
    return {"places": listed, "day": day.isoformat()} if listed else None


def _details(last: LastQuestion) -> str | None:
    if not last.day:
        return None
    sources = last.source.split(",")
    found = [details_of(one, date.fromisoformat(last.day)) for one in sources]
    return "\n".join(one for one in found if one) or None


def _quotes(talk: Talk, last: LastQuestion) -> Sequence[Quote]:
    if not last.places:
        return ()
    citations = [Citation.parse(one) for one in last.places[:MOST_QUOTED]]
    return quotes(talk.session, knowledge(), citations, date.fromisoformat(last.day))


def _tell(talk: Talk, last: LastQuestion, text: str, shown: str) -> None:
    """The other offers stay, unless a question about a report stands."""
    asked = talk.state.asked
    if asked is None or asked.kind != "answer":
        talk.say(text)
        return
    left = {one.do for one in asked.offers}
    offers = tuple(one for one in offers_after(talk, last) if one.do in left and one.do != shown)
    talk.put(Asked("answer", offers=offers), text)
