"""The settings that exist, the ones that are documented and the ones that are started agree."""

import re
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo

from qcdc_core.config import Settings

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / ".env.example"


def documented() -> dict[str, str]:
    """Variable → value shown in .env.example."""
    return dict(re.findall(r"^#?(QCDC_\w+)=(.*)$", EXAMPLE.read_text("utf-8"), re.MULTILINE))


def shown(field: FieldInfo) -> str:
    """A default as it is written in an environment variable."""
    if field.default is None:
        return ""
    return str(field.default).lower() if isinstance(field.default, bool) else str(field.default)


def test_every_setting_is_documented_with_its_default() -> None:
    """.env.example lists what Settings knows, and nothing that it does not know."""
    known = {f"QCDC_{name.upper()}": shown(field) for name, field in Settings.model_fields.items()}
    assert documented() == known


def test_every_documented_setting_is_explained_in_two_languages() -> None:
    """Two comment lines at least stand above each variable: Vietnamese, then English."""
    for block in re.split(r"\n\n+", EXAMPLE.read_text("utf-8")):
        if "QCDC_" in block:
            comments = [line for line in block.splitlines() if line.startswith("# ")]
            assert len(comments) >= 2, block


def test_an_uncommented_example_is_a_valid_setting_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copying the file and removing the # of every line that has a value gives the defaults."""
    for name in documented():
        monkeypatch.delenv(name, raising=False)
    text = re.sub(r"^#(QCDC_\w+=.+)$", r"\1", EXAMPLE.read_text("utf-8"), flags=re.MULTILINE)
    (tmp_path / "env").write_text(text, "utf-8")
    assert Settings(_env_file=tmp_path / "env") == Settings(_env_file=None)


def test_the_processes_start_on_the_default_address_of_the_settings() -> None:
    """Procfile repeats host and ports as shell defaults; they may not drift apart."""
    text = (ROOT / "Procfile").read_text("utf-8")
    for variable, default in re.findall(r"\$\{(QCDC_\w+):-([^}]*)\}", text):
        assert documented()[variable] == default
