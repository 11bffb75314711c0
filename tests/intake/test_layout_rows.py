import random

from hypothesis import given
from hypothesis import strategies as st

from .layout_world import (
    HEADER,
    ITEMS,
    MARKS,
    ROWS,
    SOURCE,
    Got,
    as_csv,
    items,
    layout,
    read,
    read_rows,
    table_of,
)

CELLS = st.text(st.sampled_from("ab1 ,;\"'\n-é"), max_size=4)
TABLES = st.lists(st.lists(CELLS, min_size=7, max_size=7), max_size=12)
WIDE = (*HEADER, "free", "noise")
LEAVE = [
    {"where": {"kind": ["a"]}, "why": "an a"},
    {"where": {"maker": {"empty": True}}, "why": "no"},
]


def is_filled(cell: object) -> bool:
    """Whether something stands in a cell, by what Python calls a space."""
    return bool(str(cell).strip())


def read_wide(rows: list[list[str]]) -> Got:
    """Read rows with two more columns: one that is ignored, one that nobody named."""
    using = layout(leave=LEAVE, ignore={"noise": "noise"})
    return read(as_csv(rows, header=WIDE), using)


@given(TABLES)
def test_every_cell_is_read_ignored_or_reported(rows: list[list[str]]) -> None:
    """Sums over generated files agree with a count that knows nothing of layouts."""
    account = read_wide(rows).account
    columns = account.columns.values()
    held = [row for row in rows if any(row)]
    left = [row for row in held if row[0].split() == ["a"] or not is_filled(row[1])]
    n_left = sum(is_filled(cell) for row in left for cell in row)

    assert account.n_rows == len(held)
    assert account.n_left == len(left)
    assert account.n_cells == sum(is_filled(cell) for row in held for cell in row)
    assert account.n_read + account.n_ignored + account.n_reported == account.n_cells
    assert account.n_cells == n_left + sum(column.n_filled for column in columns)
    assert sum(one.n_cells for one in account.left) == n_left
    for column in columns:
        assert column.n_filled == column.n_read + column.n_ignored + column.n_reported
    taken = [row for row in held if row not in left]
    noise, free = (sum(is_filled(row[place]) for row in taken) for place in (6, 5))
    assert account.n_ignored == n_left + noise
    assert getattr(account.columns.get("free"), "n_unknown", 0) == free


@given(TABLES)
def test_reported_cells_are_those_that_issues_tell_of(rows: list[list[str]]) -> None:
    """Every reported cell of a known column has an issue of its row and column."""
    got = read_wide(rows)
    unread = sum(column.n_unknown for column in got.account.columns.values())
    at = {(issue.row, issue.column) for issue in got.issues if issue.row and issue.row > 1}

    assert got.account.n_reported - unread <= len(at)


@given(TABLES, st.randoms(use_true_random=False))
def test_order_of_columns_changes_nothing_but_the_files_digest(
    rows: list[list[str]], chance: random.Random
) -> None:
    """The same columns in another order give the same values and the same account."""
    order = list(range(len(WIDE)))
    chance.shuffle(order)
    one = read(as_csv(rows, header=WIDE), layout(leave=LEAVE, ignore={"noise": "noise"}))
    shuffled = [[row[place] for place in order] for row in rows]
    header = [WIDE[place] for place in order]
    two = read(as_csv(shuffled, header=header), layout(leave=LEAVE, ignore={"noise": "noise"}))

    assert without_ids(one) == without_ids(two)
    assert (one.account.n_read, one.account.n_ignored) == (
        two.account.n_read,
        two.account.n_ignored,
    )
    assert one.account.columns == two.account.columns
    assert sorted(one.codes()) == sorted(two.codes())


@given(TABLES)
def test_ignored_column_changes_nothing_but_the_account(rows: list[list[str]]) -> None:
    """A column that the layout ignores may stand there or not."""
    narrow = [row[:5] for row in rows if any(row[:5])]
    wide = [[*row, "noise"] for row in narrow]
    one = read(as_csv(narrow), layout())
    two = read(as_csv(wide, header=(*HEADER, "noise")), layout(ignore={"Noise": "noise"}))

    assert without_ids(one) == without_ids(two)
    assert one.codes() == two.codes()
    assert two.account.n_ignored == len(narrow)
    assert two.account.n_cells == one.account.n_cells + len(narrow)


def without_ids(got: Got) -> list[dict[str, object]]:
    """Return the records without the ids that come from the file's digest."""
    return [
        {"row": one.row, "table": one.table}
        | {key: value for key, value in one.values.items() if key not in {"item_id", "mark_id"}}
        for one in got.records
    ]


