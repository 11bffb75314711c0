"""Which issues are told once for many rows or tables? One issue each, with all it stands for."""

from collections.abc import Iterable, Iterator

import msgspec

from headstamp.intake import kinds, row_kinds
from headstamp.intake.rows import ReadRow
from headstamp.intake.tabular import TableText
from headstamp.intake.trouble import Trouble, file_issue, printable, row_issue
from headstamp.terms.issue import Issue


def missing_columns(texts: Iterable[TableText]) -> Iterator[Issue]:
    """Yield the one note that tells which optional columns the tables of a package lack."""
    lacking = [text for text in texts if text.missing]
    kind = kinds.NO_COLUMN
    if len(lacking) == 1:
        (text,) = lacking
        said = f"has no column {', '.join(text.missing)}; read as empty: not recorded"
        yield file_issue(kind, said, file=text.file, column=text.missing[0])
    elif lacking:
        named = "; ".join(f"{text.file}: {', '.join(text.missing)}" for text in lacking)
        said = f"{len(lacking)} tables lack optional columns, which read as empty: {named}"
        message = printable(said)
        yield Issue(code=kind.code, severity=kind.severity, message=message, hint=kind.remedy)


def row_issues(rows: list[ReadRow]) -> Iterator[Issue]:
    """Yield what is to be said of rows; of a row that is on record already, nothing.

    Rows that fell with a table that could not be read are told together, by column: what is
    wrong is the table, and correcting it corrects them all.
    """
    fallen: dict[tuple[str, str | None, str], list[tuple[ReadRow, Trouble]]] = {}
    for row in rows:
        if row.state == "same" or row.is_said_elsewhere:
            continue
        for trouble in row.troubles:
            if trouble.kind is row_kinds.REFERS_TO_UNREAD:
                at = (row.file, trouble.column, trouble.said)
                fallen.setdefault(at, []).append((row, trouble))
            else:
                held = row.is_protected
                yield row_issue(trouble, file=row.file, row=row.number, is_protected=held)
    for (file, column, said), found in fallen.items():
        yield _fallen_issue(file, column, said, found)


def _fallen_issue(
    file: str, column: str | None, said: str, found: list[tuple[ReadRow, Trouble]]
) -> Issue:
    numbers = sorted({row.number for row, _ in found})
    open_ids = {trouble.raw or "": None for row, trouble in found if not row.is_protected}
    told = f"{column}: row {numbers[0]} {said}, and was refused as well"
    if len(numbers) > 1:
        told = said.replace("refers", f"{column}: {len(numbers)} rows refer", 1)
        told += f", and were refused as well: rows {_runs(numbers)}"
    issue = file_issue(
        row_kinds.REFERS_TO_UNREAD,
        told,
        file=file,
        raw="; ".join(open_ids) or None,
        hint=found[0][1].hint,
        column=column,
    )
    return msgspec.structs.replace(issue, row=numbers[0])


def _runs(numbers: list[int]) -> str:
    """Return sorted numbers in short.

    >>> _runs([2, 3, 4, 7, 9, 10])
    '2-4, 7, 9-10'
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1] = [runs[-1][0], number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)
