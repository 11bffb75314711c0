"""Which rows has a file of JSON? One object is one row; what is nested is named with dots."""

import json
from collections.abc import Iterable, Iterator

from headstamp.intake import layout_kinds
from headstamp.intake.grids import Grid, GridRow, Grids, RawCell
from headstamp.intake.layout import FileForm
from headstamp.intake.trouble import Trouble

MAX_DEPTH = 8
AGAIN = " (again)"
"""Put after the name of a member that an object has twice: no layout reads the second."""

_Flat = dict[str, RawCell]


class _Pairs(list[tuple[str, object]]):
    """The members of an object as they stand in the file, equal names included."""


def read_json(file: str, data: bytes, form: FileForm) -> Grids:
    """Return the one grid of a JSON file: a list of objects, at the layout's ``path``.

    A row's number is its place in the list, the first being 1.
    """
    found = Grids()
    try:
        value = _decoded(data)
    except (ValueError, RecursionError) as error:
        said = f"cannot be read as JSON: {error}"
        return found.refuse(layout_kinds.FILE_UNREADABLE, said, file=file)
    for step in filter(None, form.path.split(".")):
        value = dict(value).get(step) if isinstance(value, _Pairs) else None
    if not isinstance(value, list) or isinstance(value, _Pairs):
        where = f"at {form.path!r} " if form.path else ""
        said = f"holds {where}no list of objects"
        hint = 'name the place of the list in the layout, such as path = "data.rows"'
        return found.refuse(layout_kinds.FILE_UNREADABLE, said, file=file, hint=hint)
    found.grids.append(_grid(_object_row(n, member) for n, member in enumerate(value, start=1)))
    return found


def read_json_lines(file: str, data: bytes, form: FileForm) -> Grids:
    """Return the one grid of a JSON Lines file; a line that is no object is a refused row.

    A row's number is that of its line. A file without one object is not what it says.
    """
    del form
    found = Grids()
    lines = enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1)
    rows = [_line_row(n, line) for n, line in lines if line.strip()]
    if all(trouble is not None for _, _, trouble in rows):
        said = "holds no line that is an object of JSON"
        return found.refuse(layout_kinds.FILE_UNREADABLE, said, file=file)
    found.grids.append(_grid(rows))
    return found


def _decoded(data: bytes) -> object:
    """Return what JSON says: whole numbers to the last digit, and every member of an object.

    Raises:
        ValueError: It is no JSON; ``NaN`` and ``Infinity`` are none.
    """
    return json.loads(data, object_pairs_hook=_Pairs, parse_constant=_refused)


def _refused(name: str) -> float:
    raise ValueError(f"{name} is no value of JSON")


def _line_row(number: int, line: bytes) -> tuple[int, _Flat, Trouble | None]:
    try:
        value = _decoded(line)
    except (ValueError, RecursionError) as error:
        said = f"the line is no JSON: {error}"
        return number, {}, Trouble(kind=layout_kinds.BROKEN_LINE, said=said)
    return _object_row(number, value)


def _object_row(number: int, value: object) -> tuple[int, _Flat, Trouble | None]:
    if not isinstance(value, _Pairs):
        raw = _json_text(value)[:200]
        said = "is no object with names and values"
        return number, {}, Trouble(kind=layout_kinds.BROKEN_LINE, said=said, raw=raw)
    cells: _Flat = {}
    for name, cell in _flat(value, "", 0):
        free = name
        while free in cells:
            free += AGAIN
        cells[free] = cell
    return number, cells, None


def _flat(value: _Pairs, before: str, depth: int) -> Iterator[tuple[str, RawCell]]:
    """Yield the cells of an object; lists and what is nested too deep as JSON text."""
    for key, member in value:
        name = f"{before}{key}"
        if isinstance(member, _Pairs) and depth < MAX_DEPTH:
            yield from _flat(member, f"{name}.", depth + 1)
        elif isinstance(member, list):
            yield name, _json_text(member) if member else None
        else:
            assert member is None or isinstance(member, str | int | float | bool)
            yield name, member


def _json_text(value: object) -> str:
    """Return a value as JSON says it, without spaces."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"))


def _plain(value: object) -> object:
    if isinstance(value, _Pairs):
        return {key: _plain(member) for key, member in value}
    return [_plain(member) for member in value] if isinstance(value, list) else value


def _grid(rows: Iterable[tuple[int, _Flat, Trouble | None]]) -> Grid:
    """Return objects as rows under the names that any of them has, in the order of meeting."""
    listed = list(rows)
    header = tuple(dict.fromkeys(name for _, cells, _ in listed for name in cells))
    return Grid(
        sheet="",
        header=header,
        rows=(
            GridRow(number, [cells.get(name) for name in header], trouble)
            for number, cells, trouble in listed
        ),
    )
