"""How are records of a foreign file called? From its digest, sheet and row: never from cleaning."""

import hashlib
from collections.abc import Sequence

import msgspec

from headstamp.intake.reading import Known, Record
from headstamp.terms.evidence import ID_COLUMNS

_N_HEX = 10
"""Hex digits of an id, as EXCHANGE.md section 2 shows it; more where two rows would share them."""


class RowIds:
    """Makes the ids of one file's records; the same bytes give the same ids.

    They carry no prefix before the record is ``named``: one that is on record keeps its id.
    """

    def __init__(
        self,
        layout: str,
        *,
        digest: str,
        prefix: str = "",
        own: Sequence[tuple[str, str]] = (),
        known: Known,
    ) -> None:
        """Take the layout's name, the file's digest, and what is on record.

        Args:
            own: Table and name of the records that are called after their row.
        """
        self._before = f"{layout}-"
        self._digest = digest
        self._prefix = prefix
        # Entries of a register are no rows on record: nobody else can have their ids.
        named = ((table, name) for table, name in own if table in ID_COLUMNS)
        self._own = tuple((table, f".{name}" if name else "") for table, name in named)
        self._known = known.digests
        self._taken: set[str] = set()
        self._sheet: tuple[str, hashlib._Hash] | None = None

    def row_id(self, sheet: str, number: int) -> str:
        """Return the id of one row's own records; to be asked for every row, also one left.

        Otherwise which of two rows gets the longer id would hang on the layout's rules.
        """
        if self._sheet is None or self._sheet[0] != sheet:
            self._sheet = (sheet, hashlib.sha256(_bytes(f"{self._digest}\n{sheet}\n")))
        hashed = self._sheet[1].copy()
        hashed.update(b"%d" % number)
        digest = hashed.hexdigest()
        n_hex = _N_HEX
        while digest[:n_hex] in self._taken or self._is_known(digest[:n_hex]):
            n_hex += 2
        self._taken.add(digest[:n_hex])
        return self._before + digest[:n_hex]

    def shared(self, label: str, values: Sequence[str]) -> str:
        """Return the id of a record that rows with these values name, in whatever file."""
        folded = (" ".join(value.split()) for value in values)
        digest = hashlib.sha256(_bytes("\n".join((label, *folded)))).hexdigest()
        return self._before + digest[:_N_HEX]

    def named(self, record: Record, *, known: Known) -> Record:
        """Return a record as it is called: with the prefix, unless it is on record as it is.

        An id of several parts has it in those that name other records.
        """
        key = (record.table, record.row_id)
        if not self._prefix or ":" in record.row_id:
            return record
        if known.digests.get(key) == known.digest_of(record):
            return record
        row_id = self._prefix + record.row_id
        values = {
            name: row_id if name == ID_COLUMNS[record.table][0] else value
            for name, value in record.values.items()
        }
        return msgspec.structs.replace(record, row_id=row_id, values=values)

    def prefixed(self, row_id: str) -> str:
        """Return an id with the prefix before it."""
        return self._prefix + row_id

    def _is_known(self, digits: str) -> bool:
        if not (self._known and self._own):
            return False
        before = self._prefix + self._before + digits
        return any((table, before + end) in self._known for table, end in self._own)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
