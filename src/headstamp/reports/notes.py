"""Which source says so? The numbered notes at the foot of a page, one per row that it rests on."""

import msgspec
from markupsafe import Markup

from headstamp.reports.case import Case
from headstamp.reports.words.evidence import Evidence, evidence


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """One note: its number on the page, and what it tells of one row."""

    number: int
    anchor: str
    evidence: Evidence


class Notes:
    """Numbers the rows that a page rests on, in the order in which it first cites them."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._numbers: dict[str, int] = {}

    def cite(self, *atoms: str) -> Markup:
        """Return links to the notes of these rows, as small numbers."""
        if not atoms:
            return Markup("")
        links = []
        for atom in atoms:
            number = self._numbers.setdefault(atom, len(self._numbers) + 1)
            links.append(
                Markup('<a href="#note-{0}"><span class="spoken">note </span>{0}</a>').format(
                    number
                )
            )
        return Markup('<sup class="cite">{}</sup>').format(Markup(" ").join(links))

    @property
    def notes(self) -> tuple[Note, ...]:
        """All notes of the page, by number."""
        return tuple(
            Note(number=number, anchor=f"note-{number}", evidence=evidence(self._case, atom))
            for atom, number in self._numbers.items()
        )
