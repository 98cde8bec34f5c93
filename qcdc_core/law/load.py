"""Read the shipped knowledge and refuse it as a whole when it does not hold together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from qcdc_core.errors import BadData
from qcdc_core.law.check import problems, repeated
from qcdc_core.law.model import Card, Document, Knowledge, Neighbour, Provision

SHIPPED = Path(__file__).parent / "knowledge"
Entry = TypeVar("Entry", bound=BaseModel)
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load_knowledge(folder: Path = SHIPPED) -> Knowledge:
    """All knowledge under ``folder``, checked; raises `BadData` naming every problem found."""
    knowledge, found = read_knowledge(folder)
    found.extend(problems(knowledge))
    if found:
        raise BadData("\n".join(found))
    return knowledge


def read_knowledge(folder: Path) -> tuple[Knowledge, list[str]]:
    """What can be read, and what cannot; nothing is checked against anything else yet."""
    found: list[str] = []
    documents = _entries(Document, [folder / "documents.yaml"], found)
    provisions = _entries(Provision, sorted((folder / "provisions").glob("*.yaml")), found)
    cards = _entries(Card, sorted((folder / "cards").glob("*.yaml")), found)
    neighbours = _entries(Neighbour, sorted(folder.glob("neighbours*.yaml")), found)
    found.extend(repeated(card.id for card in cards))
    found.extend(repeated(f"{p.document}:{p.article}" for p in provisions))
    return build_knowledge(documents, provisions, cards, neighbours), found


def build_knowledge(
    documents: Iterable[Document],
    provisions: Iterable[Provision],
    cards: Iterable[Card],
    neighbours: Iterable[Neighbour] = (),
) -> Knowledge:
    by_id = {card.id: card for card in cards}
    return Knowledge(
        documents={document.document: document for document in documents},
        provisions={(p.document, p.article): p for p in provisions},
        cards=by_id,
        neighbours=tuple(neighbours),
        groups=_groups(by_id.values()),
    )


def _groups(cards: Iterable[Card]) -> dict[str, tuple[Card, ...]]:
    grouped: defaultdict[str, list[Card]] = defaultdict(list)
    for card in cards:
        if card.group:
            grouped[card.group].append(card)
    return {name: tuple(members) for name, members in grouped.items() if len(members) > 1}


def _entries(kind: type[Entry], files: Iterable[Path], found: list[str]) -> list[Entry]:
    return list(_read(kind, files, found))


def _read(kind: type[Entry], files: Iterable[Path], found: list[str]) -> Iterator[Entry]:
    for file in files:
        for number, raw in enumerate(_raw_entries(file, found), start=1):
            try:
                yield kind.model_validate(raw)
            except (ValidationError, BadData) as problem:
                name = raw.get("id", number) if isinstance(raw, dict) else number
                found.append(f"{file.name}, entry {name}: {_first_line(problem)}")


def _raw_entries(file: Path, found: list[str]) -> list[Any]:
    if not file.exists():
        return []
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader) or []  # noqa: S506
    except yaml.YAMLError as problem:
        found.append(f"{file.name}: {problem}")
        return []


def _first_line(problem: ValidationError | BadData) -> str:
    if isinstance(problem, ValidationError):
        return "; ".join(
            f"{'.'.join(map(str, error['loc']))}: {error['msg']}" for error in problem.errors()
        )
    return str(problem)
