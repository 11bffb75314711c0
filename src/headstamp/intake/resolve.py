"""Which rows hold together? Ids taken and twice, references, circles, and what falls with them.

The answer does not depend on the order of rows or tables, but for one thing: of two rows
with one id and two contents the first stands.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from headstamp.intake import row_kinds
from headstamp.intake.countries import INVENTED, is_country, real_countries
from headstamp.intake.kinds import IssueKind
from headstamp.intake.nearest import Suggestions
from headstamp.intake.reading import Known, Record
from headstamp.intake.references import RefColumn, references
from headstamp.intake.rows import ReadRow
from headstamp.intake.schema import package_schema
from headstamp.intake.trouble import Trouble
from headstamp.terms.source import STATEMENT_KINDS

Key = tuple[str, str]
_N_PLACES = 3


def resolve(
    rows: list[ReadRow], known: Known, *, unread: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Settle the state of every row: read, same as on record, or refused with its reasons.

    ``unread`` names the file of each table of the package that could not be read at all: an
    id of it may be right, so that no row is asked for.
    """
    _settle_known(rows, known)
    _refuse_invented(rows)
    first: dict[Key, ReadRow] = {}
    copies = _settle_twice(rows, first)
    _refuse_circles(first)
    _refuse_unknown(rows, first, known, unread)
    _refuse_dependents(rows, first)
    _settle_copies(copies, first)
    if "parties" not in unread:
        _note_publishers(first, known)


def record_of(row: ReadRow) -> Record:
    """Return the record of a row that has an id."""
    return Record(
        table=row.table,
        row_id=row.row_id or "",
        file=row.file,
        row=row.number,
        values=row.values,
        notes=row.notes,
        is_protected=row.is_protected,
    )


def is_on_record(row: ReadRow, known: Known) -> bool:
    """Answer whether the casebook holds this id with this content."""
    digest = known.digests.get(row.key)
    return digest is not None and digest == known.digest_of(record_of(row))


def _settle_known(rows: list[ReadRow], known: Known) -> None:
    for row in rows:
        if row.state != "read" or row.key not in known.digests:
            continue
        if is_on_record(row, known):
            row.state = "same"
        else:
            said = "is on record with other content"
            row.refuse(_id_trouble(row_kinds.ID_TAKEN, row, said))


def _settle_twice(rows: list[ReadRow], first: dict[Key, ReadRow]) -> list[ReadRow]:
    """Fill ``first`` with the row that holds each id; return later rows of equal content."""
    copies = []
    for row in rows:
        if row.row_id is None:
            continue
        holder = first.setdefault(row.key, row)
        if holder is row or row.state == "same":
            continue
        if (row.values, row.notes) == (holder.values, holder.notes):
            copies.append(row)
        else:
            said = f"stands in row {holder.number} of {holder.file} with other content"
            row.refuse(_id_trouble(row_kinds.ID_TWICE, row, said))
    return copies


def _settle_copies(copies: list[ReadRow], first: Mapping[Key, ReadRow]) -> None:
    for row in copies:
        holder = first[row.key]
        if row.state == "read" and holder.state == "refused":
            said = f"repeats row {holder.number} of {holder.file}, which was refused"
            row.refuse(_id_trouble(row_kinds.REFERS_TO_REFUSED, row, said))
        elif row.state == "read":
            row.state = "same"


def _id_trouble(kind: IssueKind, row: ReadRow, said: str) -> Trouble:
    column = package_schema()[row.table].id[-1]
    return Trouble(kind=kind, column=column, raw=row.row_id, said=said)


def _refuse_invented(rows: list[ReadRow]) -> None:
    """Refuse codes of invented worlds where the package has real countries as well."""
    found = [(row, name, code) for row in rows for name, code in _countries(row)]
    if not any(code in real_countries() for _, _, code in found):
        return
    places = _places_of_real(found)
    because = f": {places}" if places else ", in protected rows"
    hint = "leave the cell empty if the country is not known; if the world is invented, correct "
    hint += places or "the real countries"
    for row, name, code in found:
        if code in INVENTED and row.state != "same":
            said = f"is a code of invented worlds, and this package has real countries{because}"
            kind = row_kinds.INVENTED_COUNTRY
            row.refuse(Trouble(kind=kind, column=name, raw=code, said=said, hint=hint))


def _places_of_real(found: list[tuple[ReadRow, str, str]]) -> str:
    """Return where the first real countries stand, each code once; of protected rows nothing."""
    places: dict[str, str] = {}
    for row, name, code in found:
        if code in real_countries() and not row.is_protected:
            places.setdefault(code, f"{code} in {row.file} row {row.number}, {name}")
    n_more = len(places) - _N_PLACES
    more = f"; and {n_more} more" if n_more > 0 else ""
    return "; ".join([*places.values()][:_N_PLACES]) + more


def _countries(row: ReadRow) -> Iterator[tuple[str, str]]:
    for name in _COUNTRY_COLUMNS.get(row.table, ()):
        value = row.values.get(name)
        for code in value if isinstance(value, list) else [value]:
            if code is not None:
                yield name, str(code)


def _refuse_circles(first: Mapping[Key, ReadRow]) -> None:
    for table, column in _ACYCLIC_COLUMNS:
        points_to = {
            row_id: str(row.values[column])
            for (name, row_id), row in first.items()
            if name == table and column in row.values and row.state != "same"
        }
        for row_id, n_steps in _on_circles(points_to):
            row = first[table, row_id]
            raw = points_to[row_id]
            said = f"leads back to the row itself: a circle of {n_steps}"
            row.refuse(Trouble(kind=row_kinds.CYCLE, column=column, raw=raw, said=said))


