"""The command line `qcdc`. Each command is imported only when it is called."""

import importlib
from collections.abc import Mapping
from importlib.metadata import entry_points

import click

COMMANDS: Mapping[str, str] = {
    "read": "qcdc_core.cli.read:read",
    "ask": "qcdc_core.cli.ask:ask",
    "law": "qcdc_core.cli.law:law",
    "brief": "qcdc_core.cli.brief:brief",
    "import": "qcdc_core.cli.import_:import_",
    "migrate": "qcdc_core.cli.migrate:migrate",
    "demo": "qcdc_core.cli.demo:demo",
    "welcome": "qcdc_core.cli.demo:welcome",
    "invite": "qcdc_core.cli.invite:invite",
    "user": "qcdc_core.cli.user:user",
    "doctor": "qcdc_core.cli.doctor:doctor",
}

# Commands of packages that stand on this one, which it must not import.
OTHERS = "qcdc.commands"


class _LazyGroup(click.Group):
    """Knows the commands' names without importing what they need."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*COMMANDS, *entry_points(group=OTHERS).names})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        for found in entry_points(group=OTHERS, name=cmd_name):
            other: click.Command = found.load()
            return other
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=_LazyGroup, help="Trợ lý của Ban Chỉ đạo thực hiện dân chủ ở cơ sở.")
def main() -> None:
    """Obeys QCDC_DATABASE_URL and the other settings."""
