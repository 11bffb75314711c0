"""What holds for every page of a report, and for the folder as a whole."""

import csv
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from typing_extensions import override

from headstamp.reports.site import write_report
from headstamp.terms.finding import CAVEAT
from headstamp.terms.table import Table

Tables = dict[str, Table]
VOID = frozenset({"meta", "link", "br", "img", "hr", "input"})
SELF_CLOSING = frozenset({"line", "rect", "path", "circle"})
FORBIDDEN = re.compile(r"illegal|unlawful|smuggl|traffick|terrorist", re.IGNORECASE)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>\u202eevil{{7*7}}&amp;"


class Page(HTMLParser):
    """Reads a page: its elements, text, links, and whether every element is closed."""

    def __init__(self, path: Path) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.open: list[tuple[str, dict[str, str]]] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, tuple[str, ...], str]] = []
        self.mistakes: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))
        self.mistakes += [f"<{tag}> is never closed" for tag, _ in self.open]

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.elements.append((tag, values))
        if tag not in VOID:
            self.open.append((tag, values))

    @override
    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in SELF_CLOSING:
            self.mistakes.append(f"<{tag}/> is no HTML")

    @override
    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1][0] == tag:
            self.open.pop()
        else:
            self.mistakes.append(f"</{tag}> closes {self.open[-1:]} in {self.path.name}")

    @override
    def handle_data(self, data: str) -> None:
        tags = tuple(tag for tag, _ in self.open)
        classes = " ".join(values.get("class", "") for _, values in self.open)
        self.texts.append((data, tags, classes))

    def text(self, *, without: frozenset[str] = frozenset({"style"})) -> str:
        """Return the text outside these elements."""
        return " ".join(t for t, tags, _ in self.texts if not without & set(tags))

    @property
    def ids(self) -> list[str]:
        """Return every anchor of the page."""
        return [values["id"] for _, values in self.elements if "id" in values]


def pages_of(folder: Path) -> list[Page]:
    """Return all pages of a folder, read."""
    return [Page(path) for path in sorted(folder.glob("*.html"))]


@pytest.fixture(scope="module")
def pages(report: Path) -> list[Page]:
    """Return the pages of the report."""
    return pages_of(report)


def write(tables: Tables, out: Path) -> Path:
    """Write a report and return its folder."""
    return write_report(tables, out, title="A case", made_on="22 November 2026").parent


def test_every_element_is_closed_and_every_id_is_one(pages: list[Page]) -> None:
    """Pages are well-formed, and anchors lead to one place."""
    for page in pages:
        assert page.mistakes == []
        assert len(page.ids) == len(set(page.ids)), page.path.name


def test_every_page_carries_caveat_banner_and_imprint(pages: list[Page]) -> None:
    """The standing sentence, the profile's banner, and what the page was made from."""
    for page in pages:
        text = page.text()
        assert CAVEAT in text
        assert "INTERNAL: not for release" in text
        assert "ab12cd" in text
        assert "22 November 2026" in text


def test_all_links_lead_somewhere(report: Path, pages: list[Page]) -> None:
    """Pages, anchors on them and files all exist; the web is linked by http alone."""
    anchors = {page.path.name: set(page.ids) for page in pages}
    for page in pages:
        for href in (v["href"] for tag, v in page.elements if tag == "a"):
            if href.startswith(("http://", "https://")):
                continue
            file, _, anchor = href.partition("#")
            file = file or page.path.name
            assert (report / file).is_file(), href
            assert not anchor or anchor in anchors[file], f"{page.path.name}: {href}"


def test_nothing_is_loaded_and_nothing_runs(pages: list[Page]) -> None:
    """No script, no outside file, no handler; a policy that would stop them."""
    for page in pages:
        tags = {tag for tag, _ in page.elements}
        assert not tags & {"script", "iframe", "object", "embed", "link", "img", "form", "base"}
        names = {name for _, values in page.elements for name in values}
        assert not any(name.startswith("on") or name in {"style", "src"} for name in names)
        policies = [v["content"] for t, v in page.elements if "http-equiv" in v]
        assert len(policies) == 1
        assert policies[0].startswith("default-src 'none'; style-src 'sha256-")
        assert "unsafe" not in policies[0]


