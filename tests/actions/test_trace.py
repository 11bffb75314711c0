"""Tracing: what is proposed is sealed once, follows what stands, and tells nothing protected."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from headstamp.actions.erase_row import erase_row
from headstamp.actions.load_register import load_register
from headstamp.actions.take import take
from headstamp.actions.trace import Proposed, trace
from headstamp.actions.withdraw_row import restore_row, withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook.derived_tables import links
from headstamp.casebook.opening import open_casebook
from headstamp.casebook.proposing import propose_links
from headstamp.casebook.register_tables import registers
from headstamp.ledger.entries import read_entries
from headstamp.ledger.seal import read_lines
from headstamp.ledger.verify import verify_casebook
from headstamp.linkage.propose import find_rivals
from headstamp.reference.weights import weights
from headstamp.terms.errors import BrokenJournalError, SettingError

from ..casebook.world import Tables, write_package
from ..cli.running import in_this_process

SOURCES = [
    {"source_id": "field", "kind": "field_documentation", "reliability": "A"},
    {"source_id": "other", "kind": "field_documentation", "reliability": "A"},
    {"source_id": "paper", "kind": "official_document", "reliability": "A"},
]
ITEMS = [
    {"item_id": f"i{n}", "category": "weapon", "maker_stated": "Borealis Works", "model": "Vend",
     "source_id": "other" if n == 3 else "field"}
    for n in range(1, 5)
]  # fmt: skip
MARKS = [
    {"mark_id": f"m{n}", "item_id": f"i{n}", "kind": "serial", "state": "legible", "text": text,
     "source_id": "other" if n == 3 else "field"}
    for n, text in enumerate(["BV-2040417", "BV-204041?", "BV-2040633", "BV-2040417"], start=1)
]  # fmt: skip
CONSIGNMENTS = [{"consignment_id": "k1", "exporter": "xa", "importer": "xb", "source_id": "paper"}]
LINES = [
    {"consignment_id": "k1", "line": "1", "maker": "Borealis Works", "serial_from": "BV2040600",
     "serial_to": "BV2040699", "source_id": "paper"},
]  # fmt: skip
LOSSES = """\
entry_id,kind,maker,model,serial
L1,loss,Borealis Works,Vend,BV2040417
L2,loss,Borealis Works,Vend,BV2040419
L3,loss,Borealis Works,Vend,BV2040633
L4,loss,Cardo Armoury,Tarn,PQ7714
"""
MORE = """\
entry_id,kind,maker,model,serial
M1,loss,Borealis Works,Vend,BV2040418
M2,loss,Borealis Works,Vend,XK550012
"""
Root = Path


def tables(**changed: list[dict[str, str]]) -> Tables:
    """Return the case, some tables replaced."""
    given: Tables = {
        "sources": SOURCES,
        "items": ITEMS,
        "marks": MARKS,
        "consignments": CONSIGNMENTS,
        "consignment_lines": LINES,
    }
    return {**given, **changed}


def load(root: Path, text: str, by: Writing, *, name: str = "losses") -> None:
    """Load a text in the common shape into a register."""
    path = root.parent / f"{name}-{len(text)}.csv"
    path.write_text(text, encoding="utf-8")
    list(load_register(root, [path], layout="common", name=name, by=by))


@pytest.fixture
def book(made: Callable[..., Path], amina: Writing) -> Callable[..., Path]:
    """Return what makes a casebook of four rifles and a register of losses."""

    def make(name: str = "book", **changed: list[dict[str, str]]) -> Path:
        rest: dict[str, list[dict[str, str]]] = {
            one: [] for one in ("claims", "documents", "undertakings", "links", "published_figures")
        }
        root = made(name, **rest, **tables(**changed))
        load(root, LOSSES, amina)
        return root

    return make


@pytest.fixture
def root(book: Callable[..., Path]) -> Path:
    """Return one such casebook."""
    return book()


def sealed(root: Path) -> list[dict[str, Any]]:
    """Return what the last trace sealed, line by line."""
    records = read_entries(root)[-1].content()["records"]
    if records is None:
        return []
    assert isinstance(records, dict)
    return read_lines(
        root,
        records["stored_digest"],
        plain_digest=records["plain_digest"],
        decoder=msgspec.json.Decoder(dict[str, Any]),
    )


def pairs(root: Path) -> set[tuple[str, str]]:
    """Return which item and which other record the last trace proposed."""
    return {(one["item_id"], one["other_id"]) for one in sealed(root)}


def rivals_in(root: Path) -> list[Path]:
    """Return the files in which is kept what came into question."""
    return sorted((root / "derived" / "rivals").glob("*"))


def afresh(root: Path) -> list[dict[str, Any]]:
    """Return what would be proposed if nothing had been kept."""
    shutil.rmtree(root / "derived")
    return _proposed(root)


def _proposed(root: Path) -> list[dict[str, Any]]:
    found = propose_links(open_casebook(root), by=weights())
    lines = [{"type": "proposal", **msgspec.to_builtins(one)} for one in found]
    return msgspec.json.decode(msgspec.json.encode(lines), type=list[dict[str, Any]])


# --- what is recorded -----------------------------------------------------------------------------


def test_proposals_are_sealed_and_counted(root: Path, amina: Writing) -> None:
    """With the register, with the lines of packages, and between the items."""
    traced = trace(root, by=amina)

    assert {("i1", "L1"), ("i3", "L3"), ("i4", "L1"), ("i2", "L2"), ("i1", "i4"),
            ("i3", "k1")} <= pairs(root)  # fmt: skip
    assert traced.seq == read_entries(root)[-1].seq
    assert len(sealed(root)) == sum(one.n for one in traced.proposed) == traced.n_proposed
    assert [(one.other_kind, one.register) for one in traced.proposed] == [
        ("register_entry", "losses"),
        ("consignment", ""),
        ("item", ""),
    ]
    for one in traced.proposed:
        told = (one.other_kind, one.register)
        of_kind = [line for line in sealed(root) if (line["other_kind"], line["register"]) == told]
        alike = [float(line["probability"]) for line in of_kind]
        assert one == Proposed(
            other_kind=one.other_kind,
            register=one.register,
            n=len(alike),
            n_likely=sum(probability >= 0.9 for probability in alike),
        )


def test_tracing_twice_records_nothing(root: Path, amina: Writing) -> None:
    """What was proposed is told again, and the entry that proposed it."""
    first = trace(root, by=amina)
    n_entries = len(read_entries(root))
    again = trace(root, by=amina)

    assert (again.seq, again.same_as) == (None, first.seq)
    assert again.proposed == first.proposed
    assert len(read_entries(root)) == n_entries


def test_a_dry_run_records_and_seals_nothing(root: Path) -> None:
    """And says what would be proposed."""
    before = sorted((root / "records").rglob("*"))
    n_entries = len(read_entries(root))
    told = trace(root, by=Writing(actor="Amina", dry_run=True))

    assert (told.seq, told.same_as) == (None, None)
    assert told.n_proposed > 0
    assert before
    assert sorted((root / "records").rglob("*")) == before
    assert len(read_entries(root)) == n_entries


def test_each_pair_of_items_is_proposed_once(root: Path, amina: Writing) -> None:
    """The smaller id first, whichever of the two was looked for."""
    trace(root, by=amina)

    between = [(one["item_id"], one["other_id"]) for one in sealed(root)
               if one["other_kind"] == "item"]  # fmt: skip
    assert between == [("i1", "i2"), ("i1", "i4"), ("i2", "i4")]


def test_a_pair_of_items_is_as_probable_as_the_less_sure_of_both_ways(
    book: Callable[..., Path], amina: Writing
) -> None:
    """A removed number of which there is a text is right .9 of the time, a legible one .98."""
    removed = [{**MARKS[0], "state": "removed"}, *MARKS[1:]]
    root, clear = book("one", marks=removed), book("other")
    for one in (root, clear):
        trace(one, by=amina)

    told = [
        next(float(line["probability"]) for line in sealed(one) if line["other_id"] == "i4"
             and line["item_id"] == "i1")
        for one in (root, clear)
    ]  # fmt: skip
    assert told[0] == pytest.approx(told[1] * 0.9 / 0.98, abs=0.002)


# --- what was asked before ------------------------------------------------------------------------


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return the ids of the items that registers are asked for, question by question."""
    found: list[list[str]] = []

    def counted(question: Any, weighing: Any, asking: Any) -> Any:  # noqa: ANN401 - as the function's
        if weighing.register.name:
            found.append([probe.item_id for probe in question.probes])
        return find_rivals(question, weighing, asking)

    monkeypatch.setattr("headstamp.casebook.proposing.find_rivals", counted)
    return found


