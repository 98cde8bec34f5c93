"""The dated tree of units (đơn vị)."""

from qcdc_core.units.tree import (
    Node,
    Tree,
    add_unit,
    change_unit,
    close_unit,
    tree_near,
    tree_on,
    units_on,
)

__all__ = [
    "Node",
    "Tree",
    "add_unit",
    "change_unit",
    "close_unit",
    "tree_near",
    "tree_on",
    "units_on",
]
