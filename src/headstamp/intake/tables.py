"""Which file holds which table? What datapackage.json lists first, then files by their name."""

from pathlib import PurePosixPath

import msgspec

from headstamp.intake import kinds
from headstamp.intake.descriptor import DESCRIPTOR, Resource, read_descriptor
from headstamp.intake.folder import Container
from headstamp.intake.schema import package_schema
from headstamp.intake.trouble import file_issue, shown
from headstamp.terms.issue import Issue


class Tables(msgspec.Struct):
    """The file of each table, in the order in which tables are read, and datapackage.json."""

    files: dict[str, str] = {}
    descriptor: bytes | None = None
    issues: list[Issue] = []


def find_tables(container: Container) -> Tables:
    """Return which file holds which table, with issues for what is listed and is not so."""
    found = Tables()
    names = set(container.names)
    if DESCRIPTOR in names:
        found.descriptor = container.read(DESCRIPTOR)
    listed: list[Resource] = []
    is_read = False
    if found.descriptor is not None:
        descriptor = read_descriptor(found.descriptor)
        found.issues.extend(descriptor.issues)
        listed, is_read = descriptor.resources, descriptor.is_read
    for resource in listed:
        _assign(found, resource, names)
    _assign_by_name(found, names, is_told=is_read)
    if DESCRIPTOR not in names and found.files:
        said = "is not in the package; its tables were read by file name"
        found.issues.append(file_issue(kinds.NO_DESCRIPTOR, said, file=DESCRIPTOR))
    if found.files and "sources" not in found.files:
        said = "is not in the package; only sources on record can be named"
        found.issues.append(file_issue(kinds.NO_SOURCES, said, file="sources.csv"))
    found.files = {table: found.files[table] for table in package_schema() if table in found.files}
    return found


def _assign(found: Tables, resource: Resource, names: set[str]) -> None:
    stem = PurePosixPath(resource.path).stem
    table = next((name for name in (resource.name, stem) if name in package_schema()), None)
    if table is None:
        said = f"the resource {shown(resource.name)} is no table of ours; it was not read"
        issue = file_issue(kinds.RESOURCE_NOT_OURS, said, file=resource.path, raw=resource.name)
    elif resource.path not in names:
        said = f"is listed in {DESCRIPTOR} and cannot be read in the package"
        issue = file_issue(kinds.RESOURCE_MISSING, said, file=resource.path)
    elif table in found.files:
        issue = _twice(resource.path, table, found.files[table])
    elif resource.path in found.files.values():
        issue = _twice(resource.path, table, resource.path)
    else:
        found.files[table] = resource.path
        return
    found.issues.append(issue)


def _twice(path: str, table: str, first: str) -> Issue:
    said = f"is given for the table {table} beside {first}; it was not read for it"
    return file_issue(kinds.TABLE_TWICE, said, file=path)


def _assign_by_name(found: Tables, names: set[str], *, is_told: bool) -> None:
    unlisted = []
    for table in package_schema():
        path = f"{table}.csv"
        if path not in names or path in found.files.values():
            continue
        if table in found.files:
            found.issues.append(_twice(path, table, found.files[table]))
            continue
        found.files[table] = path
        unlisted.append(path)
    if is_told and unlisted:
        found.issues.append(_not_listed(unlisted))


def _not_listed(paths: list[str]) -> Issue:
    one, *more = paths
    said = f"{len(paths)} tables are not listed; they were read all the same: {', '.join(paths)}"
    if not more:
        said = f"the table {one} is not listed; it was read all the same"
    return file_issue(kinds.TABLE_NOT_LISTED, said, file=DESCRIPTOR, raw="; ".join(paths))