def test_only_what_is_new_is_asked_of_a_register(
    root: Path, amina: Writing, asked: list[list[str]], tmp_path: Path
) -> None:
    """And all is proposed as if everything had been asked at once."""
    trace(root, by=amina)
    more = {
        "sources": SOURCES[:1],
        "items": [{**ITEMS[0], "item_id": "i9"}],
        "marks": [{**MARKS[0], "item_id": "i9", "mark_id": "m9", "text": "BV-2040633"}],
    }
    list(take(root, [write_package(tmp_path / "more", more)], by=amina))
    trace(root, by=amina)

    assert asked == [["i1", "i2", "i3", "i4"], ["i9"]]
    assert {("i9", "L3"), ("i9", "k1"), ("i1", "L1")} <= pairs(root)
    assert sealed(root) == afresh(root)


def test_an_item_read_otherwise_is_asked_again(
    root: Path, amina: Writing, asked: list[list[str]], tmp_path: Path
) -> None:
    """A second mark of it may say more."""
    trace(root, by=amina)
    more = {
        "sources": SOURCES[:1],
        "marks": [{**MARKS[0], "mark_id": "m9", "item_id": "i3", "text": "PQ 7714"}],
    }
    list(take(root, [write_package(tmp_path / "more", more)], by=amina))
    trace(root, by=amina)

    assert asked[1:] == [["i3"]]
    assert sealed(root) == afresh(root)


