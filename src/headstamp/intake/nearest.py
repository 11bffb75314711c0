"""What was probably meant? The nearest known word, as a remedy that a person may take or leave."""

from collections.abc import Iterable
from difflib import get_close_matches

_N_COMPARED = 500
_N_SUGGESTIONS = 100
_LEAST_RATIO = 0.7


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word most like this one, or an empty text; ties go by alphabet.

    Words of another length, or that share neither beginning nor end, are not compared, and
    no more than 500 are: a casebook may hold a million ids.
    """
    short = word[:100]
    alike = sorted({other for other in known if _may_be(short.casefold(), other.casefold())})
    found = get_close_matches(short, alike[:_N_COMPARED], n=1, cutoff=_LEAST_RATIO)
    return found[0] if found else ""


class Suggestions:
    """The nearest ids by table, found once per id, and no longer sought after 100 of them."""

    def __init__(self, ids: Iterable[tuple[str, str]]) -> None:
        """Take the (table, id) pairs that may be suggested; protected ids must not be there."""
        self._ids = ids
        self._by_table: dict[str, list[str]] | None = None
        self._found: dict[tuple[str, tuple[str, ...]], str] = {}

    def nearest_id(self, word: str, tables: tuple[str, ...]) -> str:
        """Return the nearest id of these tables, or an empty text."""
        wanted = (word, tables)
        if wanted not in self._found:
            if len(self._found) >= _N_SUGGESTIONS:
                return ""
            known = [row_id for table in tables for row_id in self._of_table(table)]
            self._found[wanted] = nearest(word, known)
        return self._found[wanted]

    def _of_table(self, table: str) -> list[str]:
        if self._by_table is None:
            self._by_table = {}
            for name, row_id in self._ids:
                self._by_table.setdefault(name, []).append(row_id)
        return self._by_table.get(table, [])


def _may_be(word: str, other: str) -> bool:
    if abs(len(word) - len(other)) > 2:
        return False
    return word[:1] == other[:1] or word[-1:] == other[-1:]
