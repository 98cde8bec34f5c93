"""Every command that the help lists can be loaded."""

from click.testing import CliRunner

from qcdc_core.cli import COMMANDS, main


def test_the_help_lists_every_command() -> None:
    """Those of the core, and those of packages that stand on it."""
    shown = CliRunner().invoke(main, ["--help"])
    assert shown.exit_code == 0, shown.output
    for name in (*COMMANDS, "channel"):
        assert f"  {name} " in shown.output


def test_an_unknown_command_is_refused() -> None:
    """With the usage, not with a traceback."""
    assert CliRunner().invoke(main, ["khong-co"]).exit_code == 2


def test_the_shipped_law_holds_together() -> None:
    """And what it lacks is counted."""
    shown = CliRunner().invoke(main, ["law", "check", "--today", "2026-11-22", "--all"])
    assert shown.exit_code == 0, shown.output
    assert "needs_check" in shown.output