def test_a_register_that_grew_is_asked_for_all(
    root: Path, amina: Writing, asked: list[list[str]]
) -> None:
    """What is in it now may be anybody's; another register, which is as it was, is not asked."""
    load(root, MORE, amina, name="other")
    trace(root, by=amina)
    asked.clear()
    load(root, MORE, amina)
    trace(root, by=amina)

    assert asked == [["i1", "i2", "i3", "i4"]]
    assert ("i2", "M1") in pairs(root)
    assert sealed(root) == afresh(root)
    assert len(rivals_in(root)) == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path, _: path.write_bytes(b""),
        lambda path, _: path.write_bytes(path.read_bytes()[:-1]),
        lambda path, _: path.write_bytes(path.read_bytes().replace(b"L1", b"L9")),
        lambda path, _: path.write_bytes(os.urandom(400)),
        lambda path, other: shutil.copy(other, path),
    ],
    ids=["empty", "torn", "altered", "noise", "of the other register"],
)
def test_what_was_kept_and_is_not_what_it_was_is_passed_over(
    root: Path, amina: Writing, spoil: Callable[[Path, Path], object]
) -> None:
    """All is asked again, and comes out the same."""
    load(root, MORE, amina, name="other")
    trace(root, by=amina)
    before = sealed(root)
    losses, other = rivals_in(root)
    spoil(losses, other)

    assert _proposed(root) == before


def test_a_folder_for_what_is_kept_that_cannot_be_written_is_no_trouble(
    root: Path, amina: Writing
) -> None:
    """Then nothing is kept."""
    (root / "derived").mkdir(exist_ok=True)
    (root / "derived" / "rivals").write_text("no folder", encoding="utf-8")
    trace(root, by=amina)

    assert ("i1", "L1") in pairs(root)


# --- what no longer stands ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("withdrawn", "gone"),
    [
        ("m1", {("i1", "L1"), ("i1", "i4")}),
        ("item:i1", {("i1", "L1"), ("i1", "i4")}),
        ("other", {("i3", "L3"), ("i3", "k1")}),
        ("paper", {("i3", "k1")}),
        ("register-losses", {("i1", "L1"), ("i2", "L2"), ("i3", "L3"), ("i4", "L1")}),
    ],
    ids=["mark", "item", "source", "source of a line", "source of a register"],
)
def test_what_is_withdrawn_is_proposed_no_more(
    root: Path, amina: Writing, withdrawn: str, gone: set[tuple[str, str]]
) -> None:
    """Nor anything that rests on it; the rest stays, and restored all is as it was."""
    trace(root, by=amina)
    before, lines = pairs(root), sealed(root)
    withdraw_row(root, withdrawn, reason="in doubt", by=amina)
    trace(root, by=amina)
    meanwhile = pairs(root)
    restore_row(root, withdrawn, by=amina)
    trace(root, by=amina)

    assert gone <= before
    assert not gone & meanwhile
    assert meanwhile < before
    assert sealed(root) == lines


