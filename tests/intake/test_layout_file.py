from pathlib import Path

import pytest

from headstamp.intake.layout_file import open_layout, read_layout, shipped_layouts
from headstamp.terms.errors import MisuseError

from .layout_world import as_toml


def refusal(data: bytes) -> MisuseError:
    """Return why bytes are no layout."""
    with pytest.raises(MisuseError) as raised:
        read_layout(data, name="harbour.toml")
    return raised.value


def test_layout_keeps_its_very_bytes() -> None:
    """They are what is sealed beside the file, under the layout's own name."""
    data = b"# a remark\n" + as_toml()
    opened = read_layout(data, name="whatever.toml")

    assert (opened.data, opened.file_name) == (data, "harbour.toml")
    assert opened.layout.title == "Book of the Harbour Guard"


@pytest.mark.parametrize("name", shipped_layouts())
def test_shipped_layouts_are_sound(name: str) -> None:
    """Each opens by its name, which is also the name it gives itself."""
    opened = open_layout(name)

    assert opened.layout.name == name
    assert opened.layout.about


def test_shipped_layouts_are_those_of_the_document() -> None:
    """docs/reference/commands.md names them."""
    text = (Path(__file__).parents[2] / "docs/reference/commands.md").read_text(encoding="utf-8")

    assert shipped_layouts() == (
        "common",
        "eu-exports",
        "rio-holdings",
        "rio-losses",
        "rio-recoveries",
        "taurus-production",
        "us-leso",
    )
    assert all(f"`{name}`" in text for name in shipped_layouts())


def test_layout_opens_by_its_path(tmp_path: Path) -> None:
    """A path is read where no shipped layout has that name."""
    path = tmp_path / "harbour.toml"
    path.write_bytes(as_toml())

    assert open_layout(str(path)).layout.name == "harbour"


@pytest.mark.parametrize(
    ("name", "offered"), [("rio-recoverys", "rio-recoveries is one"), ("x", "")]
)
def test_unknown_layout_is_answered_with_what_there_is(name: str, offered: str) -> None:
    """Shipped names stand in the remedy, the nearest first."""
    with pytest.raises(MisuseError, match=name) as raised:
        open_layout(name)

    assert raised.value.hint.startswith(offered or "shipped: ")
    assert "us-leso" in raised.value.hint


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (as_toml(fille={}), "the field 'fille' is none that a layout has"),
        (as_toml(file={"format": "csv", "seperator": ";"}), "'seperator' in file is none"),
        (as_toml(title=7), "title should be a text in quotes, and is a whole number"),
        (as_toml(leave={}), "leave should be a list in [ ], and is a table"),
        (as_toml(file={"format": "csv", "empty": "n/a"}), "file.empty should be a list in [ ]"),
        (as_toml(file={}), "the field 'format' is missing in file"),
        (as_toml(file={"format": "docx"}), "docx"),
        (b"title = ", "is no layout"),
        (b"\xff\xfe", "it is no text in UTF-8"),
        (b"a = " + b"[" * 5_000, "is no layout"),
    ],
    ids=range(10),
)
def test_bytes_that_are_no_layout_are_refused_in_words(data: bytes, said: str) -> None:
    """File and place are named as somebody who writes TOML names them."""
    error = refusal(data)

    assert error.message.startswith("harbour.toml: ")
    assert said in error.message
    assert "docs/how-to/write-a-layout.md" in error.hint


def test_misspelt_field_brings_the_nearest() -> None:
    """`seperator` is answered with `separator`."""
    assert "is separator meant?" in refusal(as_toml(file={"format": "csv", "seperator": ";"})).hint


def test_layout_that_contradicts_itself_is_refused() -> None:
    """The first problem is told with its remedy."""
    error = refusal(as_toml(name="Harbour"))

    assert (error.message, error.hint) == (
        "harbour.toml: name = 'Harbour' is no name",
        "write 2 to 40 of a-z, 0-9 and -",
    )


@pytest.mark.parametrize("encoding", ["cp1252", ["cp1252"]])
def test_one_encoding_may_stand_without_brackets(encoding: object) -> None:
    """A text is a list of one."""
    opened = read_layout(as_toml(file={"format": "csv", "encoding": encoding}), name="x")

    assert opened.layout.file.encodings == ("cp1252",)
