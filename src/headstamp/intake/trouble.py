"""How is trouble with a value told? With its place, its value and its remedy, or masked."""

import msgspec

from headstamp.intake.kinds import IssueKind
from headstamp.terms.issue import Issue

_SHOWN_CHARACTERS = 60
_RAW_CHARACTERS = 1_000


class Trouble(msgspec.Struct, frozen=True, kw_only=True):
    """One thing wrong with a row: ``said`` goes on after the value in the message.

    ``column`` is ours; ``as_named`` is what the file calls it, where that is something else.
    """

    kind: IssueKind
    said: str
    hint: str = ""
    column: str | None = None
    raw: str | None = None
    as_named: str = ""

    @property
    def is_refusal(self) -> bool:
        """Whether the row cannot be taken."""
        return self.kind.severity == "error"


class Troubled(msgspec.Struct, frozen=True):
    """What a cell gave together with what is wrong with it; no value: it was not readable."""

    value: str | int | list[str] | None
    troubles: tuple[Trouble, ...]


def row_issue(
    trouble: Trouble, *, file: str, row: int, is_protected: bool, sheet: str = ""
) -> Issue:
    """Return the issue of a row; of a protected one it says nothing that the row holds."""
    place = f"{printable(file)} row {row}"
    if sheet:
        place += f" of the sheet {shown(sheet)}"
    if trouble.column is not None:
        place += f", {printable(trouble.column)}"
    if trouble.as_named:
        place += f" (column {printable(trouble.as_named)})"
    if is_protected:
        message, hint, raw = f"(protected) {trouble.kind.when}", trouble.kind.remedy, None
    else:
        value = "" if trouble.raw is None else shown(trouble.raw) + " "
        message, raw = value + trouble.said, trouble.raw
        hint = trouble.hint or trouble.kind.remedy
    return Issue(
        code=trouble.kind.code,
        severity=trouble.kind.severity,
        message=f"{place}: {message}",
        hint=hint,
        file=printable(file),
        row=row,
        column=trouble.column,
        raw=_cut(raw),
    )


def file_issue(
    kind: IssueKind,
    said: str,
    *,
    file: str,
    raw: str | None = None,
    hint: str = "",
    column: str | None = None,
) -> Issue:
    """Return an issue of a whole file, or of its header where a ``column`` is named."""
    return Issue(
        code=kind.code,
        severity=kind.severity,
        message=f"{printable(file)}: {printable(said)}",
        hint=printable(hint) or kind.remedy,
        file=printable(file),
        row=1 if column is not None else None,
        column=None if column is None else printable(column),
        raw=_cut(raw),
    )


def shown(value: str) -> str:
    """Return a value in quotes for a message, odd characters escaped, cut if long."""
    if len(value) <= _SHOWN_CHARACTERS:
        return repr(value)
    return f"{value[:_SHOWN_CHARACTERS]!r}… ({len(value):,} characters)"


def printable(text: str) -> str:
    """Return the text with lone surrogates spelled out: names of files may hold them."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _cut(raw: str | None) -> str | None:
    if raw is None or len(raw) <= _RAW_CHARACTERS:
        return None if raw is None else printable(raw)
    return printable(raw[:_RAW_CHARACTERS]) + "…"
