"""What is read of a casebook to tell of one item tells just what the whole casebook does."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from importlib import resources
from pathlib import Path
from types import ModuleType

import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from headstamp.actions import judge_link as judging
from headstamp.actions.erase_row import erase_row
from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.judge_by_rule import judge_by_rule
from headstamp.actions.judge_link import judge_link
from headstamp.actions.take import take
from headstamp.actions.trace import trace
from headstamp.actions.withdraw_row import withdraw_row
from headstamp.actions.writing import Writing
from headstamp.casebook import judged_entries, registers
from headstamp.casebook.derived_tables import chain
from headstamp.casebook.explain import explain
from headstamp.casebook.near import Near, near
from headstamp.casebook.opening import Casebook, open_casebook
from headstamp.terms.errors import HeadstampError
from headstamp.terms.link import LinkVerdict
from headstamp.terms.proposal import Proposal

from ..actions.test_rule_file import toml
from ..custody.worlds import Cells, Given, casebooks
from .registry import (
    DELIVERY,
    ENTRIES,
    OF_DELIVERY,
    STOLEN,
    WORLD,
    load_book,
    proposal,
    propose,
)
from .world import PROTECTED_CLAIM, world, write_package

TODAY = date(2020, 1, 1)
AMINA = Writing(actor="Amina", today=TODAY)
DRY = msgspec.structs.replace(AMINA, dry_run=True)


def _said(casebook: Casebook, thing: str) -> list[object]:
    """Return what is told of a thing, or why nothing is."""
    told: list[object] = []
    for tell in (explain, chain):
        try:
            told.append(tell(casebook, thing))
        except HeadstampError as error:
            told.append((type(error), error.message))
    return told


def _things(casebook: Casebook) -> Iterator[str]:
    yield from (item_id for item_id in casebook.evidence.items)
    yield from (f"item:{item_id}" for item_id in casebook.evidence.items)
    yield from (f"mark:{mark_id}" for mark_id in casebook.evidence.marks)
    yield from (link.proposal_id for link in casebook.links)


def _differing(root: Path, *, as_of: str | None = None) -> list[str]:
    """Return the things of which the near part tells otherwise than the whole."""
    whole = open_casebook(root, today=TODAY, as_of=as_of)
    return [
        thing
        for thing in _things(whole)
        if _said(near(open_casebook(root, today=TODAY, as_of=as_of), thing), thing)
        != _said(whole, thing)
    ]


def _judged(root: Path, thing: str, verdict: str, by: Writing) -> object:
    try:
        return judge_link(root, thing, verdict=verdict, reason="looked", by=by)
    except HeadstampError as error:
        return type(error), error.message


def _judged_otherwise(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Return the links, and verdicts, of which a dry run on the near part tells otherwise."""
    links = [link.proposal_id for link in open_casebook(root, today=TODAY).links]
    asked = [(link, verdict) for link in links for verdict in ("same", "part_of", "not_same")]
    told = [_judged(root, *one, by=DRY) for one in asked]
    with monkeypatch.context() as patch:
        patch.setattr(judging, "near", lambda casebook, _: casebook)
        whole = [_judged(root, *one, by=DRY) for one in asked]
    return [one for one, a, b in zip(asked, told, whole, strict=True) if a != b]


@pytest.fixture
def book(made: Callable[..., Path]) -> Path:
    """Return a casebook with a register, proposals of three kinds, and judgements."""
    root = made(**WORLD)
    load_book(root, AMINA, entries=[*ENTRIES, *DELIVERY])
    pair = proposal("w2", "w3", other_kind="item", register="", rests_on=("mark:s2", "mark:s3"))
    twin = proposal("w4", "t1", rests_on=("mark:s4", "entry:army:t1"))
    propose(root, STOLEN, OF_DELIVERY, pair, twin, proposal("w2", "t2"))
    for one in (STOLEN, pair, twin):
        judge_link(root, one.proposal_id, verdict="same", reason="read", by=AMINA)
    return root


@pytest.mark.slow
def test_the_shipped_case_is_told_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every item, mark and link: explained, followed, judged on trial."""
    root = tmp_path / "book"
    init_casebook(root, actor="Amina", title="case")
    with resources.as_file(resources.files("headstamp") / "cases" / "islamic_state_2017") as case:
        list(take(root, [case], by=AMINA))
    trace(root, by=AMINA)

    assert _differing(root) == []
    assert _judged_otherwise(root, monkeypatch) == []
    some = next(iter(open_casebook(root).evidence.items))
    assert isinstance(near(open_casebook(root), some), Near)


@pytest.mark.slow
def test_registers_judgements_and_batches_are_told_alike(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Judged, open, tied to one another, and of one entry."""
    assert _differing(book) == []
    assert _judged_otherwise(book, monkeypatch) == []


