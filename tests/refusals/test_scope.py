"""SCOPE.md and REASONING.md section 9: what must not stand in tables, documents or outputs."""

import csv
import re
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.take import take
from headstamp.actions.writing import Writing
from headstamp.casebook.opening import open_casebook
from headstamp.release.hand_out import hand_out
from headstamp.terms.table import Table

ROOT = Path(__file__).parents[2]
JUDGING = re.compile(
    r"\b(illegal\w*|illicit\w*|unlawful\w*|smuggl\w*|traffick\w*|terroris\w*|malpractice|culprit"
    r"|guilty|complicit\w*|knowingly|deliberate\w*)\b",
    re.IGNORECASE,
)
"""Words that are never ours: they judge intent, knowledge or law."""

TECHNIQUE = re.compile(
    r"\b(grind\w*|acid\w*|etch\w*|chisel\w*|re-?stamp\w*|electroly\w*|restoration method\w*"
    r"|forg(?:e|ing) (?:a|the) (?:certificate|licence)|per gram|black market|dark ?web"
    r"|price list\w*|for sale|detonat\w*|fuz(?:e|ing)|risk score\w*|low risk)\b",
    re.IGNORECASE,
)
"""Words of making, altering, buying, hiding or scoring that SCOPE.md keeps out."""

SAYS_WHAT_IS_OUT = {"SCOPE.md", "CONTRIBUTING.md", "docs/design/DESIGN.md"} | {
    f"docs/design/{name}.md" for name in ("REASONING", "EXCHANGE", "STYLE")
}


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Table]:
    """Every table that is handed out of the shipped case."""
    folder = tmp_path_factory.mktemp("scope")
    package = Path(str(resources.files("headstamp"))) / "cases" / "islamic_state_2017"
    init_casebook(folder, actor="Amina")
    assert [taken.seq for taken in take(folder, [package], by=Writing(actor="Amina"))] == [2]
    return hand_out(open_casebook(folder, today=date(2026, 11, 22)))


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("findings", "reason"),
        ("findings", "verdict"),
        ("pathways", "why"),
        ("pathways", "decided_by"),
        ("chains", "note"),
        ("chains", "decided_by"),
        ("issues", "message"),
        ("issues", "hint"),
    ],
)
def test_our_own_sentences_judge_nobody(tables: dict[str, Table], table: str, column: str) -> None:
    """No word of law, intent or knowledge stands in a sentence of ours."""
    said = [str(row[column] or "") for row in tables[table].rows]

    assert [words for words in said if JUDGING.search(_without_quotes(words, tables))] == []


def test_reference_rows_name_their_source() -> None:
    """Every row of every shipped reference table has a source."""
    folder = Path(str(resources.files("headstamp.reference")))
    unsourced = [
        (path.name, row)
        for path in sorted(folder.glob("*.csv"))
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines())
        if not row.get("source")
    ]

    assert list(folder.glob("*.csv"))
    assert unsourced == []


def test_tables_and_documents_teach_no_technique() -> None:
    """Nothing says how marks are altered, arms made, bought or hidden, or papers forged."""
    texts = [
        path
        for pattern in ("docs/**/*.md", "*.md", "src/headstamp/reference/*", "src/**/*.toml")
        for path in ROOT.glob(pattern)
        if path.is_file() and path.relative_to(ROOT).as_posix() not in SAYS_WHAT_IS_OUT
    ]
    found = {
        path.relative_to(ROOT).as_posix(): hits
        for path in texts
        if (hits := TECHNIQUE.findall(path.read_text(encoding="utf-8")))
    }

    assert len(texts) > 10
    assert found == {}


def test_the_searches_find_what_they_are_for() -> None:
    """The two searches are not blind."""
    assert JUDGING.search("an Illegal transfer")
    assert JUDGING.search("traffickers")
    assert TECHNIQUE.search("how to grind the number")
    assert not JUDGING.search("not authorised on record")


def _without_quotes(words: str, tables: dict[str, Table]) -> str:
    """Return a sentence without the words that it quotes from the record."""
    for row in tables["undertakings"].rows:
        words = words.replace(str(row["clause_text"] or "").rstrip("."), "")
    return words