def _on_circles(points_to: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Yield the ids on circles, with the length of their circle; each id points to one other."""
    done: set[str] = set()
    for start in points_to:
        path: dict[str, int] = {}
        at = start
        while at in points_to and at not in done and at not in path:
            path[at] = len(path)
            at = points_to[at]
        if at in path:
            n_steps = len(path) - path[at]
            yield from ((row_id, n_steps) for row_id, n in path.items() if n >= path[at])
        done.update(path)


def _refuse_unknown(
    rows: list[ReadRow], first: Mapping[Key, ReadRow], known: Known, unread: Mapping[str, str]
) -> None:
    """Refuse rows that name an id which is nowhere, with the nearest id as the remedy."""
    suggestions = Suggestions(_open_ids(first, known))
    held: set[tuple[tuple[str, ...], str]] = set()
    for row in rows:
        if row.state == "same":
            continue
        for column, tables, row_id in references(row.table, row.values):
            sought = (tables, row_id)
            if column.otherwise == "text" or sought in held:
                continue
            keys = [(table, row_id) for table in tables]
            if any(key in first or key in known.digests for key in keys):
                held.add(sought)
                continue
            file = next((unread[table] for table in tables if table in unread), None)
            trouble = _unknown_trouble(column, tables, row_id, file or suggestions)
            if trouble is not None:
                row.refuse(trouble)


def _unknown_trouble(
    column: RefColumn, tables: tuple[str, ...], row_id: str, sought_in: Suggestions | str
) -> Trouble | None:
    """Return what is wrong with an id that was not found; ``sought_in``: or the file unread."""
    is_receiver = column.otherwise == "receiver"
    if is_receiver and (is_country(row_id) or row_id in column.codes):
        return None
    if isinstance(sought_in, str):
        said = f"refers to {sought_in}, which could not be read"
        hint = f"correct {sought_in}; the rows that refer to it need no change"
        return _ref_trouble(row_kinds.REFERS_TO_UNREAD, column, row_id, said, hint=hint)
    if is_receiver:
        said = "is neither a party_id, nor a country, nor a kind of party"
        return _ref_trouble(row_kinds.BAD_RECEIVER, column, row_id, said)
    said = f"is no id of {_named(tables)} in the package or the casebook"
    meant = sought_in.nearest_id(row_id, tables)
    hint = f"write {meant}, if that is meant; else add the row that it names" if meant else ""
    return _ref_trouble(row_kinds.UNKNOWN_ID, column, row_id, said, hint=hint)


def _open_ids(first: Mapping[Key, ReadRow], known: Known) -> list[Key]:
    held = {key for key, row in first.items() if row.is_protected} | known.protected
    return [key for key in dict.fromkeys([*first, *known.digests]) if key not in held]


def _refuse_dependents(rows: list[ReadRow], first: Mapping[Key, ReadRow]) -> None:
    """Refuse what refers to a refused row, and what refers to that, to the end."""
    fallen = deque(key for key, row in first.items() if row.state == "refused")
    if not fallen:
        return
    dependents: dict[Key, list[tuple[ReadRow, RefColumn, str]]] = {}
    for row in rows:
        if row.state == "read":
            for column, key in _links(row, first):
                dependents.setdefault(key, []).append((row, column, key[1]))
    while fallen:
        key = fallen.popleft()
        at = first[key]
        said = f"refers to row {at.number} of {at.file}, which was refused"
        for row, column, row_id in dependents.get(key, ()):
            if row.state == "read" and first[row.key] is row:
                fallen.append(row.key)
            row.refuse(_ref_trouble(row_kinds.REFERS_TO_REFUSED, column, row_id, said))


def _links(row: ReadRow, first: Mapping[Key, ReadRow]) -> Iterator[tuple[RefColumn, Key]]:
    for column, tables, row_id in references(row.table, row.values):
        key = next(((table, row_id) for table in tables if (table, row_id) in first), None)
        if key is not None and key != row.key:
            yield column, key


def _ref_trouble(
    kind: IssueKind, column: RefColumn, raw: str, said: str, *, hint: str = ""
) -> Trouble:
    return Trouble(kind=kind, column=column.name, raw=raw, said=said, hint=hint)


def _note_publishers(first: Mapping[Key, ReadRow], known: Known) -> None:
    """Say where the maker of a statement is nobody whom the parties name."""
    sources = [row for (table, _), row in first.items() if table == "sources"]
    names: set[str] | None = None
    for row in sources:
        publisher = row.values.get("publisher")
        if row.state != "read" or row.values["kind"] not in STATEMENT_KINDS or publisher is None:
            continue
        names = names or set(_party_names(first.items(), known))
        if publisher not in names:
            said = "is no party_id, name or alias of a party"
            row.troubles.append(
                Trouble(
                    kind=row_kinds.PUBLISHER_UNKNOWN,
                    column="publisher",
                    raw=str(publisher),
                    said=said,
                )
            )


def _party_names(rows: Iterable[tuple[Key, ReadRow]], known: Known) -> Iterator[str]:
    yield from known.party_names
    yield from (row_id for table, row_id in known.digests if table == "parties")
    for (table, row_id), row in rows:
        if table == "parties" and row.state != "refused":
            yield row_id
            yield str(row.values.get("name", row_id))
            aliases = row.values.get("aliases")
            yield from aliases if isinstance(aliases, list) else []


def _named(tables: tuple[str, ...]) -> str:
    return tables[0] if len(tables) == 1 else "any table"


_COUNTRY_COLUMNS = {
    table.name: [c.name for c in table.columns if c.type in {"country", "countries"}]
    for table in package_schema().values()
}
_ACYCLIC_COLUMNS = [
    (table.name, column.name)
    for table in package_schema().values()
    for column in table.columns
    if column.is_acyclic
]