@pytest.mark.parametrize(
    "gone", ["source:field", "source:army", "mark:s1", "item:w2", "entry:army:t1"]
)
def test_what_is_withdrawn_is_told_alike(book: Path, gone: str) -> None:
    """And so it is as of the entry before."""
    before = str(open_casebook(book).at_seq)
    withdraw_row(book, gone, reason="to see", by=AMINA)

    assert _differing(book) == []
    assert _differing(book, as_of=before) == []


def test_two_items_of_one_entry_do_not_need_one_another(book: Path) -> None:
    """Thousands may be of one range: only the one that is asked for is read."""
    found = near(open_casebook(book), "w1")

    assert set(found.evidence.items) == {"w1"}
    assert set(near(open_casebook(book), "w2").evidence.items) == {"w2", "w3"}


def test_only_entries_that_the_item_was_judged_to_be_of_are_looked_for(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many a rule judged of others."""
    judge_link(book, "link:w2:register_entry:army:t2", verdict="same", reason="read", by=AMINA)
    asked: list[str] = []
    real = registers.entries_named

    def asking(casebook: Casebook, name: str, ids: set[str]) -> object:
        asked.extend(sorted(ids))
        return real(casebook, name, ids)

    monkeypatch.setattr(judged_entries, "entries_named", asking)
    assert list(near(open_casebook(book), "w2").evidence.entries) == ["army:t2"]
    assert asked == ["t2"]


def test_many_judgements_of_a_rule_do_not_come_along(
    made: Callable[..., Path], tmp_path: Path
) -> None:
    """Three hundred rifles, each judged to be of its own entry: one of them is read."""
    items = [{"item_id": f"w{n}", "category": "weapon", "source_id": "field"} for n in range(300)]
    root = made(**{**WORLD, "items": items, "marks": ()})
    load_book(root, AMINA, entries=[{**ENTRIES[1], "entry_id": f"t{n}"} for n in range(300)])
    propose(root, *(proposal(f"w{n}", f"t{n}", rests_on=()) for n in range(300)))
    rule = tmp_path / "sure.toml"
    rule.write_bytes(toml())
    judge_by_rule(root, rule, by=AMINA)
    found = near(open_casebook(root), "w7")

    evidence = found.evidence
    assert [len(evidence.items), len(evidence.judgements), len(evidence.entries)] == [1, 1, 1]
    assert _said(found, "w7") == _said(open_casebook(root), "w7")


def test_a_consignment_that_others_were_judged_to_be_in_comes_along(
    made: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who shares the consignment is told before it is judged."""
    k1 = {"consignment_id": "k1", "exporter": "xb", "source_id": "field"}
    root = made(**{**WORLD, "consignments": [k1]})
    of = {"other_kind": "consignment", "register": "", "basis": ("in_line",), "rests_on": ()}
    pairs = [proposal(f"w{n}", "k1", **of) for n in (1, 2, 3)]
    propose(root, *pairs)
    for one in pairs[:2]:
        judge_link(root, one.proposal_id, verdict="part_of", reason="read", by=AMINA)

    assert set(near(open_casebook(root), pairs[2].proposal_id).evidence.items) == {"w1", "w2", "w3"}
    assert _judged_otherwise(root, monkeypatch) == []
    assert _differing(root) == []


def test_it_is_off_where_a_row_is_protected(made: Callable[..., Path]) -> None:
    """The whole casebook is read, and nothing of it is ever kept in derived."""
    root = made(**world(claims=[*world()["claims"], PROTECTED_CLAIM]))
    whole = open_casebook(root, today=TODAY)

    assert near(whole, "i1") is whole
    assert _differing(root) == []
    assert not (root / "derived" / "rows").exists()


def test_it_is_off_where_a_row_was_erased(made: Callable[..., Path]) -> None:
    """Also once the row is gone."""
    root = made(**world(claims=[*world()["claims"], PROTECTED_CLAIM]))
    erase_row(root, "p1", reason="asked", by=AMINA)
    whole = open_casebook(root, today=TODAY)

    assert near(whole, "i1") is whole
    assert _differing(root) == []


def test_what_photos_tell_is_told_alike(tmp_path: Path, photos: ModuleType) -> None:
    """What cameras wrote is sealed under a key: nothing of it is kept, and near is off."""
    marks = [dict(row) for row in world()["marks"]]
    marks[0] |= {"photos": "full.jpg;bare.jpg"}
    folder = write_package(tmp_path / "package", world(marks=marks))
    (folder / "full.jpg").write_bytes(photos.planted_jpeg())
    (folder / "bare.jpg").write_bytes(photos.picture("jpeg"))
    root = tmp_path / "book"
    init_casebook(root, actor="Amina")
    list(take(root, [folder], by=AMINA))

    assert _differing(root) == []
    assert not (root / "derived" / "rows").exists()


@pytest.mark.parametrize("spoiled", [b"", b"torn", b"x" * 4000])
def test_a_file_that_was_spoiled_is_made_anew(book: Path, spoiled: bytes) -> None:
    """It is a cache: nothing is believed of it that is not what was kept."""
    near(open_casebook(book), "w1")
    (kept,) = (book / "derived" / "rows").iterdir()
    kept.write_bytes(spoiled)

    assert _differing(book) == []


def test_a_later_take_is_told_alike(book: Path, tmp_path: Path) -> None:
    """What came in since the rows were kept is among them."""
    near(open_casebook(book), "w1")
    more = {"items": [{"item_id": "w9", "parent_item": "w1", "source_id": "field"}]}
    list(take(book, [write_package(tmp_path / "more", world(**more))], by=AMINA))

    assert "w9" in near(open_casebook(book), "w1").evidence.items
    assert _differing(book) == []


# --- random worlds ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a casebook that has the army's book and no package."""
    root = tmp_path_factory.mktemp("near") / "book"
    init_casebook(root, actor="Amina", title="case")
    load_book(root, AMINA, entries=[*ENTRIES, *DELIVERY])
    return root


def _seen() -> list[Proposal]:
    pairs = [("i1", "i2"), ("i1", "i3"), ("i3", "i4")]
    rows = tuple(f"entry:army:d{n}" for n in range(10))
    of = {"other_kind": "consignment", "basis": ("same_serial_read",)}
    return [
        *(proposal(i, e, rests_on=()) for e in ("h1", "t1", "p1") for i in ("i1", "i2", "i3")),
        *(proposal(i, "K7", **of, rests_on=rows) for i in ("i1", "i3")),
        *(proposal(a, b, other_kind="item", register="", rests_on=()) for a, b in pairs),
        *(proposal(i, "k1", **(of | {"register": ""}), rests_on=()) for i in ("i2", "i3")),
    ]


_VERDICTS: list[LinkVerdict] = ["same", "part_of", "same_lot", "not_same", "unsure"]
_JUDGED = st.lists(
    st.tuples(st.sampled_from(_seen()), st.sampled_from(_VERDICTS)), max_size=6, unique_by=id
)
_GONE = st.sampled_from(["", "i1", "source:army", "source:f1", "entry:army:t1", "c0", "mark:m3"])


@pytest.mark.slow
@settings(
    max_examples=20,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(casebooks(), _JUDGED, _GONE)
def test_whatever_is_on_record_is_told_alike(
    empty: Path,
    monkeypatch: pytest.MonkeyPatch,
    rows: Given,
    judged: list[tuple[Proposal, LinkVerdict]],
    gone: str,
) -> None:
    """Claims, links, judgements, registers, proposals and withdrawals of any kind."""
    folder = empty.with_name("drawn")
    shutil.rmtree(folder, ignore_errors=True)
    root = folder / "book"
    shutil.copytree(empty, root)
    list(take(root, [write_package(folder / "package", _package(rows))], by=AMINA))
    propose(root, *_seen())
    for one, verdict in judged:
        _judged(root, one.proposal_id, verdict, by=AMINA)
    if gone:
        with suppress(HeadstampError):
            withdraw_row(root, gone, reason="to see", by=AMINA)

    assert _differing(root) == []
    assert _judged_otherwise(root, monkeypatch) == []


def _package(rows: Given) -> dict[str, list[dict[str, str]]]:
    """Return drawn rows as a package's, with two items that nothing but their rows tells of."""
    told = {table: [_as_texts(row) for row in some] for table, some in rows.items() if some}
    alone = [{"item_id": f"i{n}", "source_id": "f1", "recovered_on": "2015"} for n in (3, 4, 5)]
    told["items"] = [{"category": "weapon", **row} for row in (*told["items"], *alone)]
    told["marks"] = [
        {"mark_id": f"m{n}", "item_id": f"i{n}", "kind": "serial", "text": f"77{n}",
         "source_id": "f1"}
        for n in range(1, 5)
    ]  # fmt: skip
    return told


def _as_texts(row: Cells) -> dict[str, str]:
    return {
        column: ";".join(cell) if isinstance(cell, list) else str(cell)
        for column, cell in row.items()
        if cell is not None
    }