# --- rows that are left, refused, or too long --------------------------------------------------


def test_first_rule_that_applies_decides() -> None:
    """A row of both rules counts once, for the first; each rule's rows and cells are told."""
    got = read_rows(("a", "", "x", "", ""), ("b", "", "", "", ""), ROWS[0], leave=LEAVE)

    assert [(one.why, one.n_rows, one.n_cells) for one in got.account.left] == [
        ("an a", 1, 2),
        ("no", 1, 1),
    ]
    assert (got.account.n_left, got.account.n_taken, got.account.n_ignored) == (2, 1, 3)


def test_rule_that_applies_to_no_row_is_told_also_where_two_have_one_reason() -> None:
    """INTAKE-124 goes by the rule, not by its words."""
    leave = [{"where": {"kind": [kind]}, "why": "no weapon"} for kind in ("Rifle", "Vest")]
    got = read_rows(leave=leave)

    assert got.issue("INTAKE-124").message.endswith("(no weapon) applied to none")


def test_record_that_no_row_gives_is_told() -> None:
    """INTAKE-124 for a `where` that never holds, and for a need that is never filled."""
    never = table_of(MARKS, name="never", where={"kind": ["Cannon"]})
    got = read_rows(("Rifle", "M", "", "", ""), records=[SOURCE, ITEMS, MARKS, never])

    assert [issue.code for issue in got.issues] == ["INTAKE-124"] * 2
    assert "'serial' of marks" in got.issues[0].message
    assert "'never' of marks" in got.issues[1].message


def test_no_row_at_all_makes_no_rule_idle() -> None:
    """An empty file says nothing about the rules; that it is empty can be expected or not."""
    got = read(as_csv([]), layout(leave=LEAVE, expect={"rows": [1, 9]}))

    assert got.codes() == ["INTAKE-123"]
    assert got.issue("INTAKE-123").raw == "0"
    assert got.is_readable


def test_cell_of_a_column_that_no_record_of_its_row_reads_is_told() -> None:
    """INTAKE-130: a serial of a row that gives no mark is not counted as read."""
    marks = table_of(MARKS, where={"kind": ["Rifle"]})
    got = read_rows(records=[SOURCE, ITEMS, marks])
    told = got.issue("INTAKE-130")

    assert (told.column, told.severity) == ("serial", "warning")
    assert "1 cells" in told.message
    column = got.account.columns["serial"]
    assert (column.n_filled, column.n_read, column.n_reported, column.n_unread) == (2, 1, 1, 1)


def test_cell_by_which_a_rule_decides_is_read() -> None:
    """A `where`, a `[[leave]]` and a `[[same]]` rule read what they look at, in every row."""
    marks = table_of(MARKS, where={"kind": ["Rifle"]})
    same = [{"columns": ["serial"], "why": "x"}]
    got = read_rows(records=[SOURCE, ITEMS, marks], same=same)

    assert "INTAKE-130" not in got.codes()
    assert got.account.columns["serial"].n_read == 2


def test_cell_that_one_field_could_not_use_is_reported_though_another_could() -> None:
    """Something is wrong with it, which is what the account must show."""
    got = read_rows(
        ("Rifle", "M", "", "soon", ""), records=[SOURCE, items(model={"column": "date"}), MARKS]
    )

    assert got.account.columns["date"].n_reported == 1
    assert got.of("items")[0]["model"] == "soon"


def test_row_longer_than_its_header_is_refused_and_told() -> None:
    """In a CSV nobody can say which cell is too many; all of them are reported."""
    got = read(as_csv([("a", "b", "c", "2019", "1", "surplus"), ROWS[0]]))

    assert got.issue("INTAKE-038").row == 2
    assert (got.account.n_refused, got.account.n_taken, got.account.n_reported) == (1, 1, 6)


def test_rows_alike_are_counted_right_however_many_kinds_there_are(monkeypatch: object) -> None:
    """Counting in portions gives what counting one by one gives."""
    from headstamp.intake import layout_account

    chance = random.Random(5)
    rows = [[chance.choice(["", "x"]) for _ in range(5)] for _ in range(400)]
    rows = [row for row in rows if any(row)]
    whole = read(as_csv(rows)).account
    monkeypatch.setattr(layout_account, "_MOST_PATTERNS", 3)  # type: ignore[attr-defined]

    assert read(as_csv(rows)).account == whole
    assert whole.n_cells == sum(cell == "x" for row in rows for cell in row)