def test_pages_can_be_read_without_seeing_them(pages: list[Page]) -> None:
    """One heading of the first level, no level skipped, landmarks, captions, scopes, titles."""
    for page in pages:
        tags = [tag for tag, _ in page.elements]
        levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
        assert levels.count(1) == 1, page.path.name
        assert levels[0] == 1
        assert all(b - a <= 1 for a, b in pairwise(levels)), page.path.name
        assert {"header", "nav", "main", "footer"} <= set(tags)
        assert tags.count("table") == tags.count("caption")
        assert all("scope" in values for tag, values in page.elements if tag == "th")
        svgs = [values for tag, values in page.elements if tag == "svg"]
        assert tags.count("desc") == len(svgs)
        assert all(values["role"] == "img" and values["aria-labelledby"] for values in svgs)


def test_no_word_of_ours_accuses(pages: list[Page]) -> None:
    """Outside what the tables say, no page has a word that is never ours."""
    for page in pages:
        ours = page.text(without=frozenset({"style", "bdi", "desc", "title"}))
        assert not FORBIDDEN.search(ours), page.path.name


def test_every_number_on_a_page_is_in_a_table(report: Path, pages: list[Page]) -> None:
    """Beside page furniture, each number that a reader sees is in a cell of a file."""
    known = {"110", "84", "100", "2", "3", "4", "5", "6"}  # 1:110m, WGS 84, sums to 100, grades
    for path in (report / "tables").iterdir():
        with path.open(newline="", encoding="utf-8") as stream:
            cells = {cell for row in csv.reader(stream) for cell in row}
        known |= {number for cell in cells for number in numbers(cell)}
    for page in pages:
        for text, tags, classes in page.texts:
            if {"style", "desc", "title"} & set(tags) or page.path.name == "guide.html":
                continue
            if any(word in classes.split() for word in ("cite", "structural", "axis", "imprint")):
                continue
            for found in numbers(text):
                assert found in known, f"{page.path.name}: {found} in {text!r}"


def test_the_same_tables_give_the_same_bytes(tables: Tables, tmp_path: Path) -> None:
    """Nothing but the tables, the title and the day goes into a report."""
    one, other = write(tables, tmp_path / "one"), write(tables, tmp_path / "other")
    files = sorted(path.relative_to(one) for path in one.rglob("*") if path.is_file())

    assert files == sorted(p.relative_to(other) for p in other.rglob("*") if p.is_file())
    assert all((one / file).read_bytes() == (other / file).read_bytes() for file in files)


def test_the_order_of_tables_makes_no_difference(tables: Tables, tmp_path: Path) -> None:
    """Tables are found by name."""
    one = write(tables, tmp_path / "one")
    other = write(dict(reversed(tables.items())), tmp_path / "other")

    assert (one / "read.html").read_bytes() == (other / "read.html").read_bytes()


def test_a_report_of_nothing_says_that_there_is_nothing(tmp_path: Path) -> None:
    """No table at all makes pages that say so, and still carry the caveat."""
    pages = pages_of(write({}, tmp_path / "out"))

    assert len(pages) == 12
    assert all(CAVEAT in page.text() for page in pages)
    assert "There is none." in next(p for p in pages if p.path.name == "findings.html").text()


def test_hostile_text_is_shown_and_does_nothing(
    replaced: Callable[[Callable[[str], str]], Tables], tmp_path: Path
) -> None:
    """Markup, template code and direction marks in any text are text, isolated."""
    tables = replaced(_hostile)
    pages = pages_of(write(tables, tmp_path / "out"))

    for page in pages:
        assert page.mistakes == []
        assert not {tag for tag, _ in page.elements} & {"script", "img"}
        raw = page.path.read_text(encoding="utf-8")
        assert "\u202e" not in raw
        assert "49&amp;" not in raw
        for text, tags, _ in page.texts:
            if "alert(1)" in text:
                assert {"bdi", "text", "title", "desc"} & set(tags), (page.path.name, tags)