def test_proposals_of_a_withdrawn_register_are_gone_before_the_next_trace(
    root: Path, amina: Writing
) -> None:
    """Nobody may judge what rests on a source that does not stand."""
    trace(root, by=amina)
    withdraw_row(root, "register-losses", reason="in doubt", by=amina)

    registers_named = {row["register"] for row in links(open_casebook(root)).rows}
    assert registers_named == {None}


# --- what is protected ----------------------------------------------------------------------------


SECRETS = (b"hidden-item", b"hidden-mark", b"PL-4471-Q", b"WI-9902-T", b"hidden-witness")


@pytest.fixture
def guarded(book: Callable[..., Path], amina: Writing) -> Path:
    """Return a casebook with a protected item, and a protected mark of an open one."""
    hidden = {"sensitivity": "protected"}
    items = [*ITEMS, {**ITEMS[0], "item_id": "hidden-item", **hidden}]
    marks = [
        *MARKS,
        {**MARKS[0], "mark_id": "hidden-mark", "item_id": "hidden-item", "text": "PL-4471-Q",
         **hidden},
        {**MARKS[0], "mark_id": "hidden-witness", "item_id": "i1", "text": "WI-9902-T", **hidden},
    ]  # fmt: skip
    root = book(items=items, marks=marks)
    held = "entry_id,kind,maker,serial\nH1,loss,Borealis Works,PL4471Q\n"
    load(root, f"{held}H2,loss,Borealis Works,WI9902T\n", amina, name="held")
    return root


def test_nothing_protected_is_proposed_or_kept(guarded: Path, amina: Writing) -> None:
    """Neither sealed nor in the cache: no id, and no text of a mark."""
    trace(guarded, by=amina)
    casebook = open_casebook(guarded)
    links(casebook)
    registers(casebook)

    said = msgspec.json.encode(sealed(guarded))
    kept = [path.read_bytes() for path in (guarded / "derived").rglob("*") if path.is_file()]
    assert len(kept) >= 3
    assert [secret for secret in SECRETS if secret in said] == []
    assert [secret for secret in SECRETS for data in kept if secret in data] == []
    assert not {other for _, other in pairs(guarded)} & {"H1", "H2"}


def test_a_protected_item_is_looked_for_by_none_of_its_marks(
    book: Callable[..., Path], amina: Writing, asked: list[list[str]]
) -> None:
    """Also not by one that is open itself."""
    hidden = {**ITEMS[0], "item_id": "hidden-item", "sensitivity": "protected"}
    mark = {**MARKS[0], "mark_id": "open-mark", "item_id": "hidden-item"}
    root = book(items=[*ITEMS, hidden], marks=[*MARKS, mark])
    trace(root, by=amina)

    assert asked == [["i1", "i2", "i3", "i4"]]
    assert "hidden-item" not in {one for pair in pairs(root) for one in pair}
    assert not [path for path in rivals_in(root) if b"hidden-item" in path.read_bytes()]


def test_an_erasure_forgets_what_came_into_question(guarded: Path, amina: Writing) -> None:
    """What was erased must be in no file."""
    trace(guarded, by=amina)
    assert rivals_in(guarded)

    erase_row(guarded, "hidden-witness", reason="asked", by=amina)

    assert rivals_in(guarded) == []


# --- when things go wrong -------------------------------------------------------------------------


@pytest.mark.parametrize("which", ["rows", "keys", "ranges", "lots"])
def test_a_changed_file_of_a_register_refuses_the_trace(
    root: Path, amina: Writing, which: str
) -> None:
    """Nothing is recorded, until the register is loaded again."""
    (path,) = (root / "registers").rglob(f"{which}.parquet")
    path.write_bytes(path.read_bytes() + b"\0")
    n_entries = len(read_entries(root))

    with pytest.raises(BrokenJournalError, match=which):
        trace(root, by=amina)

    assert len(read_entries(root)) == n_entries
    load(root, LOSSES, amina)
    assert trace(root, by=amina).seq == n_entries + 1


