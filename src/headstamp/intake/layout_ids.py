"""How are records of a foreign file called? From its digest, sheet and row: never from cleaning."""

import hashlib
from collections.abc import Mapping, Sequence

_N_HEX = 10
"""Hex digits of an id, as EXCHANGE.md section 2 shows it; more where two rows would share them."""


class RowIds:
    """Makes the ids of one file's records; the same bytes give the same ids."""

    def __init__(
        self, layout: str, *, digest: str, prefix: str, known: Mapping[tuple[str, str], str]
    ) -> None:
        """Take the layout's name, the file's digest, and the ids that are on record."""
        self._before = f"{prefix}{layout}-"
        self._prefix = prefix
        self._digest = digest
        self._known = known
        self._taken: set[str] = set()

    def row_id(self, sheet: str, number: int) -> str:
        """Return the id of one row's own records."""
        digest = _hex(f"{self._digest}\n{sheet}\n{number}")
        n_hex = _N_HEX
        while digest[:n_hex] in self._taken or self._is_known(digest[:n_hex]):
            n_hex += 2
        self._taken.add(digest[:n_hex])
        return self._before + digest[:n_hex]

    def shared(self, label: str, values: Sequence[str]) -> str:
        """Return the id of a record that rows with these values name, in whatever file."""
        folded = (" ".join(value.split()) for value in values)
        return self._before + _hex("\n".join((label, *folded)))[:_N_HEX]

    def fixed(self, row_id: str) -> str:
        """Return the id of a record that all rows name."""
        return self._prefix + row_id

    def _is_known(self, digits: str) -> bool:
        return ("items", self._before + digits) in self._known


def _hex(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
