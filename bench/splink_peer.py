"""The peer: which pairs does Splink 5 find, set up as its documentation advises? For `linkage.py`.

    PYTHON-WITH-SPLINK bench/splink_peer.py ITEMS.parquet ENTRIES.parquet OUT.parquet VARIANT

It runs in an environment of its own (requirements/bench.txt) and shares nothing with the package.
Both tables have unique_id, serial, make, model, calibre: text in capitals, only A-Z and 0-9 kept.
VARIANT `advised`: u by random sampling, m by expectation maximisation. VARIANT `tuned`: what an
expert would do when he sees that among random pairs no serials are equal, so that u stays where it
started: u of the serial's levels counted by joins, of equal serials among pairs whose makes differ
and of near ones among pairs of one make (near serials are of one make nearly always, and the make
must not count twice); m of these levels set to round guesses of how often serials are misread.
"""

import json
import logging
import sys
import time
from pathlib import Path

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from measured import peak_mib
from splink import DuckDBAPI, Linker, SettingsCreator, block_on
from splink.internals.comparison_level_creator import ComparisonLevelCreator

N_PAIRS_U = 1e7
N_PAIRS_EM = 5e6
LEAST = 0.001
M_OF_SERIAL = {"equal": 0.75, "one edit": 0.12, "two edits": 0.05, "alike": 0.04, "else": 0.04}
RECALL = 0.8
"""Of the plain rule (serial and make equal), guessed as a user must."""
BLOCKS = (
    ("serial",),
    ("make", "substr(serial, 1, 5)"),
    ("make", "right(serial, 5)"),
    ("model", "substr(serial, 1, 5)"),
    ("substr(serial, 1, 6)",),
)


NEAR = """
    WITH near AS (
        SELECT l.serial AS one, r.serial AS other, levenshtein(l.serial, r.serial) AS edits
        FROM (SELECT * FROM items USING SAMPLE reservoir(500 ROWS) REPEATABLE (59)) l
        JOIN entries r ON l.make = r.make AND l.serial <> r.serial
    )
    SELECT (count(*) FILTER (edits = 1)) * scale, (count(*) FILTER (edits = 2)) * scale,
        (count(*) FILTER (edits > 2 AND jaro_winkler_similarity(one, other) >= 0.92)) * scale
    FROM near, (SELECT greatest(count(*) / 500, 1) AS scale FROM items) GROUP BY scale
"""


def main(items: str, entries: str, out: str, variant: str) -> None:
    """Link the tables, write the pairs, and print one JSON object: seconds, memory, pairs."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    began = time.perf_counter()
    connection = duckdb.connect()
    connection.execute("CREATE TABLE items AS SELECT * FROM read_parquet(?)", [items]).fetchall()
    connection.execute(
        "CREATE TABLE entries AS SELECT * FROM read_parquet(?)", [entries]
    ).fetchall()
    u_of_serial = counted_u(connection) if variant == "tuned" else {}
    linker = trained(connection, u_of_serial)
    found = linker.inference.predict(threshold_match_probability=LEAST)
    n_pairs = write(connection, found.physical_name, out)
    took = {
        "seconds": time.perf_counter() - began,
        "peak_mib": peak_mib(),
        "n_pairs": n_pairs,
        "u": u_of_serial,
    }
    sys.stdout.write(json.dumps(took) + "\n")


def trained(connection: duckdb.DuckDBPyConnection, u_of_serial: dict[str, float]) -> Linker:
    """Return a linker whose parameters were estimated in the order that the manual gives."""
    api = DuckDBAPI(connection=connection)
    tables = [
        api.register("items", dataset_display_name="left"),
        api.register("entries", dataset_display_name="right"),
    ]
    settings = SettingsCreator(
        link_type="link_only",
        blocking_rules_to_generate_predictions=[block_on(*rule) for rule in BLOCKS],
        comparisons=[
            serial_comparison(u_of_serial),
            cl.ExactMatch("make").configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("model", [0.9]).configure(term_frequency_adjustments=True),
            cl.ExactMatch("calibre").configure(term_frequency_adjustments=True),
        ],
        retain_matching_columns=False,
    )
    linker = Linker(tables, settings, log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("serial", "make")], recall=RECALL
    )
    training.estimate_u_using_random_sampling(max_pairs=N_PAIRS_U, seed=59)
    training.estimate_parameters_using_expectation_maximisation(
        block_on("serial"), max_pairs=N_PAIRS_EM
    )
    training.estimate_parameters_using_expectation_maximisation(
        block_on("make", "model", "calibre"), max_pairs=N_PAIRS_EM
    )
    return linker


def serial_comparison(u_of_serial: dict[str, float]) -> cl.CustomComparison:
    """Return the levels of a serial: equal, one edit, two edits, alike in Jaro-Winkler, else."""
    levels: dict[str, ComparisonLevelCreator] = {
        "equal": cll.ExactMatchLevel("serial"),
        "one edit": cll.LevenshteinLevel("serial", 1),
        "two edits": cll.LevenshteinLevel("serial", 2),
        "alike": cll.JaroWinklerLevel("serial", 0.92),
        "else": cll.ElseLevel(),
    }
    for name, u in u_of_serial.items():
        levels[name].configure(
            u_probability=u,
            fix_u_probability=True,
            m_probability=M_OF_SERIAL[name],
            fix_m_probability=True,
        )
    return cl.CustomComparison(
        output_column_name="serial", comparison_levels=[cll.NullLevel("serial"), *levels.values()]
    )


def counted_u(connection: duckdb.DuckDBPyConnection) -> dict[str, float]:
    """Return how often serials of pairs that are no match are equal, near, or neither."""
    n_equal, n_of_two_makes = connection.execute(
        """
        SELECT
            (SELECT count(*) FROM items l JOIN entries r USING (serial) WHERE l.make <> r.make),
            (SELECT count(serial) FROM items WHERE make IS NOT NULL)
            * (SELECT count(serial) FROM entries WHERE make IS NOT NULL)
        """
    ).fetchall()[0]
    n_one, n_two, n_alike = connection.execute(NEAR).fetchall()[0]
    n_of_one_make = connection.execute(
        """
        SELECT sum(l.n * r.n)
        FROM (SELECT make, count(serial) AS n FROM items GROUP BY make) l
        JOIN (SELECT make, count(serial) AS n FROM entries GROUP BY make) r USING (make)
        """
    ).fetchall()[0][0]
    # None seen is not never: half a pair, as is usual.
    near = [max(n, 0.5) / n_of_one_make for n in (n_one, n_two, n_alike)]
    u = {"equal": max(n_equal, 0.5) / n_of_two_makes}
    u |= dict(zip(("one edit", "two edits", "alike"), near, strict=True))
    return u | {"else": 1 - sum(u.values())}


def write(connection: duckdb.DuckDBPyConnection, name: str, out: str) -> int:
    """Write item, entry, probability, and return how many pairs there are.

    Splink names its sides in an order of its own; which one is an item, the data set says.
    """
    is_item = "source_dataset_l = 'left'"
    query = (
        f"SELECT if({is_item}, unique_id_l, unique_id_r) AS item, "  # noqa: S608
        f"if({is_item}, unique_id_r, unique_id_l) AS entry, "
        f"match_probability AS probability, match_weight AS weight FROM {name}"
    )
    connection.execute(f"COPY ({query}) TO '{Path(out)}' (FORMAT parquet)").fetchall()
    counted = connection.execute("SELECT count(*) FROM read_parquet(?)", [out]).fetchall()
    return int(counted[0][0])


if __name__ == "__main__":
    main(*sys.argv[1:])
