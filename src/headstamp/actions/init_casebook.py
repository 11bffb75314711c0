"""``headstamp init``: makes a casebook."""

import uuid
from pathlib import Path

import msgspec

from headstamp.actions.settings import FILE_NAME, Settings, read_settings, write_actor
from headstamp.actions.turn import turn_to_write
from headstamp.ledger.append import append_entry, create_journal
from headstamp.ledger.entries import head
from headstamp.terms.errors import BrokenJournalError, MisuseError, NoCasebookError

FORMAT = "1"
NOBODY = "headstamp"
"""Who opens a casebook for which nobody is named; nothing else is ever written so."""


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A casebook that was made, or would be; ``actor`` is None where nobody is named."""

    root: Path
    casebook_id: str
    actor: str | None


def init_casebook(
    root: Path, *, actor: str | None = None, title: str = "", dry_run: bool = False
) -> Opened:
    """Make a casebook in a folder; what else is in the folder stays untouched.

    Cut short, it is completed by repeating it.

    Raises:
        MisuseError: There is a casebook already.
        SettingError: The actor is odd.
        StorageError: The folder cannot be made or written.
    """
    chosen = _actor(root, actor)
    opened = Opened(root=root, casebook_id=str(uuid.uuid4()), actor=chosen)
    has_journal = _has_journal(root)
    if has_journal and head(root) is not None:
        raise _taken(root)
    if dry_run:
        return opened
    if not has_journal:
        create_journal(root)
    payload = {"casebook_id": opened.casebook_id, "format": FORMAT, "title": title}
    with turn_to_write(root):
        if head(root) is not None:
            raise _taken(root)
        append_entry(root, kind="opened", payload=payload, actor=chosen or NOBODY)
    if actor is not None:
        write_actor(root, actor)
    return opened


def _actor(root: Path, actor: str | None) -> str | None:
    """Return who opens it: as asked, if the settings that are there do not name another."""
    if actor is None:
        return read_settings(root).actor
    named = read_settings(root, {}).actor
    if named not in {None, actor}:
        message = f"--actor {actor}: {FILE_NAME} there names {named!r}"
        raise MisuseError(message, hint="leave --actor out, or change the file")
    try:
        return Settings(actor=actor).actor
    except ValueError as error:
        raise MisuseError(f"--actor: {error}", hint="write a name or a code") from error


def _has_journal(root: Path) -> bool:
    """Whether a journal with its table is there; one that was cut short counts as none."""
    try:
        head(root)
    except (NoCasebookError, BrokenJournalError):
        return False
    return True


def _taken(root: Path) -> MisuseError:
    return MisuseError(f"{root}: there is a casebook here already", hint="choose another folder")
