import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from headstamp.intake.grids import Grids
from headstamp.intake.objects import read_json, read_json_lines

from .layout_world import form

LEAVES: st.SearchStrategy[object] = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
)
LEAVES |= st.text(max_size=5)
NAMES = st.text(st.sampled_from("abc"), min_size=1, max_size=2)
OBJECTS = st.dictionaries(NAMES, LEAVES | st.dictionaries(NAMES, LEAVES, max_size=2), max_size=4)


def rows(found: Grids) -> list[dict[str, object]]:
    """Return the rows of the one grid, by the names of its columns."""
    (grid,) = found.grids
    return [dict(zip(grid.header, row.cells, strict=True)) for row in grid.rows]


def read(text: str | bytes, path: str = "") -> Grids:
    """Return what a JSON file holds."""
    data = text if isinstance(text, bytes) else text.encode()
    return read_json("a.json", data, form(format="json", path=path))


def lines(text: str | bytes) -> Grids:
    """Return what a JSON Lines file holds."""
    data = text if isinstance(text, bytes) else text.encode()
    return read_json_lines("a.jsonl", data, form(format="jsonl"))


@given(st.lists(OBJECTS, min_size=1, max_size=5))
def test_every_leaf_is_a_cell_under_its_dotted_name(objects: list[dict[str, object]]) -> None:
    """Both readers find what json finds, no leaf more and none less."""
    expected = []
    for one in objects:
        flat: dict[str, object] = {}
        for key, value in one.items():
            inner = value.items() if isinstance(value, dict) else [("", value)]
            flat |= {f"{key}.{name}" if name else key: leaf for name, leaf in inner}
        expected.append(flat)

    for found in (read(json.dumps(objects)), lines("\n".join(map(json.dumps, objects)))):
        for row, flat in zip(rows(found), expected, strict=True):
            assert {key: row[key] for key in flat} == flat
            assert all(row[key] is None for key in row if key not in flat)


def test_list_is_found_at_its_path() -> None:
    """Each step is the name of a member."""
    assert rows(read('{"data": {"rows": [{"a": 1}]}}', "data.rows")) == [{"a": 1}]


@pytest.mark.parametrize(
    ("text", "path"),
    [('{"a": 1}', ""), ("7", ""), ('{"a": {}}', "a"), ("[]", "a"), ('{"a": 1}', "a.b"), ("{}", "")],
)
def test_place_that_holds_no_list_is_told(text: str, path: str) -> None:
    """INTAKE-100 names the place; the remedy is `path`."""
    found = read(text, path)

    assert [issue.code for issue in found.issues] == ["INTAKE-100"]
    assert found.grids == []
    assert "path" in found.issues[0].hint


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[",
        b"[{]",
        b"\xff",
        b"[NaN]",
        b"[Infinity]",
        b"nul",
        b"[" * 100_000,
        b"[1]x",
        b"[" + b"9" * 5_000 + b"]",
    ],
    ids=range(10),
)
def test_what_is_no_json_is_told(data: bytes) -> None:
    """INTAKE-100, whatever is wrong with it; no fault of ours."""
    assert [issue.code for issue in read(data).issues] == ["INTAKE-100"]


@pytest.mark.parametrize("member", ["7", "null", "[1]", '"x"', "[{}]"])
def test_member_that_is_no_object_is_a_refused_row(member: str) -> None:
    """INTAKE-126 shows what stands there; the rows around it are numbered as they stand."""
    in_list = list(read(f'[{{"a": 1}}, {member}, {{"a": 2}}]').grids[0].rows)
    in_lines = list(lines(f'{{"a": 1}}\n{member}\n{{"a": 2}}\n').grids[0].rows)

    for found in (in_list, in_lines):
        assert [row.number for row in found] == [1, 2, 3]
        trouble = found[1].trouble
        assert trouble is not None
        assert (trouble.kind.code, trouble.raw) == ("INTAKE-126", member.replace(" ", ""))
        assert [row.cells for row in (found[0], found[2])] == [[1], [2]]


def test_blank_lines_count_and_hold_nothing() -> None:
    """Rows of JSON Lines are numbered by their line; line ends may be of either kind."""
    found = lines('\ufeff{"a": 1}\r\n\r\n  \n{"a": 2}')

    assert [(row.number, row.cells) for row in found.grids[0].rows] == [(1, [1]), (4, [2])]


@pytest.mark.parametrize("text", ["", "\n\n", "x\ny\n", "[1]\n"])
def test_file_without_one_object_is_not_json_lines(text: str) -> None:
    """INTAKE-100: nothing of it can be taken."""
    found = lines(text)

    assert ([issue.code for issue in found.issues], found.grids) == (["INTAKE-100"], [])


def test_name_twice_in_one_object_keeps_both_values() -> None:
    """The first is what the name means; the second stands under a name that says so."""
    assert rows(lines('{"a": 1, "a": 2, "a": 3, "b": {"c": 4}, "b.c": 5}')) == [
        {"a": 1, "a (again)": 2, "a (again) (again)": 3, "b.c": 4, "b.c (again)": 5}
    ]


def test_lists_and_what_is_nested_deep_stand_as_json() -> None:
    """Nothing is lost; an empty list is nothing."""
    deep = "1"
    for _ in range(12):
        deep = f'{{"d": {deep}}}'
    found = rows(lines(f'{{"l": [1, {{"é": null}}], "e": [], "o": {{}}, "x": {deep}}}'))[0]

    assert found["l"] == '[1,{"é":null}]'
    assert found["e"] is None
    name, cell = next((key, value) for key, value in found.items() if key.startswith("x"))
    assert name.count(".d") == 8
    assert json.loads(str(cell)) == {"d": {"d": {"d": {"d": 1}}}}


def test_digits_and_halves_stand_as_they_are() -> None:
    """A long number keeps its digits, and half a character comes through to be reported."""
    found = rows(lines('{"n": 12345678901234567890123, "h": "\\ud83d", "z": "\\u0000"}'))

    assert found == [{"n": 12345678901234567890123, "h": "\ud83d", "z": "\0"}]
