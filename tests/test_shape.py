"""Files and functions stay small enough to be read at one go."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE_LINES = 400
FUNCTION_LINES = 50


def sources() -> list[Path]:
    """Python files of the project, tests included; migrations are generated lists of columns."""
    folders = ("admin", "bot", "qcdc_core", "tests", "tools")
    found = [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]
    return [path for path in found if path.parent.name != "versions"]


def long_functions(path: Path) -> list[str]:
    tree = ast.parse(path.read_text("utf-8"))
    return [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= FUNCTION_LINES
    ]


def test_no_file_is_too_long() -> None:
    """A file is about one subject; one that outgrows the limit has two."""
    lengths = {path: len(path.read_text("utf-8").splitlines()) for path in sources()}
    long = {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > FILE_LINES}
    assert long == {}


def test_no_function_is_too_long() -> None:
    """A function does one step."""
    assert [found for path in sources() for found in long_functions(path)] == []


def test_no_lock_names_an_address() -> None:
    """Locks pin versions and hashes; where packages come from is the machine's business."""
    for lock in ROOT.glob("requirements*.txt"):
        text = lock.read_text("utf-8")
        assert "://" not in text, lock.name
        assert "--find-links" not in text, lock.name
        assert "--index-url" not in text, lock.name