def test_a_refused_trace_ends_with_3(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And names the file and the remedy."""
    (path,) = (root / "registers").rglob("keys.parquet")
    path.unlink()

    ran = in_this_process(monkeypatch, capsys)("-C", root, "trace")

    assert (ran.code, ran.out) == (3, "")
    assert "keys.parquet" in ran.err
    assert "headstamp register" in ran.err


def test_killed_at_any_moment_the_journal_is_whole(root: Path, amina: Writing) -> None:
    """`verify` holds, the trace is there or not, and the next one says the same."""
    n_before, n_killed = len(read_entries(root)), 0
    for wait_s in (0.0, 0.02, 0.05, 0.08, 0.12, 0.16, 0.2):
        child = os.fork()
        if child == 0:
            trace(root, by=amina)
            os._exit(0)
        time.sleep(wait_s)
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        n_killed += os.WIFSIGNALED(status)

        assert verify_casebook(root).problem is None
        assert len(read_entries(root)) in {n_before, n_before + 1}
        open_casebook(root).conclusions  # noqa: B018 - it must be possible

    assert n_killed
    trace(root, by=amina)
    assert len(read_entries(root)) == n_before + 1
    assert sealed(root) == afresh(root)


@pytest.mark.slow
def test_the_same_casebook_is_traced_alike_by_any_process(root: Path, tmp_path: Path) -> None:
    """Whatever order a process keeps its sets in."""
    said = []
    for seed in ("1", "2"):
        copy = tmp_path / f"copy-{seed}"
        shutil.copytree(root, copy)
        subprocess.run(
            [str(Path(sys.executable).with_name("headstamp")), "-C", str(copy), "trace"],
            check=False, capture_output=True, timeout=120,
            env={**os.environ, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        said.append(read_entries(copy)[-1].content()["records"])

    assert said[0] is not None
    assert said[0] == said[1]


# --- weights of the user's own --------------------------------------------------------------------


def settle(root: Path, text: str) -> None:
    """Add something to the casebook's settings."""
    path = root / "headstamp.toml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_a_weight_of_the_users_own_is_recorded_and_reckoned_with(
    root: Path, amina: Writing
) -> None:
    """The trace is recorded anew, under another digest, with other probabilities."""
    first = trace(root, by=amina)
    before, digest = sealed(root), read_entries(root)[-1].content()["weights_digest"]
    settle(root, '[weights.p_read]\nvalue = 0.5\nsource = "our own count of 2019"\n')
    again = trace(root, by=amina)

    assert (first.seq, again.same_as) == (len(read_entries(root)) - 1, None)
    assert read_entries(root)[-1].content()["weights_digest"] != digest
    highest = max(float(one["probability"]) for one in sealed(root))
    assert highest <= 0.5 < max(float(one["probability"]) for one in before)


def test_a_weight_that_is_ours_anyway_changes_nothing(root: Path, amina: Writing) -> None:
    """The number counts, not who says it."""
    trace(root, by=amina)
    settle(root, '[weights.p_read]\nvalue = 0.98\nsource = "our own count of 2019"\n')

    assert trace(root, by=amina).seq is None


def test_an_odd_weight_refuses_the_trace(root: Path, amina: Writing) -> None:
    """Nothing is recorded."""
    settle(root, '[weights.p_raed]\nvalue = 0.5\nsource = "x"\n')

    with pytest.raises(SettingError, match="p_raed"):
        trace(root, by=amina)
    assert read_entries(root)[-1].kind != "trace"


def test_items_that_bear_nothing_that_reads_are_looked_for_by_nobody(
    book: Callable[..., Path], amina: Writing, asked: list[list[str]]
) -> None:
    """No mark, no text, or the serial of a round."""
    items = [*ITEMS[:1], {"item_id": "bare", "category": "weapon", "source_id": "field"},
             {"item_id": "round", "category": "ammunition", "source_id": "field"}]  # fmt: skip
    marks = [*MARKS[:1], {**MARKS[0], "mark_id": "m7", "item_id": "round"}]
    trace(book(items=items, marks=marks), by=amina)

    assert asked == [["i1"]]
