"""Which reader opens a file in which format? Imported when needed: a CSV waits for no Parquet."""

from collections.abc import Callable, Mapping

import msgspec

from headstamp.intake.grids import Grids
from headstamp.intake.layout import FileForm, Format

GridReader = Callable[[str, bytes, FileForm], Grids]


def open_grids(file: str, data: bytes, form: FileForm) -> Grids:
    """Return the sheets of a file in the format that the layout names; none where it is not so.

    Args:
        file: The file's name, for what is said of it.
    """
    form = msgspec.structs.replace(form, format=_format_of(data, form.formats))
    return _readers()[form.formats[0]](file, data, form)


_SIGNATURES: tuple[tuple[bytes, Format], ...] = (
    (b"PAR1", "parquet"),
    (b"PK\x03\x04", "xlsx"),
    (b"\xd0\xcf\x11\xe0", "xlsx"),
)


def _format_of(data: bytes, formats: tuple[Format, ...]) -> Format:
    """Return in which of its formats a file is written: by its first bytes, else the first text."""
    told = next((form for begins, form in _SIGNATURES if data.startswith(begins)), None)
    if told in formats:
        return told
    packed = {form for _, form in _SIGNATURES}
    return next((form for form in formats if form not in packed), formats[0])


def _readers() -> Mapping[Format, GridReader]:
    """Import what the formats need: a workbook should not wait for Parquet."""
    from headstamp.intake.delimited import read_delimited  # noqa: PLC0415
    from headstamp.intake.objects import read_json, read_json_lines  # noqa: PLC0415
    from headstamp.intake.parquet import read_parquet  # noqa: PLC0415
    from headstamp.intake.workbooks import read_workbook  # noqa: PLC0415

    return {
        "csv": read_delimited,
        "tsv": read_delimited,
        "xlsx": read_workbook,
        "json": read_json,
        "jsonl": read_json_lines,
        "parquet": read_parquet,
    }
