"""What "không … nào" denies: không hồ sơ nào trễ hạn says that none is late, not that none came."""

from itertools import takewhile

from qcdc_core.reading.item import Item

_ENDS = frozenset("BCQ")  # of the words in which "nào" is looked for


def narrowed(items: list[Item]) -> list[Item]:
    """The items with each such denial moved behind its "nào", to the words that it denies.

    Where these are denied themselves (không đơn nào chưa giải quyết) or not known, the denial and
    its noun go: nothing is told of a number.
    """
    result = list(items)
    for denial in [item for item in items if item.mark == "negation"]:
        at = next(at for at, item in enumerate(result) if item is denial)
        which = _which(result, at)
        if which is not None:
            result = _moved(result, at, which)
    return result


def _which(items: list[Item], at: int) -> int | None:
    """Where "nào" stands behind a denied noun; None when it does not."""
    nouns = 0
    for place in range(at + 1, min(at + 5, len(items))):
        item = items[place]
        if item.text == "nao":
            return place if nouns else None
        if item.kind in _ENDS:
            return None
        nouns += item.kind != "F" and item.mark != "affirm"
    return None


def _moved(items: list[Item], at: int, which: int) -> list[Item]:
    head, noun, tail = items[:at], items[at + 1 : which + 1], items[which + 1 :]
    clause = list(takewhile(lambda item: item.kind not in _ENDS, tail))
    denied = next((item for item in clause if item.kind != "F"), None)
    if denied is None:
        return items
    if denied.mark == "negation" or denied.text.startswith("chua "):
        return [*head, *tail]
    label = next((place for place, item in enumerate(clause) if item.kind == "L"), None)
    if label is not None:
        return [*head, *noun, *tail[:label], items[at], *tail[label:]]
    return [*head, *tail] if denied.kind == "W" else items
