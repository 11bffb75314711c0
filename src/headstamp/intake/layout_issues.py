"""Which issues of a file are told one by one, and which together? None is dropped."""

from collections.abc import Iterator

import msgspec

from headstamp.intake import layout_kinds
from headstamp.intake.kinds import IssueKind
from headstamp.intake.trouble import Trouble, file_issue, row_issue
from headstamp.terms.issue import Issue

MOST_ALIKE = 1_000
"""So many of one code and column are listed by their rows; then their number is told."""

_Key = tuple[str, str]


class _Alike(msgspec.Struct):
    kind: IssueKind
    n: int
    first: int
    last: int


class IssueBook:
    """The issues of one file as they come; many alike, and notes, are told as one.

    ``sheet`` is named in each where rows of several sheets are read.
    """

    def __init__(self, file: str) -> None:
        self.sheet = ""
        self._file = file
        self._issues: list[Issue] = []
        self._alike: dict[_Key, _Alike] = {}

    def add(self, trouble: Trouble, row: int, *, is_protected: bool = False) -> None:
        """Keep what is wrong in one row."""
        key = (trouble.kind.code, trouble.column or "")
        alike = self._alike.get(key)
        if alike is None:
            alike = self._alike[key] = _Alike(trouble.kind, 0, row, row)
        alike.n += 1
        alike.last = row
        if alike.n <= _most(trouble.kind):
            self._issues.append(
                row_issue(
                    trouble, file=self._file, row=row, is_protected=is_protected, sheet=self.sheet
                )
            )

    def tell(self, kind: IssueKind, said: str, *, column: str | None = None) -> None:
        """Keep what is wrong with the file as a whole."""
        self._issues.append(file_issue(kind, said, file=self._file, column=column))

    def all(self) -> Iterator[Issue]:
        """Yield the issues in the order of the rows, then how many more there are of a kind."""
        yield from self._issues
        for (code, column), alike in self._alike.items():
            n_more = alike.n - _most(alike.kind)
            if n_more > 0:
                said = f"{column or 'rows'}: {n_more:,} more issues {code}, up to row {alike.last}"
                kind = msgspec.structs.replace(layout_kinds.MORE_ALIKE, severity=_more(alike.kind))
                yield file_issue(kind, said, file=self._file, column=column or None)


def _most(kind: IssueKind) -> int:
    return 1 if kind.severity == "note" else MOST_ALIKE


def _more(kind: IssueKind) -> str:
    return "note" if kind.severity == "note" else "warning"
