"""What does the casebook hold already? Asked row by row, so that a large one costs no more."""

from collections.abc import Iterator, Mapping

from typing_extensions import override

from headstamp.casebook.opening import Casebook
from headstamp.casebook.recorded import RecordedRow, RowKey, read_recorded
from headstamp.intake.reading import Known, Record, content_digest
from headstamp.terms.party import Party
from headstamp.terms.row import read_row


class _Digests(Mapping[RowKey, str]):
    """(table, id) → digest of the content on record; each is made when it is asked for."""

    def __init__(self, rows: Mapping[RowKey, RecordedRow]) -> None:
        self._rows = rows
        self._made: dict[RowKey, str] = {}

    @override
    def __getitem__(self, key: RowKey) -> str:
        made = self._made.get(key)
        if made is None:
            made = self._made[key] = content_digest(_record(self._rows[key]))
        return made

    @override
    def __contains__(self, key: object) -> bool:
        return key in self._rows

    @override
    def __iter__(self) -> Iterator[RowKey]:
        return iter(self._rows)

    @override
    def __len__(self) -> int:
        return len(self._rows)


def known_to(
    casebook: Casebook, *, without: int | None = None, tables: frozenset[str] = frozenset()
) -> Known:
    """Return what is on record, protected rows included; it stays in memory.

    Args:
        without: The seq of an intake whose rows are about to be superseded.
        tables: Only of these tables, parties among them; none: of all.
    """
    rows = _rows_of(casebook, tables)
    parties = [
        read_row(row.values, Party) for (table, _), row in rows.items() if table == "parties"
    ]
    if without is not None:
        rows = {key: row for key, row in rows.items() if row.whereabouts.seq != without}
    return Known(
        digests=_Digests(rows),
        protected=frozenset(key for key, row in rows.items() if row.key_id is not None),
        party_names=frozenset(
            name for party in parties for name in (party.name, *party.aliases) if name
        ),
    )


def _rows_of(casebook: Casebook, tables: frozenset[str]) -> Mapping[RowKey, RecordedRow]:
    if not tables:
        return casebook.rows
    erased = frozenset(casebook.decisions.erased)
    found = read_recorded(casebook.root, casebook.intakes, erased=erased, tables=tables)
    return {key: row for key, row in found.rows.items() if key[0] in tables}


def _record(row: RecordedRow) -> Record:
    return Record(
        table=row.table,
        row_id=row.row_id,
        file=row.whereabouts.file,
        row=row.whereabouts.row,
        values=row.values,
        notes=row.notes,
    )
