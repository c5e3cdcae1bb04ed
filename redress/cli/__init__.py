"""The `redress` command: a lazy group, so that `redress assess` never pays for the web stack."""

import importlib

import click

# command -> "module:attribute"; a module is imported only when its command is asked for
COMMANDS = {
    "assess": "redress.cli.assess:assess",
    "channel": "redress.cli.channel:channel",
    "chat": "redress.cli.chat:chat",
    "erase": "redress.cli.privacy:erase",
    "export": "redress.cli.privacy:export",
    "key": "redress.cli.keys:key",
    "migrate": "redress.cli.process:migrate",
    "nlu": "redress.cli.nlu:nlu",
    "policy": "redress.cli.policy:policy",
    "seed-demo": "redress.cli.process:seed_demo",
    "serve": "redress.cli.process:serve",
    "ticket": "redress.cli.tickets:ticket",
    "tickets": "redress.cli.tickets:tickets",
    "understand": "redress.cli.understand:understand",
    "user": "redress.cli.user:user",
    "worker": "redress.cli.process:worker",
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called or listed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, attribute = target.split(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="redress")
def main() -> None:
    """Redress, the after-sales desk of an online shop."""
