"""Is this a layout? TOML to a checked ``Layout``, or what is wrong with it and the remedy."""

import re
from importlib import resources
from pathlib import Path

import msgspec

from headstamp.intake import layout as layout_room
from headstamp.intake.layout import Layout
from headstamp.intake.layout_problems import layout_problems
from headstamp.intake.nearest import nearest
from headstamp.terms.errors import MisuseError

SUFFIX = ".toml"
_UNKNOWN = re.compile(r"unknown field `([^`]*)`(?: - at `\$?\.?([^`]*)`)?")
_LACKING = re.compile(r"missing required field `([^`]*)`(?: - at `\$?\.?([^`]*)`)?")
_OTHER_TYPE = re.compile(r"Expected `([^`]*)`, got `([^`]*)` - at `\$?\.?([^`]*)`")
_TYPES = {
    "array": "a list in [ ]",
    "object": "a table",
    "str": "a text in quotes",
    "int": "a whole number",
    "bool": "true or false",
    "float": "a number with decimals",
}
"""What msgspec calls the kinds of value, as somebody who writes TOML calls them."""
_DOCS = "docs/how-to/write-a-layout.md"


class LayoutFile(msgspec.Struct, frozen=True, kw_only=True):
    """A layout with the bytes that say it, which are sealed beside what was read with them."""

    layout: Layout
    data: bytes

    @property
    def file_name(self) -> str:
        """The name under which the layout is sealed."""
        return f"{self.layout.name}{SUFFIX}"


def shipped_layouts() -> tuple[str, ...]:
    """Return the names of the layouts that come with Headstamp."""
    folder = resources.files("headstamp.intake").joinpath("layouts")
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)))


def open_layout(name: str) -> LayoutFile:
    """Return a shipped layout by its name, or the one in a file by its path.

    Raises:
        MisuseError: There is none, or it is not a layout: file, place, value and remedy.
    """
    if name in shipped_layouts():
        folder = resources.files("headstamp.intake").joinpath("layouts")
        return read_layout(folder.joinpath(name + SUFFIX).read_bytes(), name=name + SUFFIX)
    path = Path(name)
    try:
        data = path.read_bytes()
    except OSError as error:
        near = nearest(name, shipped_layouts())
        meant = f"{near} is one; " if near else ""
        message = f"--layout {name}: no shipped layout of this name, and no file that can be read"
        hint = f"{meant}shipped: {', '.join(shipped_layouts())}; or give the path of a .toml file"
        raise MisuseError(message, hint=hint) from error
    return read_layout(data, name=path.name)


def read_layout(data: bytes, *, name: str) -> LayoutFile:
    """Return the layout that TOML says.

    Raises:
        MisuseError: It is no TOML, has a field that no layout has, or contradicts itself.
    """
    try:
        layout = msgspec.toml.decode(data, type=Layout)
    except UnicodeDecodeError as error:
        message = f"{name}: is no layout: it is no text in UTF-8"
        raise MisuseError(message, hint=f"--layout names the TOML file; see {_DOCS}") from error
    except (msgspec.ValidationError, msgspec.DecodeError, RecursionError) as error:
        raise MisuseError(f"{name}: {_said(error)}", hint=_remedy(error)) from error
    for problem, hint in layout_problems(layout):
        raise MisuseError(f"{name}: {problem}", hint=hint)
    return LayoutFile(layout=layout, data=data)


def _said(error: Exception) -> str:
    text = str(error)
    if unknown := _UNKNOWN.search(text):
        where = f" in {unknown[2]}" if unknown[2] else ""
        return f"the field {unknown[1]!r}{where} is none that a layout has"
    if lacking := _LACKING.search(text):
        where = f" in {lacking[2]}" if lacking[2] else ""
        return f"the field {lacking[1]!r} is missing{where}"
    if other := _OTHER_TYPE.search(text):
        wanted = " or ".join(_TYPES.get(one, one) for one in other[1].split(" | "))
        return f"{other[3]} should be {wanted}, and is {_TYPES.get(other[2], other[2])}"
    return f"is no layout: {text}"


def _remedy(error: Exception) -> str:
    unknown = _UNKNOWN.search(str(error))
    near = nearest(unknown[1], _field_names()) if unknown else ""
    return f"is {near} meant? {_DOCS} lists them all" if near else f"see {_DOCS}"


def _field_names() -> set[str]:
    """Return every field that some part of a layout has."""
    parts = (one for one in vars(layout_room).values() if isinstance(one, type))
    structs = (one for one in parts if issubclass(one, msgspec.Struct))
    return {field.encode_name for one in structs for field in msgspec.structs.fields(one)}
