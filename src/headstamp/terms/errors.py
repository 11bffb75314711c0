"""What can go wrong in use: the whole tree of exceptions.

HeadstampError
├── UnreadableDateError      a text is not a date we read
├── UnreadableMarkError      a transcription breaks the notation
├── MisuseError              an argument cannot be meant (exit 2)
│   ├── NoCasebookError      the folder holds no casebook
│   ├── UnknownIdError       nothing on record has this id
│   ├── SettingError         a setting is odd or unknown
│   └── TableError           a reference table of the user's own cannot be meant
└── RefusedError             understood, and will not be done (exit 3)
    ├── NoActorError         nobody is named as the one who writes
    ├── BrokenJournalError   the journal or an exhibit is not what was recorded
    ├── ErasedError          the content was erased; its digest stands
    └── StorageError         the folder cannot be written or read

Trouble in the data is never an exception: it is an ``Issue`` beside the result.
"""


class HeadstampError(Exception):
    """Anything Headstamp raises on purpose: what is wrong, and what to do about it."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UnreadableDateError(HeadstampError):
    """A text is not EDTF of level 0 or 1 within the years 0001-9999."""


class UnreadableMarkError(HeadstampError):
    """A transcription breaks the notation of EXCHANGE.md section 1."""


class MisuseError(HeadstampError):
    """An argument cannot be meant; the command line exits with 2."""


class NoCasebookError(MisuseError):
    """The folder holds no casebook."""


class UnknownIdError(MisuseError):
    """Nothing on record has this id."""


class SettingError(MisuseError):
    """A setting is unknown or has an odd value."""


class TableError(MisuseError):
    """A reference table of the user's own has a name, column or value that cannot be meant."""


class RefusedError(HeadstampError):
    """Understood, and will not be done; the command line exits with 3."""


class NoActorError(RefusedError):
    """A casebook that does not know who writes refuses to write."""


class BrokenJournalError(RefusedError):
    """The journal or an exhibit is not what was recorded."""


class ErasedError(RefusedError):
    """The content was erased on purpose; its digest and its place in the chain stand."""


class StorageError(RefusedError):
    """The casebook's folder cannot be read or written."""
