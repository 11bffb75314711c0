"""What is one line of an explanation? Its depth, its words, and the way back to the file."""

from dataclasses import dataclass

from headstamp.terms.table import Cell

_SHORT_DIGEST = 12


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line; ``exhibit`` is the digest of the sealed file, printed short."""

    level: int
    text: str
    id: str | None = None
    file: str | None = None
    row_number: int | None = None
    exhibit: str | None = None
    locator: str | None = None
    quote: str | None = None

    def row(self) -> dict[str, Cell]:
        """Return the line as a row of the ``explain`` table."""
        return {
            "level": self.level,
            "id": self.id,
            "text": self.text,
            "file": self.file,
            "row": self.row_number,
            "exhibit": self.exhibit[:_SHORT_DIGEST] if self.exhibit else None,
            "locator": self.locator,
            "quote": self.quote,
        }
