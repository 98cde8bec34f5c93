"""Sentences of YAML files for Babel: the forms and rules that people read are data, not code."""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

import yaml

Found = tuple[int, None, str, list[str]]


def extract(
    file: IO[bytes], _keywords: Sequence[str], _comments: Sequence[str], options: Mapping[str, Any]
) -> Iterator[Found]:
    """Babel's extraction method: every text under one of the keys named in babel.cfg."""
    keys = frozenset(options["keys"].split())
    yield from _below(yaml.compose(file, Loader=yaml.SafeLoader), keys)


def _below(node: yaml.Node | None, keys: frozenset[str]) -> Iterator[Found]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _below(item, keys)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value in keys and isinstance(value, yaml.ScalarNode):
                yield value.start_mark.line + 1, None, value.value, []
            yield from _below(value, keys)
