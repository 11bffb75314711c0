"""What is a table? Named columns and rows of plain values, as EXCHANGE.md section 3 prints them."""

from collections.abc import Sequence

import msgspec

Cell = str | int | bool | None | list[str] | list[list[str]]


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """One table handed out: every row has exactly the ``columns``; ``None`` prints as empty.

    Lists print as JSON text in CSV and as lists in JSON; truth values as true/false.
    """

    name: str
    columns: tuple[str, ...]
    rows: Sequence[dict[str, Cell]]