def test_hostile_codes_are_shown_and_do_nothing(tables: Tables, tmp_path: Path) -> None:
    """Where a table should hold a code of ours and holds anything else, it is text too."""
    changed = {
        name: Table(
            name=name,
            columns=one.columns,
            rows=tuple({c: _code(c, cell) for c, cell in row.items()} for row in one.rows),
        )
        for name, one in tables.items()
    }
    pages = pages_of(write(changed, tmp_path / "out"))

    for page in pages:
        assert page.mistakes == []
        assert not {tag for tag, _ in page.elements} & {"script", "img"}
        assert all(name[:2] != "on" for _, values in page.elements for name in values)


def test_hostile_ids_are_shown_and_name_no_file(
    replaced: Callable[[Callable[[str], str]], Tables], tmp_path: Path
) -> None:
    """Whatever an id holds, its page has a harmless name and every link to it holds."""
    ids = ("atgw", "c01", "f-2", "bulgaria", "car_2017", "u_atgw")
    tables = replaced(lambda text: _with_hostile_ids(text, ids))
    folder = write(tables, tmp_path / "out")
    pages = pages_of(folder)

    assert all(re.fullmatch(r"[a-z0-9_-]+\.html", page.path.name) for page in pages)
    assert all(page.mistakes == [] for page in pages)
    test_all_links_lead_somewhere(folder, pages)


@pytest.mark.slow
def test_very_long_words_change_nothing_but_the_text(
    replaced: Callable[[Callable[[str], str]], Tables], tmp_path: Path
) -> None:
    """A word of ten thousand letters neither breaks a page nor makes its drawing unreadable."""
    tables = replaced(lambda text: text + "w" * 10_000 if " " in text else text)
    pages = pages_of(write(tables, tmp_path / "out"))

    assert all(page.mistakes == [] for page in pages)
    for page in pages:
        assert all(len(t) < 200 for t, tags, _ in page.texts if tags and tags[-1] == "text")


def test_addresses_are_links_only_to_the_web(
    with_row: Callable[..., Tables], tmp_path: Path
) -> None:
    """An address that is no web address is not one click away."""
    tables = with_row("sources", where={"source_id": "car_2017"}, url="javascript:alert(1)")
    pages = pages_of(write(tables, tmp_path / "out"))

    hrefs = {v["href"] for page in pages for tag, v in page.elements if tag == "a"}
    assert not any(href.startswith("javascript") for href in hrefs)
    assert any(href.startswith("https://") for href in hrefs)


def numbers(text: str) -> list[str]:
    """Return the runs of digits in a text, groups of three that a comma parts put together."""
    joined = re.sub("(?<=[0-9]),(?=[0-9]{3}(?![0-9]))", "", text)
    return [str(int(run)) for run in re.findall("[0-9]+", joined)]


def _with_hostile_ids(text: str, ids: tuple[str, ...]) -> str:
    for ident in ids:
        text = re.sub(rf"(?<![a-z0-9_]){ident}(?![a-z0-9_])", f"../{ident}<b>'\u202e", text)
    return text


_CODES = frozenset({"verb", "kind", "standing", "state", "voice", "verdict", "severity", "pathway"})
_CODES |= {"outcome", "subject_kind", "other_kind", "reliability", "class", "replied", "from_event"}


def _code(column: str, cell: object) -> str | int | bool | None:
    return HOSTILE if column in _CODES and cell is not None else cell  # type: ignore[return-value]


def _hostile(text: str) -> str:
    """Return a text made hostile, unless it is an id, a code or a date that rules read."""
    return f"{text} {HOSTILE}" if " " in text else text
