"""Shipped YAML files, read strictly: a key that stands twice is refused, not silently dropped."""

from collections.abc import Hashable
from typing import Any

import yaml

from qcdc_core.errors import BadData


class _Loader(yaml.SafeLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's signature
        names = [key.value for key, _value in node.value]
        for name in names:
            if names.count(name) > 1:
                line = node.start_mark.line + 1
                raise BadData(f"{name!r} stands twice in the group that begins on line {line}")
        return super().construct_mapping(node, deep)


def read_yaml(text: str) -> Any:
    """What the text holds. Raises BadData when it is no YAML or a key stands twice in a group."""
    try:
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader that is stricter
    except yaml.YAMLError as error:
        raise BadData(f"not readable as YAML: {error}") from error
