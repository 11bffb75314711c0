"""Does a path stay inside the package? Asked of every path that a package names."""

import re
import unicodedata

_DRIVE = re.compile(r"[A-Za-z]:")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def escape_reason(path: str) -> str:
    """Return why a path may lead outside the package, in words; empty if it cannot.

    >>> escape_reason("photos/1.jpg"), escape_reason("../1.jpg")
    ('', 'leads outside the package')
    """
    if _ADDRESS.match(path):
        return "is an address on a network, which is never fetched"
    if path.startswith(("/", "~")) or _DRIVE.match(path):
        return "is an absolute path, which means nothing in a package"
    if "\\" in path:
        return "has a backslash; inside a package folders are separated by /"
    if any(unicodedata.category(character) == "Cc" for character in path):
        return "has a control character"
    parts = path.split("/")
    if ".." in parts:
        return "leads outside the package"
    return "" if normal_path(path) else "names no file"


def normal_path(path: str) -> str:
    """Return a path without ``./`` and doubled slashes, as files of a package are named."""
    return "/".join(part for part in path.split("/") if part not in {"", "."})
