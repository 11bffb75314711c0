"""``headstamp [-C CASEBOOK] VERB …``: the command line and how it ends."""

import os
import signal
import sys
from pathlib import Path
from types import TracebackType
from typing import Annotated

import typer

from headstamp import __version__
from headstamp.cli.grouped import Grouped
from headstamp.terms.errors import HeadstampError, RefusedError

_MISUSE, _REFUSED, _OWN_FAULT = 2, 3, 70

app = typer.Typer(
    name="headstamp",
    cls=Grouped,
    rich_markup_mode=None,  # Help without rich: a quarter of a second is spent otherwise.
    pretty_exceptions_enable=False,
    add_completion=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _version(asked: bool) -> None:  # noqa: FBT001  typer's own signature
    if asked:
        typer.echo(f"headstamp {__version__}")
        raise typer.Exit


@app.callback()
def main(
    context: typer.Context,
    *,
    casebook: Annotated[
        Path,
        typer.Option(
            "-C", "--casebook", metavar="CASEBOOK", help="The casebook; else this folder."
        ),
    ] = Path(),
    version: Annotated[  # noqa: ARG001  its callback answers
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say which one.")
    ] = False,
) -> None:
    """Trace weapons from their marks to the point where they left authorised custody.

    Every value keeps its source and grade; what is not known is said to be not known.
    """
    context.obj = casebook


def run() -> None:
    """Run the command line: 0 done, 1 done with issues, 2 misuse, 3 refused."""
    _end_quietly()
    sys.excepthook = _own_fault
    for stream in (sys.stdout, sys.stderr):
        # What is on record is in all scripts, whatever the terminal says it can show.
        getattr(stream, "reconfigure", lambda **_: None)(
            encoding="utf-8", errors="backslashreplace"
        )
    try:
        typer.main.get_command(app)(prog_name="headstamp")
    except HeadstampError as error:
        hint = f"\n  {error.hint}" if error.hint else ""
        print(f"headstamp: {error.message}{hint}", file=sys.stderr)  # noqa: T201
        sys.exit(_REFUSED if isinstance(error, RefusedError) else _MISUSE)


def enter() -> None:
    """Run the command line as a process of its own."""
    try:
        run()
    except SystemExit as done:
        _leave(done)


def _leave(done: SystemExit) -> None:
    """End at once: to take a million objects apart one by one takes half a second.

    All that is to last was written and synced before. What cannot be flushed is left to
    Python, which says so.
    """
    is_code = done.code is None or isinstance(done.code, int)
    if not is_code or sys.flags.dev_mode or sys.stdout is None or sys.stderr is None:
        raise done
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        raise done from None
    os._exit(done.code if isinstance(done.code, int) else 0)


def _own_fault(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    """Say in two lines that the fault is ours; the traceback is for ``python -X dev``.

    Ends with 70, so that nobody takes it for *done, with issues to look at*.
    """
    if sys.flags.dev_mode:
        sys.__excepthook__(kind, error, trace)
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    code = None if trace is None else trace.tb_frame.f_code.co_filename
    place = "" if trace is None else f" at {Path(str(code)).name}:{trace.tb_lineno}"
    print(  # noqa: T201
        f"headstamp: a fault of Headstamp itself, not of your data: {kind.__name__}{place}\n"
        "  what was acknowledged before is recorded; please report this line",
        file=sys.stderr,
    )
    sys.stderr.flush()
    os._exit(_OWN_FAULT)


def _end_quietly() -> None:
    """Let a broken pipe and Ctrl-C end the process as they end any other program.

    Nothing acknowledged is lost: the journal stands a kill at any moment.
    """
    for name, ours in (("SIGPIPE", signal.SIG_IGN), ("SIGINT", signal.default_int_handler)):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == ours:
            signal.signal(number, signal.SIG_DFL)
