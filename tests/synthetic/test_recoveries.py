import csv
from pathlib import Path

import pytest

from headstamp.actions.init_casebook import init_casebook
from headstamp.actions.take import take
from headstamp.actions.writing import Writing
from headstamp.synthetic.channel import likelihood
from headstamp.synthetic.recoveries import (
    P_MAKER_MISSING,
    P_MODEL_MISSING,
    Recovery,
    Registered,
    recoveries,
    write_package,
    write_truth,
)
from headstamp.synthetic.registers import RegisterWorld

N_ITEMS = 3_000
SHARE = 0.6


@pytest.fixture(scope="module")
def world() -> RegisterWorld:
    """Hold a small register."""
    return RegisterWorld(20_000, seed=4)


@pytest.fixture(scope="module")
def items(world: RegisterWorld) -> tuple[Recovery, ...]:
    """Items of which a share is in it."""
    return tuple(recoveries(world, N_ITEMS, share=SHARE, seed=9))


def test_the_stated_share_is_in_the_register(items: tuple[Recovery, ...]) -> None:
    """The share holds but for chance, and an item in no row is in no consignment."""
    found = [item for item in items if item.truth.row is not None]

    assert len(found) / N_ITEMS == pytest.approx(SHARE, abs=0.03)
    assert [
        one for one in items if (one.truth.row is None) != (one.truth.consignment is None)
    ] == []


def test_the_true_row_is_the_one_with_the_serial(
    world: RegisterWorld, items: tuple[Recovery, ...]
) -> None:
    """The truth of an item in the register is the serial that its row holds."""
    held = {
        row["entry_id"]: (row["serial"].replace("-", "").replace(" ", ""), row["consignment_id"])
        for batch in world.batches()
        for row in batch.to_pylist()
    }
    told = {
        world.entry_id(item.truth.row): (
            item.truth.serial,
            world.consignment_id(item.truth.consignment),
        )
        for item in items
        if item.truth.row is not None and item.truth.consignment is not None
    }

    assert {entry: held[entry] for entry in told} == told


def test_an_item_that_is_not_in_the_register_bears_no_number_of_its_maker(
    world: RegisterWorld, items: tuple[Recovery, ...]
) -> None:
    """A serial of the register on another item is only ever that of another maker."""
    held = {
        (row["serial"].replace("-", "").replace(" ", ""), row["from_party"], row["model"])
        for batch in world.batches()
        for row in batch.to_pylist()
    }
    whole = [one for one in items if one.truth.row is None and one.maker and one.model]
    mistaken = [one for one in whole if (one.truth.serial, one.maker, one.model) in held]

    # A maker or model that was itself told wrongly may meet a row by chance.
    assert len(whole) > 300
    assert len(mistaken) / len(whole) < 0.01


def test_every_mark_is_possible(items: tuple[Recovery, ...]) -> None:
    """What is written could come of the serial through the channel."""
    marked = [item for item in items if item.truth.error != "ubiquitous"]

    assert [item for item in marked if likelihood(item.truth.serial, item.mark) <= 0] == []


def test_what_stands_between_the_parts_changes_no_sign(items: tuple[Recovery, ...]) -> None:
    """The text of a mark is the mark, with at most one separator in it."""
    for item in items:
        assert "".join(sign for sign in item.text if sign not in "- /.") == item.mark
        assert len(item.text) - len(item.mark) in {0, 1}


def test_makers_and_models_are_missing_in_their_shares(items: tuple[Recovery, ...]) -> None:
    """What nobody told is empty, in the shares that the world states."""
    assert sum(not one.maker for one in items) / N_ITEMS == pytest.approx(P_MAKER_MISSING, abs=0.03)
    assert sum(not one.model for one in items) / N_ITEMS == pytest.approx(P_MODEL_MISSING, abs=0.03)


def test_the_search_for_a_number_agrees_with_going_through_the_rows(world: RegisterWorld) -> None:
    """A number is found in its row, and a number that no row has is not found."""
    held = Registered(world)
    series = 3
    by_rows = {
        int(world.start[n]) + k: int(world.first_row[n]) + k
        for n in range(len(world.size))
        if world.series_of[n] == series
        for k in range(int(world.size[n]))
    }
    numbers = range(world.series[series].low - 2, world.series[series].high + 2)

    assert [held.row(series, number) for number in numbers] == [by_rows.get(n) for n in numbers]


def test_the_package_is_taken_whole(items: tuple[Recovery, ...], tmp_path: Path) -> None:
    """A casebook takes every invented item; all there is to note are columns that are not there."""
    write_package(items[:200], tmp_path / "package")
    init_casebook(tmp_path / "book", actor="Amina")
    (taken,) = take(tmp_path / "book", [tmp_path / "package"], by=Writing(actor="Amina"))

    assert {issue.severity for issue in taken.issues} == {"note"}
    assert {table: count.n_read for table, count in taken.counts.items()}["marks"] == 200


def test_the_truth_is_written_beside_the_package(
    world: RegisterWorld, items: tuple[Recovery, ...], tmp_path: Path
) -> None:
    """One line an item, empty where it is in no row."""
    write_truth(items, world, tmp_path / "truth.csv")
    with (tmp_path / "truth.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))

    assert [row["item_id"] for row in rows] == [item.item_id for item in items]
    assert [bool(row["entry_id"]) for row in rows] == [one.truth.row is not None for one in items]


def test_one_seed_gives_the_same_items(world: RegisterWorld, items: tuple[Recovery, ...]) -> None:
    """Items follow from the register, their number, their share and the seed."""
    assert tuple(recoveries(world, N_ITEMS, share=SHARE, seed=9)) == items
    assert tuple(recoveries(world, N_ITEMS, share=SHARE, seed=10)) != items
