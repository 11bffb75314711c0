"""Nothing in the rules knows the case: under other names it comes to the corresponding results."""

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from .conftest import Door, Rows, make_casebook
from .renaming import MORE_DAYS, Renaming, rename_package

pytestmark = pytest.mark.slow

PLAIN = ("kind", "verdict", "standing", "voice", "contested", "replied", "origins")
EVENTS = ("from_event", "to_event", "subject_kind")


@pytest.fixture(scope="module", params=[20171214, 7])
def renamed(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    case_folder: Path,
) -> tuple[Door, Renaming]:
    """The case under other names, twice."""
    folder = tmp_path_factory.mktemp("renamed")
    renaming = rename_package(case_folder, folder / "package", request.param)
    return make_casebook(folder / "casebook", folder / "package"), renaming


def later(day: object, renaming: Renaming, more: int = 0) -> str | None:
    """Return an ISO day under the renaming, ``more`` days on."""
    if not day:
        return None
    return (date.fromisoformat(str(day)) + timedelta(days=renaming.days + more)).isoformat()


def corresponding(row: dict[str, object], renaming: Renaming) -> tuple[object, ...]:
    """Return a finding of the case as it must come out under other names."""
    sets = row["rests_on"]
    assert isinstance(sets, list)
    told_later = _more(row)
    return (
        *(row[column] for column in (*PLAIN, *EVENTS)),
        renaming.ids[str(row["subject_id"])],
        ";".join(renaming.ids[p] for p in str(row["parties"] or "").split(";") if p),
        frozenset(frozenset(renaming.atom(atom) for atom in one) for one in sets),
        moved(row["days_min"], told_later),
        moved(row["days_max"], told_later),
        later(row["window_from"], renaming),
        later(row["window_to"], renaming, _more(row)),
    )


def moved(days: object, more: int) -> int | None:
    """Return a number of days, ``more`` days longer; 0 stays the least there can be."""
    assert days is None or isinstance(days, int)
    return days + more if days else days


def came_out(row: dict[str, object]) -> tuple[object, ...]:
    """Return a finding as it came out under other names."""
    sets = row["rests_on"]
    assert isinstance(sets, list)
    return (
        *(row[column] for column in (*PLAIN, *EVENTS)),
        row["subject_id"],
        str(row["parties"] or ""),
        frozenset(frozenset(str(atom) for atom in one) for one in sets),
        row["days_min"],
        row["days_max"],
        row["window_from"],
        row["window_to"],
    )


def _more(row: dict[str, object]) -> int:
    """Return by how much a bound reckoned from "n days later" moves beside the shift of dates."""
    sets = str(row["rests_on"])
    return MORE_DAYS if "'c02'" in sets or "'c05'" in sets else 0


def test_findings_correspond(case: Door, renamed: tuple[Door, Renaming]) -> None:
    """Same findings, verdicts, standings, voices, days and sets, under the new names."""
    door, renaming = renamed
    expected = Counter(corresponding(row, renaming) for row in case.rows("findings"))

    assert Counter(came_out(row) for row in door.rows("findings")) == expected


def test_chains_correspond(case: Door, renamed: tuple[Door, Renaming]) -> None:
    """Same accounts, legs, gaps and holders, whatever number a tie of ids gives an account."""
    door, renaming = renamed
    for item in ("atgw", "pg9_tal_afar", "pg9_fallujah", "pg9_eastern_syria"):
        expected = Counter(accounts(case.rows("chain", item), renaming).values())

        got = Counter(accounts(door.rows("chain", renaming.ids[item]), None).values())

        assert got == expected


def accounts(legs: Rows, renaming: Renaming | None) -> dict[object, tuple[object, ...]]:
    """Return the legs of each account, under the new names, sightings apart.

    Sightings of one holder without a date stand in the order of their claims' ids.
    """
    told: dict[object, list[tuple[object, ...]]] = {}
    for leg in legs:
        told.setdefault(leg["account"], []).append(leg_of(leg, renaming))
    sightings = {"held", "seen", "used"}
    return {
        account: (
            tuple(row for row in rows if row[0] not in sightings),
            frozenset(row for row in rows if row[0] in sightings),
        )
        for account, rows in told.items()
    }


def leg_of(leg: dict[str, object], renaming: Renaming | None) -> tuple[object, ...]:
    """Return what must correspond of one leg."""
    ends: list[object] = [leg["from_party"], leg["via_party"], leg["to_party"], leg["derived"]]
    claims = str(leg["claims"] or "").split(";")
    if renaming is not None:
        ends = [renaming.ids[str(end)] if end else None for end in ends]
        claims = [renaming.atom(claim) for claim in claims if claim]
    return leg["verb"], leg["gap"], leg["standing"], *ends, tuple(sorted(filter(None, claims)))


def test_published_figures_correspond(case: Door, renamed: tuple[Door, Renaming]) -> None:
    """Sums are sums of the new numbers."""
    door, renaming = renamed
    expected = {
        renaming.ids[str(row["figure_id"])]: float(str(row["total"])) * renaming.factor
        for row in case.rows("figures", "--against")
        if row["total"]
    }

    got = {
        str(row["figure_id"]): float(str(row["total"]))
        for row in door.rows("figures", "--against")
        if row["total"]
    }

    assert got == pytest.approx(expected)
