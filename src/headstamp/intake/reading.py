"""What does a reading of a package return? Files to seal, records, issues and counts."""

import hashlib
from collections.abc import Callable, Mapping

import msgspec

from headstamp.intake.cells import Value
from headstamp.ledger.canonical import canonical_json
from headstamp.terms.issue import Issue

PHOTO_DETAILS = "photo_details"
"""The table under which what a device wrote into a photo is sealed; no package has it."""


class PackageFile(msgspec.Struct, frozen=True, kw_only=True):
    """Bytes to seal, by their name within the package; protected if any row in them is."""

    name: str
    data: bytes
    is_protected: bool


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One row that was taken: ``values`` for ``terms.read_row``, ``notes`` of unknown columns.

    Texts, dates and decimals stand as the cell has them, spaces around ids, codes, dates
    and numbers excepted; whole numbers are integers, lists are arrays, empty cells absent.
    ``row_id`` carries the prefix; ``row`` counts as a person sees the file, the header is 1.
    """

    table: str
    row_id: str
    file: str
    row: int
    values: dict[str, Value]
    notes: dict[str, str] = {}
    is_protected: bool = False


def content_digest(record: Record) -> str:
    """Return the digest of what a record says, wherever it was read: SHA-256 in hex."""
    return hashlib.sha256(canonical_json([record.values, record.notes])).hexdigest()


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What the casebook holds already: ``digests`` of contents by (table, id), all tables.

    ``digest_of`` must be what the digests were made with; a keyed one, for contents that
    are protected, takes its place without anything here changing. ``protected`` ids are
    never suggested to anybody. ``party_names``: names and aliases of parties on record.
    """

    digests: Mapping[tuple[str, str], str] = {}
    digest_of: Callable[[Record], str] = content_digest
    protected: frozenset[tuple[str, str]] = frozenset()
    party_names: frozenset[str] = frozenset()


class TableCounts(msgspec.Struct, kw_only=True):
    """What became of the rows of one table, and of their cells that are not empty.

    n_rows = n_read + n_same + n_refused, and likewise for cells. ``n_cells_noted`` counts
    cells of unknown columns; ``n_cells_reported`` those that only an issue tells of: all
    of a refused row, and blanks. Cells of lines that no row could be told from are not
    counted, the lines are, as rows refused.
    """

    n_rows: int = 0
    n_read: int = 0
    n_same: int = 0
    n_refused: int = 0
    n_cells: int = 0
    n_cells_read: int = 0
    n_cells_noted: int = 0
    n_cells_same: int = 0
    n_cells_reported: int = 0


class PackageReading(msgspec.Struct, frozen=True, kw_only=True):
    """All that came in; a table that the package has not is not in ``counts``.

    ``files`` is the zip alone where the package is one: every record was read in it then.
    ``photos`` are protected records of ``PHOTO_DETAILS``, one for each photo that tells more
    than its picture; they are no rows of the package and count nowhere.
    """

    files: tuple[PackageFile, ...] = ()
    records: tuple[Record, ...] = ()
    photos: tuple[Record, ...] = ()
    issues: tuple[Issue, ...] = ()
    counts: dict[str, TableCounts] = {}
    is_zip: bool = False

    def file_of(self, record: Record) -> PackageFile:
        """Return the file that is sealed for a record: its table's, or the whole zip."""
        if self.is_zip:
            return self.files[0]
        return next(file for file in self.files if file.name == record.file)
