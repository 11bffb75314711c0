"""What does datapackage.json say? Names and paths of resources; its schemas are not asked."""

import json

import msgspec

from headstamp.intake import kinds
from headstamp.intake.paths import escape_reason, normal_path
from headstamp.intake.trouble import file_issue, shown
from headstamp.terms.issue import Issue

DESCRIPTOR = "datapackage.json"


class Resource(msgspec.Struct, frozen=True):
    """One file that a package lists, by the name it gives it."""

    name: str
    path: str


class Descriptor(msgspec.Struct):
    """What was read of datapackage.json; ``is_read`` is false where nothing could be."""

    resources: list[Resource] = []
    issues: list[Issue] = []
    is_read: bool = False


def read_descriptor(data: bytes) -> Descriptor:
    """Return the resources that a datapackage.json lists, unsafe paths refused."""
    found = Descriptor()
    try:
        package = json.loads(data.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        said = f"line {error.lineno}, column {error.colno}: is not JSON: {error.msg}"
        return _broken(found, said, row=error.lineno)
    except UnicodeDecodeError as error:
        return _broken(found, f"is not UTF-8: byte at offset {error.start}")
    except (RecursionError, ValueError) as error:
        return _broken(found, f"cannot be read: {error}")
    listed = package.get("resources") if isinstance(package, dict) else None
    if not isinstance(listed, list):
        return _broken(found, "lists no resources")
    found.is_read = True
    for number, entry in enumerate(listed, 1):
        _add_resource(found, entry, number)
    return found


def _add_resource(found: Descriptor, entry: object, number: int) -> None:
    resource = entry if isinstance(entry, dict) else {}
    name, path = resource.get("name"), resource.get("path")
    if isinstance(path, list) and len(path) == 1:
        path = path[0]
    if not isinstance(path, str):
        said = f"resource {number} ({shown(str(name))}) names no single file"
        found.issues.append(file_issue(kinds.PATH_LEADS_OUT, said, file=DESCRIPTOR, column="path"))
    elif problem := escape_reason(path):
        said = f"resource {number}: the path {shown(path)} {problem}; it was not read"
        found.issues.append(
            file_issue(kinds.PATH_LEADS_OUT, said, file=DESCRIPTOR, raw=path, column="path")
        )
    else:
        name = name if isinstance(name, str) else ""
        found.resources.append(Resource(name, normal_path(path)))


def _broken(found: Descriptor, said: str, *, row: int | None = None) -> Descriptor:
    issue = file_issue(kinds.BROKEN_DESCRIPTOR, said, file=DESCRIPTOR)
    found.issues.append(msgspec.structs.replace(issue, row=row))
    return found
