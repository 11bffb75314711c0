"""How are verbs found and listed? Each is loaded when it is called; help is in sections."""

from functools import cache
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typing_extensions import override

from headstamp.cli.verbs import VERBS


class Grouped(TyperGroup):
    """A group whose verbs stand in ``verbs.py``: only the one that is called is built."""

    @override
    def list_commands(self, ctx: Any) -> list[str]:
        """Return every verb, in the order of the help."""
        return list(VERBS)

    @override
    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the verb, built now; None where there is none of this name."""
        return _built(cmd_name) if cmd_name in VERBS else None

    @override
    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the verbs under the headings of their sections."""
        for section in dict.fromkeys(verb.section for verb in VERBS.values()):
            rows = [(name, verb.about) for name, verb in VERBS.items() if verb.section == section]
            with formatter.section(section):
                formatter.write_dl(rows)


@cache
def _built(name: str) -> Any:  # noqa: ANN401  typer's own click
    verb = VERBS[name]
    module = import_module(f"headstamp.cli.{verb.module}")
    function = getattr(module, verb.function) if verb.function else module.listing(name)
    single = typer.Typer(
        rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False
    )
    settings = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
    single.command(name, help=verb.about, context_settings=settings)(function)
    return typer.main.get_command(single)
