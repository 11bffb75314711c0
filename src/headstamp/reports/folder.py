"""Where do the pages go? A folder that appears whole or not at all, and replaces only its like.

The pages are made in a hidden folder beside the wanted one and renamed into place. What
is there already is replaced only if it is empty, or is a former report in which nobody
put anything: the marker lists every file that the report wrote.
"""

import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from headstamp.terms.errors import RefusedError, StorageError

MARKER = ".headstamp-report"
_HINT = "Name another folder, or move away what is in this one."


@contextmanager
def replaced_folder(out: Path) -> Iterator[Path]:
    """Yield an empty folder to write into; it becomes ``out`` when the block ends well.

    Raises:
        RefusedError: ``out`` holds what a report did not write.
        StorageError: The folder cannot be written.
    """
    target = out.resolve()
    require_replaceable(target)
    making = target.with_name(f".{target.name}.making-{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(making, ignore_errors=True)
        making.mkdir()
        yield making
        _write_marker(making)
        _put_in_place(making, target)
    except OSError as error:
        raise StorageError(
            f"{out}: the report could not be written: {error.strerror}",
            hint="Choose a folder that can be written, on a disk with room.",
        ) from error
    finally:
        shutil.rmtree(making, ignore_errors=True)


def require_replaceable(target: Path) -> None:
    """Refuse a folder that holds anything but a former report."""
    if not target.exists() and not target.is_symlink():
        return
    if not target.is_dir():
        raise RefusedError(f"{target} is a file, not a folder.", hint=_HINT)
    found = _files_in(target)
    strangers = sorted(found - _files_of_report(target) - {MARKER})
    if strangers:
        raise RefusedError(
            f"{target} holds what a report did not write: {strangers[0]!r}"
            + (f" and {len(strangers) - 1} more." if strangers[1:] else "."),
            hint=_HINT,
        )


def _files_in(folder: Path) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_symlink() or not path.is_dir()
    }


def _files_of_report(folder: Path) -> set[str]:
    """Return what the marker lists; nothing where there is no marker of ours."""
    try:
        listed = json.loads((folder / MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    files = listed.get("files") if isinstance(listed, dict) else None
    return {str(name) for name in files} if isinstance(files, list) else set()


def _write_marker(folder: Path) -> None:
    content = {"written_by": "headstamp report", "files": sorted(_files_in(folder))}
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    (folder / MARKER).write_text(text, encoding="utf-8")


def _put_in_place(making: Path, target: Path) -> None:
    former = target.with_name(f".{target.name}.former-{os.getpid()}")
    if not target.exists():
        making.rename(target)
        return
    target.rename(former)
    try:
        making.rename(target)
    except OSError:
        former.rename(target)
        raise
    shutil.rmtree(former, ignore_errors=True)
