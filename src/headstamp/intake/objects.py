"""Which rows has a file of JSON? One object is one row; what is nested is named with dots."""

from collections.abc import Iterable, Iterator

import msgspec

from headstamp.intake import layout_kinds
from headstamp.intake.grids import Grid, GridRow, Grids, RawCell
from headstamp.intake.layout import FileForm
from headstamp.intake.trouble import Trouble

MAX_DEPTH = 8

_Flat = dict[str, RawCell]


def read_json(file: str, data: bytes, form: FileForm) -> Grids:
    """Return the one grid of a JSON file: a list of objects, at the layout's ``path``.

    A row's number is its place in the list, the first being 1.
    """
    found = Grids()
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        said = f"cannot be read as JSON: {error}"
        return found.refuse(layout_kinds.FILE_UNREADABLE, said, file=file)
    for step in filter(None, form.path.split(".")):
        value = value.get(step) if isinstance(value, dict) else None
    if not isinstance(value, list):
        where = f"at {form.path!r} " if form.path else ""
        said = f"holds {where}no list of objects"
        hint = 'name the place of the list in the layout, such as path = "data.rows"'
        return found.refuse(layout_kinds.FILE_UNREADABLE, said, file=file, hint=hint)
    found.grids.append(_grid(_object_row(n, member) for n, member in enumerate(value, start=1)))
    return found


def read_json_lines(file: str, data: bytes, form: FileForm) -> Grids:
    """Return the one grid of a JSON Lines file; a line that is no object is a refused row.

    A row's number is that of its line.
    """
    del file, form
    lines = enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1)
    return Grids(grids=[_grid(_line_row(n, line) for n, line in lines if line.strip())])


def _line_row(number: int, line: bytes) -> tuple[int, _Flat, Trouble | None]:
    try:
        value = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        said = f"the line is no JSON: {error}"
        return number, {}, Trouble(kind=layout_kinds.BROKEN_LINE, said=said)
    return _object_row(number, value)


def _object_row(number: int, value: object) -> tuple[int, _Flat, Trouble | None]:
    if not isinstance(value, dict):
        said = f"is no object but {type(value).__name__}"
        raw = msgspec.json.encode(value).decode()[:200]
        return number, {}, Trouble(kind=layout_kinds.BROKEN_LINE, said=said, raw=raw)
    return number, dict(_flat(value, "", 0)), None


def _flat(value: dict[str, object], before: str, depth: int) -> Iterator[tuple[str, RawCell]]:
    """Yield the cells of an object; lists and what is nested too deep as JSON text."""
    for key, member in value.items():
        name = f"{before}{key}"
        if isinstance(member, dict) and depth < MAX_DEPTH:
            yield from _flat(member, f"{name}.", depth + 1)
        elif isinstance(member, dict | list):
            yield name, msgspec.json.encode(member).decode() if member else None
        else:
            assert member is None or isinstance(member, str | int | float | bool)
            yield name, member


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
