"""What does a casebook hold, while one command brings several files? Read once, then added to."""

from collections import ChainMap
from collections.abc import MutableMapping, Sequence
from typing import cast

import msgspec

from headstamp.actions.known import known_to
from headstamp.casebook.opening import Casebook
from headstamp.casebook.recorded import RowKey
from headstamp.intake.reading import Known, Record

_Map = MutableMapping[RowKey, str]


class OnRecord:
    """What is on record, for files of which each adds little: a large casebook is read once.

    It is read again where somebody else wrote in between.
    """

    def __init__(self, *, tables: frozenset[str] = frozenset()) -> None:
        """Take the tables whose rows the files can bring or name; none: all."""
        self._tables = tables
        self._seq = 0
        self._known = Known()

    def known(self, casebook: Casebook, *, without: int | None = None) -> Known:
        """Return what the casebook holds; it stays in memory.

        Args:
            without: The seq of an intake whose rows are about to be superseded.
        """
        if without is not None:
            return known_to(casebook, without=without, tables=self._tables)
        if self._seq != casebook.at_seq:
            self._known = known_to(casebook, tables=self._tables)
            self._seq = casebook.at_seq
        return self._known

    def add(self, seq: int, records: Sequence[Record]) -> None:
        """Add what was recorded as the entry after that up to which the casebook was read.

        Names of parties are not added: no layout asks for them.
        """
        if seq != self._seq + 1:
            return
        added = {(one.table, one.row_id): self._known.digest_of(one) for one in records}
        digests = ChainMap(added, *_maps(self._known))
        self._known = msgspec.structs.replace(self._known, digests=digests)
        self._seq = seq


def _maps(known: Known) -> list[_Map]:
    """Return the mappings that what is known is made of: a chain of chains would grow slow."""
    digests = known.digests
    return digests.maps if isinstance(digests, ChainMap) else [cast("_Map", digests)]
