"""How are several workbooks read one after the other? The next is opened while one is read."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path

from headstamp.actions.take_files import bytes_of
from headstamp.intake.formats import open_grids
from headstamp.intake.grids import Grids
from headstamp.intake.layout import FileForm
from headstamp.intake.trouble import printable
from headstamp.terms.issue import Issue

_Opened = tuple[bytes | Issue, Grids | None]


class ReadAhead:
    """The bytes and sheets of files in their order; of workbooks the next is opened beforehand.

    Opening one takes longer than reading its rows, and needs the interpreter for neither: on
    two cores both go on at once. At most two are in memory. Where a file is not opened, as it
    is on record, nor is the one after it.
    """

    def __init__(self, paths: Sequence[Path], form: FileForm) -> None:
        self._form = form
        self._next = dict(pairwise(paths)) if "xlsx" in form.formats else {}
        self._begun: dict[Path, Future[_Opened]] = {}
        self._pool = ThreadPoolExecutor(max_workers=1)

    def data(self, path: Path) -> bytes | Issue:
        """Return what is in a file, or why nothing can be read there."""
        self._begun = {one: begun for one, begun in self._begun.items() if one == path}
        begun = self._begun.get(path)
        return bytes_of(path) if begun is None else begun.result()[0]

    def grids(self, path: Path, data: bytes) -> Grids:
        """Return the sheets of a file, and begin to open the next."""
        self.begin(path, data)
        opened = self._begun.pop(path).result()[1]
        following = self._next.pop(path, None)
        if following is not None:
            self._begun[following] = self._pool.submit(self._read, following)
        return opened or open_grids(printable(path.name), data, self._form)

    def begin(self, path: Path, data: bytes) -> None:
        """Begin to open a file whose turn it is, if that was not begun beforehand."""
        if path not in self._begun:
            self._begun[path] = self._pool.submit(self._open, path, data)

    def close(self) -> None:
        """Wait for what was begun and is not wanted any more."""
        self._pool.shutdown(cancel_futures=True)

    def _read(self, path: Path) -> _Opened:
        data = bytes_of(path)
        return (data, None) if isinstance(data, Issue) else self._open(path, data)

    def _open(self, path: Path, data: bytes) -> _Opened:
        return data, open_grids(printable(path.name), data, self._form)
