"""The registers that other institutions' files hold, by counts that other readers come to."""

import csv
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.load_register import Loaded, load_register
from headstamp.actions.writing import Writing

LOSSES = ("roubo", "furto", "extravio", "apropriação indébita")
OWNERS = {"polícia civil", "polícia militar", "corpo de bombeiro", "força nacional"}
OWNERS |= {"forças armadas"}
Load = Callable[[str, str], list[Loaded]]
pytestmark = pytest.mark.slow


@pytest.fixture
def load(tmp_path: Path, shared_files: Callable[[str], list[Path]], amina: Writing) -> Load:
    """Return what loads files of the shared folder with a shipped layout."""
    init_casebook(tmp_path / "casebook", actor="Amina")

    def load_them(layout: str, pattern: str) -> list[Loaded]:
        root, paths = tmp_path / "casebook", shared_files(pattern)
        return list(load_register(root, paths, layout=layout, name=layout, by=amina))

    return load_them


def kinds_of(done: list[Loaded]) -> Counter[str]:
    """Return how many entries of each kind there are in all files."""
    return sum((Counter(one.profile.kinds) for one in done if one.profile), Counter[str]())


def require_sums(done: list[Loaded]) -> None:
    """Assert that every row and every filled cell of the files is accounted for."""
    for one in done:
        found = one.account
        assert found is not None
        assert found.n_rows == found.n_taken + found.n_left + found.n_refused
        assert found.n_cells == found.n_read + found.n_ignored + found.n_reported


def rio_rows(folder: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of the three workbooks as texts in small letters, by the header's names."""
    for path in sorted((folder / "rio_seized_arms").glob("*.xlsx")):
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        at = next(n for n, row in enumerate(rows) if row[0] == "Laudo")
        for row in rows[at + 1 :]:
            texts = (" ".join(str(cell).split()).casefold() for cell in row)
            yield dict(zip(map(str, rows[at]), texts, strict=True))


def kind_of_loss(row: dict[str, str]) -> str | None:
    """Return what a row reports as lost or stolen, offence by offence; None of another row."""
    if row["Laudo"] != "não" or row["Classe"] != "arma de fogo":
        return None
    offences = [one.strip() for one in row["Tipo Delito"].split("///")]
    found = {name for name in LOSSES if f"{name} de arma de fogo" in offences}
    if not found:
        return None
    return "loss" if found == {"extravio"} else "theft"


def test_the_losses_of_rio_are_those_that_a_plain_reading_finds(
    load: Load, shared_data: Path
) -> None:
    """As many losses and thefts, and of some 1,216 a serial: four more than the plain rule's."""
    done = load("rio-losses", "rio_seized_arms/*.xlsx")
    plain = Counter(filter(None, map(kind_of_loss, rio_rows(shared_data))))

    assert kinds_of(done) == plain
    require_sums(done)
    n_serials = sum(one.profile.n_serials for one in done if one.profile)
    assert abs(n_serials - 1_216) <= 12


def test_the_holdings_of_rio_are_the_rows_with_such_an_owner(load: Load, shared_data: Path) -> None:
    """Every firearm of the five owners is an entry, and cartridges where a lot is written."""
    done = load("rio-holdings", "rio_seized_arms/*.xlsx")
    owned = [row for row in rio_rows(shared_data) if row["Patrimoniada"] in OWNERS]
    n_plain = sum(row["Classe"] == "arma de fogo" or row["Número de Série"] != "" for row in owned)

    assert kinds_of(done) == {"holding": n_plain}
    require_sums(done)


def test_the_ranges_of_the_maker_are_all_ranges(load: Load) -> None:
    """Numbers and two letters are ranges; three letters, of which too little is told, are not."""
    (done,) = load("taurus-production", "rio_reference/*gold.xlsx")

    assert done.profile is not None
    n_reported = sum(issue.code == "INTAKE-140" for issue in done.issues)
    assert done.profile.n_ranges == done.profile.n_rows - n_reported
    assert (done.profile.n_ranges, n_reported) == (108 + 2 * 468, 12)
    require_sums([done])


def test_every_row_of_the_property_book_of_class_1005_is_a_transfer(
    load: Load, shared_data: Path
) -> None:
    """No more and no fewer than begin with the four digits."""
    done = load("us-leso", "us_leso/*.xlsx")
    (path,) = (shared_data / "us_leso").glob("*.xlsx")
    book = CalamineWorkbook.from_path(str(path))
    n_plain = 0
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python()
        at = rows[0].index("NSN")
        n_plain += sum(str(row[at]).startswith("1005") for row in rows[1:])

    assert kinds_of(done) == {"transfer": n_plain}
    require_sums(done)


def test_the_exports_are_those_of_which_something_was_sent(load: Load, shared_data: Path) -> None:
    """Of category ML1, by a state, with a value of arms sent that is not nought."""
    done = load("eu-exports", "eu_arms_exports/*.csv")
    path = min((shared_data / "eu_arms_exports").glob("*.csv"))
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))[1:]
    sent = [row for row in rows if row[4] == "ML1" and row[7] not in {"", "0"}]

    assert kinds_of(done) == {"transfer": sum(not row[3].startswith("TOTAL") for row in sent)}
    require_sums(done)
