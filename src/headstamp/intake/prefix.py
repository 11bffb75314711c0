"""How are ids kept apart? ``--prefix`` before every id of a package, wherever it stands.

A row that the casebook holds already, id and content, is the same record and keeps its id:
reading a package again under a prefix adds what was refused before and doubles nothing.
"""

from headstamp.intake.cells import Value, id_problem
from headstamp.intake.reading import Known
from headstamp.intake.references import references
from headstamp.intake.resolve import Key, is_on_record
from headstamp.intake.rows import ReadRow, row_id_of
from headstamp.intake.schema import package_schema
from headstamp.terms.errors import MisuseError

MAX_PREFIX_CHARACTERS = 40


def require_prefix(prefix: str) -> None:
    """Raise MisuseError for a prefix that cannot begin an id."""
    problem = id_problem(prefix) or ("" if prefix.strip() == prefix else "has spaces around it")
    if not prefix or len(prefix) > MAX_PREFIX_CHARACTERS:
        problem = f"must have 1 to {MAX_PREFIX_CHARACTERS} characters"
    if problem:
        message = f"the prefix {prefix[:60]!r} {problem}"
        raise MisuseError(message, hint="write a short one of letters, digits and _, e.g. b_")


def prefix_rows(rows: list[ReadRow], prefix: str, known: Known) -> None:
    """Put the prefix before the ids of all rows that are not on record, and before references."""
    for row in rows:
        if row.state == "read" and is_on_record(row, known):
            row.state = "same"
    kept = {row.key for row in rows if row.state == "same"}
    renamed = {row.key for row in rows if row.row_id is not None} - kept
    statements = {str(row.values.get("statement")) for row in rows if row.state == "same"}
    for row in rows:
        if row.state != "same":
            _prefix_row(row, prefix, renamed, statements)


def _prefix_row(row: ReadRow, prefix: str, renamed: set[Key], statements: set[str]) -> None:
    schema = package_schema()[row.table]
    moved = _prefixed_references(row, prefix, renamed)
    for column in schema.columns:
        value = row.values.get(column.name)
        if value is None:
            continue
        if column.type == "statement" and str(value) not in statements:
            moved[column.name] = prefix + str(value)
        # A line is told apart by its consignment, where that has got the prefix.
        if column.type == "id" and not any(name in moved for name in schema.id):
            moved[column.name] = prefix + str(value)
    row.values = {**row.values, **moved}
    row.row_id = row_id_of(schema, row.values)


def _prefixed_references(row: ReadRow, prefix: str, renamed: set[Key]) -> dict[str, Value]:
    moved: dict[str, Value] = {}
    for column, tables, row_id in references(row.table, row.values):
        value = row.values[column.name]
        is_ours = any((table, row_id) in renamed for table in tables)
        new_id = prefix + row_id if is_ours else row_id
        if isinstance(value, list):
            entries = moved.setdefault(column.name, [])
            assert isinstance(entries, list)
            entries.append(new_id)
        elif is_ours:
            moved[column.name] = new_id
    return moved
