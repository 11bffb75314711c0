"""Does a cell say that nothing is named? Not known, some other, or made by hand."""

import msgspec

from headstamp.marks.absences import read_absence
from headstamp.marks.wording import is_same_word, words_of
from headstamp.reference.caches import remembered
from headstamp.reference.maker_names import NoMaker, NothingSaid, no_maker
from headstamp.reference.marking import UNSOURCED


class Unnamed(msgspec.Struct, frozen=True, kw_only=True):
    """What a cell says that names no maker, type, model, calibre or state.

    ``row`` is the row it rests on (``TABLE:ROW``); an empty cell rests on none.
    """

    says: NothingSaid
    row: str
    source: str

    @property
    def is_improvised(self) -> bool:
        """Whether the thing was made by hand: there is no maker to name."""
        return self.says == "improvised"

    @property
    def is_unknown(self) -> bool:
        """Whether the record does not tell; ``other`` tells no more than that."""
        return not self.is_improvised

    @property
    def is_sourced(self) -> bool:
        """Whether the phrase was found in a source that somebody opened."""
        return self.source != UNSOURCED


@remembered(65_536)
def read_unnamed(text: str) -> Unnamed | None:
    """Return what a cell says that names nothing; None where it may name something.

    A word that nobody entered is never an unrecognised name: it is *not recorded*.

    >>> [found.says for found in map(read_unnamed, ("Outros", "home-made", "")) if found]
    ['other', 'improvised', 'unknown']
    >>> read_unnamed("Taurus") is None
    True

    Source:
        reference/no_maker.csv, then reference/no_serial.csv; docs/methods/marks.md, section 10.
    """
    if not text.strip():
        return Unnamed(says="unknown", row="", source=UNSOURCED)
    words = words_of(text)
    row = _by_words().get("".join(words)) or _misspelt(words)
    if row is not None:
        return Unnamed(says=row.says, row=f"no_maker:{row.phrase}", source=row.source)
    absence = read_absence(text)
    if absence is None:
        return None
    rule = absence.rule
    return Unnamed(says="unknown", row=f"no_serial:{rule.phrase}", source=rule.source)


def _misspelt(words: tuple[str, ...]) -> NoMaker | None:
    """Read words with slips, if every phrase that they may be says the same."""
    near = [
        row
        for known, row in _phrases()
        if len(known) == len(words) and all(map(is_same_word, words, known))
    ]
    return near[0] if len({row.says for row in near}) == 1 else None


@remembered()
def _by_words() -> dict[str, NoMaker]:
    index: dict[str, NoMaker] = {}
    for words, row in _phrases():
        index.setdefault("".join(words), row)
    return index


@remembered()
def _phrases() -> tuple[tuple[tuple[str, ...], NoMaker], ...]:
    return tuple((words_of(row.phrase), row) for row in no_maker())
