"""The small language of rules.yaml: sums, products, comparisons over figure codes.

Python's own parser reads it; only the few node kinds below are accepted, nothing is executed.
"""

import ast
import operator
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from qcdc_core.errors import BadData

_ARITHMETIC: Mapping[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}
_COMPARISON: Mapping[type[ast.cmpop], Callable[[Decimal, Decimal], bool]] = {
    ast.Eq: operator.eq,
    ast.LtE: operator.le,
    ast.GtE: operator.ge,
    ast.Lt: operator.lt,
    ast.Gt: operator.gt,
}


@dataclass(frozen=True)
class Comparison:
    """``left`` and ``right`` are sums; ``holds`` compares two numbers."""

    left: ast.expr
    right: ast.expr
    holds: Callable[[Decimal, Decimal], bool]


@cache
def comparison(text: str) -> Comparison:
    """Read 'a + b = c'. Raises BadData for anything that is not one comparison of sums."""
    node = _parse(re.sub(r"(?<![<>=])=(?!=)", "==", text))
    if not isinstance(node, ast.Compare) or len(node.ops) != 1:
        raise BadData(f"rules.yaml: not one comparison: {text!r}")
    holds = _COMPARISON.get(type(node.ops[0]))
    if holds is None:
        raise BadData(f"rules.yaml: this comparison is not known: {text!r}")
    for side in (node.left, node.comparators[0]):
        _check(side, text)
    return Comparison(node.left, node.comparators[0], holds)


@cache
def amount(text: str) -> ast.expr:
    """Read 'a + b - c'. Raises BadData for anything else."""
    node = _parse(text)
    _check(node, text)
    return node


def names(node: ast.expr) -> Iterator[str]:
    """The names used, as written: 'hoa_giai_vu', 'before.hoa_giai_dang', 'limit.ntm'."""
    match node:
        case ast.BinOp():
            yield from names(node.left)
            yield from names(node.right)
        case ast.Name(id=name):
            yield name
        case ast.Attribute(value=ast.Name(id=head), attr=tail):
            yield f"{head}.{tail}"


def value_of(node: ast.expr, known: Mapping[str, Decimal]) -> Decimal | None:
    """The amount, or None when a name in it has no value."""
    match node:
        case ast.BinOp():
            left, right = value_of(node.left, known), value_of(node.right, known)
            if left is None or right is None:
                return None
            return _ARITHMETIC[type(node.op)](left, right)
        case ast.Constant():
            return Decimal(str(node.value))
        case _:
            return known.get("".join(names(node)))


def _parse(text: str) -> ast.expr:
    try:
        return ast.parse(text.strip(), mode="eval").body
    except SyntaxError as error:
        raise BadData(f"rules.yaml: cannot read {text!r}") from error


def _check(node: ast.expr, text: str) -> None:
    match node:
        case ast.BinOp() if type(node.op) in _ARITHMETIC:
            _check(node.left, text)
            _check(node.right, text)
        case ast.Name() | ast.Attribute(value=ast.Name()):
            return
        case ast.Constant(value=int()):
            return
        case _:
            raise BadData(f"rules.yaml: not allowed in {text!r}")
