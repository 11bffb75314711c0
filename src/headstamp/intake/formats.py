"""Which reader opens a file in which format? Imported when needed: a CSV waits for no Parquet."""

from collections.abc import Callable, Mapping

from headstamp.intake.grids import Grids
from headstamp.intake.layout import FileForm, Format

GridReader = Callable[[str, bytes, FileForm], Grids]


def open_grids(file: str, data: bytes, form: FileForm) -> Grids:
    """Return the sheets of a file in the format that the layout names; none where it is not so.

    Args:
        file: The file's name, for what is said of it.
    """
    return _readers()[form.format](file, data, form)


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
