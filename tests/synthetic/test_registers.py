import csv
import hashlib
from collections import defaultdict
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from headstamp.synthetic.draws import Draws
from headstamp.synthetic.makers import CALIBRES
from headstamp.synthetic.registers import (
    SHARE_NO_MAKER,
    SHARE_REUSED,
    SHARE_UBIQUITOUS,
    UBIQUITOUS,
    RegisterWorld,
    write_csv,
    write_parquet,
)

N_ROWS = 30_000


@pytest.fixture(scope="module")
def world() -> RegisterWorld:
    """Hold a small register."""
    return RegisterWorld(N_ROWS, seed=4)


@pytest.fixture(scope="module")
def table(world: RegisterWorld) -> pa.Table:
    """All of its rows."""
    return pa.Table.from_batches(world.batches())


def test_chance_is_the_same_everywhere() -> None:
    """The numbers of a stream are those that PCG64's raw bits give, whatever the machine."""
    drawn = Draws(4, 1).uniform(3).tolist()

    assert drawn == [0.9798181064980088, 0.4339523292226165, 0.1453543933636754]


def test_one_seed_gives_one_register(table: pa.Table) -> None:
    """Every text of the register follows from its size and seed, and another seed differs."""
    again = pa.Table.from_batches(RegisterWorld(N_ROWS, seed=4).batches())
    other = pa.Table.from_batches(RegisterWorld(N_ROWS, seed=5).batches())

    assert again == table
    assert other != table


def test_the_texts_are_those_that_were_made_before(table: pa.Table) -> None:
    """A register made on another machine is this one: its serials have this digest."""
    text = "\n".join(table["serial"].to_pylist())

    assert hashlib.sha256(text.encode()).hexdigest()[:16] == "351a757c055a9fe7"


@pytest.mark.parametrize("n_rows", [1, 7, 1_000, 30_000])
def test_a_register_has_the_size_that_was_asked_for(n_rows: int) -> None:
    """No row more and no row less, whatever the size, and no consignment without a row."""
    world = RegisterWorld(n_rows, seed=4)

    assert sum(batch.num_rows for batch in world.batches()) == n_rows == world.size.sum()
    assert (world.size > 0).all()


def test_rows_asked_for_alone_are_those_of_the_stream(world: RegisterWorld) -> None:
    """A row does not depend on which others are made with it."""
    some = np.array([29_999, 3, 17_000], dtype=np.int64)
    alone, whole = world.rows(some), world.rows(np.arange(N_ROWS, dtype=np.int64))

    assert [part.tolist() for part in alone] == [part[some].tolist() for part in whole]


def test_a_consignment_holds_consecutive_numbers(world: RegisterWorld, table: pa.Table) -> None:
    """The serials of a consignment follow each other, ubiquitous values apart."""
    per_consignment = defaultdict(list)
    for consignment, serial in zip(
        table["consignment_id"].to_pylist(), table["serial"].to_pylist(), strict=True
    ):
        per_consignment[consignment].append(serial)
    for n in range(len(world.size)):
        form = world.series[int(world.series_of[n])].form
        held = per_consignment[world.consignment_id(n)]
        made = [form.written(int(world.start[n]) + k) for k in range(len(held))]
        plain = [serial.replace("-", "").replace(" ", "") for serial in held]

        assert [one for one, two in zip(plain, made, strict=True) if one != two] == [
            one for one, two in zip(plain, made, strict=True) if one in UBIQUITOUS and one != two
        ]


def test_some_numbers_stand_under_two_makers(table: pa.Table) -> None:
    """About 3 % of the serials do, as in real registers."""
    makers = defaultdict(set)
    for serial, maker in zip(table["serial"].to_pylist(), table["maker"].to_pylist(), strict=True):
        if maker and serial not in UBIQUITOUS:
            makers[serial].add(maker)
    shared = sum(len(found) > 1 for found in makers.values()) / len(makers)

    assert shared == pytest.approx(SHARE_REUSED, abs=0.012)


def test_some_entries_lack_a_maker_or_hold_a_value_that_is_none(table: pa.Table) -> None:
    """Shares of the rows name no maker, or repeat one of a few values."""
    n_ubiquitous = sum(serial in UBIQUITOUS for serial in table["serial"].to_pylist())

    assert table["maker"].null_count / N_ROWS == pytest.approx(SHARE_NO_MAKER, rel=0.25)
    assert n_ubiquitous / N_ROWS == pytest.approx(SHARE_UBIQUITOUS, rel=0.5)


def test_makers_sit_in_invented_states(table: pa.Table) -> None:
    """No state, maker or receiver of this world exists (SCOPE.md point 4)."""
    countries = set(table["country"].to_pylist())
    makers = {maker for maker in table["maker"].to_pylist() if maker}

    assert all(country[0] == "X" and country[1].isalpha() for country in countries)
    assert all(maker.startswith("maker-x") for maker in makers)
    assert set(table["calibre"].to_pylist()) <= {name for name, _ in CALIBRES}


def test_both_kinds_of_file_hold_the_same_rows(tmp_path: Path) -> None:
    """CSV and Parquet are one register."""
    world = RegisterWorld(500, seed=4)
    write_parquet(world, tmp_path / "one.parquet")
    write_csv(world, tmp_path / "two.csv")
    rows = pq.read_table(tmp_path / "one.parquet").to_pylist()
    with (tmp_path / "two.csv").open(encoding="utf-8", newline="") as file:
        texts = list(csv.DictReader(file))

    assert [{key: value or "" for key, value in row.items()} for row in rows] == texts


@pytest.mark.slow
def test_a_million_rows_stay_small_in_memory() -> None:
    """Rows stream: no batch holds more than its share, at any size."""
    world = RegisterWorld(1_000_000, seed=4)
    sizes = [(batch.num_rows, batch.nbytes) for batch in world.batches()]

    assert sum(n for n, _ in sizes) == 1_000_000
    assert max(size for _, size in sizes) < 40_000_000
