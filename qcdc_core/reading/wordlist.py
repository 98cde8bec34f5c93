"""words.yaml, read once, and the short hand its patterns are written in."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from itertools import product
from typing import Any

import yaml

from qcdc_core.reading.text import fold


@cache
def words() -> Mapping[str, Any]:
    text = resources.files("qcdc_core.reading").joinpath("words.yaml").read_text("utf-8")
    found: Mapping[str, Any] = yaml.safe_load(text)
    return found


def expand(pattern: str) -> Iterator[str]:
    """Every phrase that "[a|b|] c" stands for."""
    parts = re.split(r"\[([^\]]*)\]", pattern)
    choices = [part.split("|") if index % 2 else [part] for index, part in enumerate(parts)]
    for chosen in product(*choices):
        phrase = " ".join("".join(chosen).split())
        if phrase:
            yield fold(phrase)


def joined(phrase: str) -> str:
    return phrase.replace(" ", "")
