"""Casebooks of the ledger's tests, and the two verifiers that must agree about them."""

import contextlib
import importlib.util
import io
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

import headstamp
from headstamp.ledger.append import append_entry, create_journal
from headstamp.ledger.keys import destroy_key, seal_envelope
from headstamp.ledger.seal import Sealed, seal_exhibit, seal_records
from headstamp.ledger.verify import verify_casebook

STRANGER = Path(__file__).parents[2] / "docs/reference/verify_casebook.py"
Child = Callable[..., subprocess.CompletedProcess[str]]
Stranger = Callable[[Path], tuple[int, str]]
Place = Callable[[Path], str | None]
Alter = Callable[..., None]


@pytest.fixture
def casebook(tmp_path: Path) -> Path:
    """Make an empty casebook."""
    path = tmp_path / "case é #1"
    create_journal(path)
    return path


@pytest.fixture
def full(casebook: Path) -> Path:
    """Make a casebook with every thing that a verifier looks at; exhibit two is erased."""
    append_entry(casebook, kind="opened", payload={"name": "Zirkon"}, actor="Amina")
    sealed = {
        "form.csv": seal_exhibit(casebook, b"serial\n0417\n"),
        "photo.jpg": seal_exhibit(casebook, b"the face of a witness", protected=True),
        "letter.pdf": seal_exhibit(casebook, b"a letter", protected=True),
    }
    records = seal_records(casebook, [{"serial": "0417", "state": None}, {"text": "؟ ☢ \u2028"}])
    payload = {
        "exhibits": [named(name, exhibit) for name, exhibit in sealed.items()],
        "records": msgspec.to_builtins(records),
    }
    intake = append_entry(casebook, kind="intake", payload=payload, actor="Amina")
    proposals = seal_records(casebook, [{"proposal": "p1", "probability": "0.93"}])
    append_entry(
        casebook,
        kind="trace",
        payload={"records": msgspec.to_builtins(proposals)},
        actor="Amina",
        derived_from=[intake.entry_id],
    )
    append_entry(casebook, kind="trace", payload={"records": None}, actor="Amina")
    sealed_payload = seal_envelope(casebook, b'{"note":"he asked not to be named"}')
    append_entry(casebook, kind="correction", payload=sealed_payload, actor="Boris")
    erased = str(sealed["photo.jpg"].key_id)
    append_entry(casebook, kind="erasure", payload={"keys": [erased]}, actor="Boris")
    destroy_key(casebook, erased)
    return casebook


@pytest.fixture(scope="session")
def stranger() -> Stranger:
    """Run the stranger's verifier in this process: its exit code and what it prints."""
    spec = importlib.util.spec_from_file_location("verify_casebook_of_a_stranger", STRANGER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def run(root: Path) -> tuple[int, str]:
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            code = module.main([str(root)])
        return code, out.getvalue()

    return run


@pytest.fixture
def wrong_place(stranger: Stranger) -> Place:
    """Return the place that both verifiers call wrong first; they must not disagree."""

    def find(root: Path) -> str | None:
        place = verify_casebook(root).place
        code, out = stranger(root)
        if place is None:
            assert (code, out[:11]) == (0, "as recorded")
        else:
            assert code == 3
            assert out.startswith(f"WRONG {place}: "), (place, out)
        return place

    return find


@pytest.fixture
def alter() -> Alter:
    """Run a statement on a journal as somebody would who takes the triggers away first."""

    def run(root: Path, statement: str, values: tuple[object, ...] = ()) -> None:
        with contextlib.closing(sqlite3.connect(root / "journal.sqlite")) as database, database:
            names = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            for (name,) in database.execute(names).fetchall():
                database.execute(f"DROP TRIGGER {name}")
            database.execute(statement, values)

    return run


@pytest.fixture
def child() -> Child:
    """Run Python text in a process of its own, with this package and its arguments."""

    def run(
        text: str, *arguments: object, timeout_s: int = 120
    ) -> subprocess.CompletedProcess[str]:
        source = str(Path(headstamp.__file__).parents[1])
        return subprocess.run(
            [sys.executable, "-c", text, *map(str, arguments)],
            env=os.environ | {"PYTHONPATH": source},
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
        )

    return run


def named(name: str, exhibit: Sealed) -> dict[str, object]:
    """Return an exhibit as the payload of an intake names it."""
    fields: dict[str, object] = msgspec.to_builtins(exhibit)
    return {"name": name, **fields}
