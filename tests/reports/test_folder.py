from pathlib import Path

import pytest

from headstamp.reports.folder import MARKER, replaced_folder
from headstamp.reports.site import write_report
from headstamp.terms.errors import RefusedError, StorageError
from headstamp.terms.table import Table


def write(out: Path, **tables: Table) -> Path:
    """Write a report and return its first page."""
    return write_report(tables, out, title="A case", made_on="today")


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    """A folder that holds nothing may be written into."""
    (tmp_path / "out").mkdir()

    assert write(tmp_path / "out").is_file()


def test_a_former_report_is_replaced_whole(tmp_path: Path) -> None:
    """Pages that the new report does not have are gone."""
    gone = Table(name="items", columns=("item_id",), rows=({"item_id": "x"},))
    write(tmp_path / "out", items=gone)
    assert (tmp_path / "out" / "item-x.html").exists()

    write(tmp_path / "out")

    assert not (tmp_path / "out" / "item-x.html").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    """What no report wrote is never removed."""
    (tmp_path / "notes.txt").write_text("mine")

    with pytest.raises(RefusedError, match=r"notes\.txt"):
        write(tmp_path)

    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_file_put_into_a_former_report_is_kept(tmp_path: Path) -> None:
    """A reader's own file among the pages stops the next report."""
    write(tmp_path / "out")
    (tmp_path / "out" / "tables" / "my.xlsx").write_text("mine")

    with pytest.raises(RefusedError, match=r"my\.xlsx"):
        write(tmp_path / "out")


@pytest.mark.parametrize("marker", ["", "[]", '{"files": 3}', "{not json"])
def test_a_marker_that_is_none_protects_what_is_there(tmp_path: Path, marker: str) -> None:
    """Whatever lies in the folder is somebody's until a marker of ours lists it."""
    (tmp_path / MARKER).write_text(marker)
    (tmp_path / "index.html").write_text("mine")

    with pytest.raises(RefusedError):
        write(tmp_path)


def test_a_file_of_that_name_is_refused(tmp_path: Path) -> None:
    """A report is a folder; a file is not replaced by one."""
    (tmp_path / "out").write_text("mine")

    with pytest.raises(RefusedError, match="is a file"):
        write(tmp_path / "out")


def test_nothing_is_visible_when_making_fails(tmp_path: Path) -> None:
    """A report that breaks off leaves neither pages nor a half-made folder."""
    with pytest.raises(RuntimeError), replaced_folder(tmp_path / "out") as folder:
        _break_off(folder)

    assert list(tmp_path.iterdir()) == []


def test_a_former_report_survives_a_failure(tmp_path: Path) -> None:
    """Until the new report is whole, the former one stands."""
    write(tmp_path / "out")

    with pytest.raises(RuntimeError), replaced_folder(tmp_path / "out") as folder:
        _break_off(folder)

    assert (tmp_path / "out" / "index.html").is_file()


def test_a_place_that_cannot_be_written_is_said_to_be_so(tmp_path: Path) -> None:
    """A folder below a file is a matter of storage, told with the path."""
    (tmp_path / "file").write_text("")

    with pytest.raises(StorageError, match="could not be written"):
        write(tmp_path / "file" / "out")


def test_the_current_folder_may_be_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative path, and a path of several new folders, both work."""
    monkeypatch.chdir(tmp_path)

    assert write(Path("a/b/out")).is_file()


def _break_off(folder: Path) -> None:
    (folder / "index.html").write_text("half")
    raise RuntimeError
