"""What is an issue? Trouble in the data, told with its place, its value and its remedy."""

from typing import Literal

import msgspec

Severity = Literal["error", "warning", "note"]


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """One thing in the data that somebody should look at.

    ``error``: a row or value was refused; ``warning``: it was taken, look at it;
    ``note``: nothing is wrong, it is said so that nothing happens in silence.
    ``row`` counts the rows of the file as a person sees them, the header being 1.
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""
    file: str | None = None
    row: int | None = None
    column: str | None = None
    raw: str | None = None
