"""Invented items of which some are in the register: their marks, what else is told, the truth.

An item that is in the register was drawn from its rows. One that is not was drawn from the
numbers of a series that the register lacks or, seldom, bears a registered number of another
maker.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec
import numpy as np

from headstamp.synthetic.channel import ErrorClass, mark_of
from headstamp.synthetic.draws import Draws, Ints
from headstamp.synthetic.makers import CALIBRES, N_MAKERS, Model, maker_name, maker_state
from headstamp.synthetic.registers import UBIQUITOUS, RegisterWorld, Series

P_NAMESAKE = 0.02
"""Of the items that are not in the register: bears a registered number of another maker."""
P_MAKER_MISSING, P_MAKER_WRONG = 0.15, 0.02
P_MODEL_MISSING, P_MODEL_VAGUE, P_MODEL_WRONG = 0.25, 0.15, 0.01
P_CALIBRE_MISSING, P_CALIBRE_OTHER, P_CALIBRE_WRONG = 0.10, 0.10, 0.01
SEPARATORS = ("", "-", " ", "/", ".")
SOURCE = "visits"


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """What an item really is: a row of the register and its consignment, or none."""

    row: int | None
    consignment: int | None
    serial: str
    error: ErrorClass | Literal["ubiquitous"]


class Recovery(msgspec.Struct, frozen=True, kw_only=True):
    """One item as documented: ``mark`` without what stands between its parts, ``text`` with it."""

    item_id: str
    mark: str
    text: str
    maker: str
    model: str
    calibre: str
    truth: Truth


class _Made(NamedTuple):
    series: Series
    number: int
    row: int | None
    consignment: int | None
    is_ubiquitous: bool


def recoveries(
    world: RegisterWorld, n_items: int, *, share: float, seed: int
) -> Iterator[Recovery]:
    """Yield items; a share of them is in the register, drawn from its rows alike."""
    fields = Draws(seed, 11).uniform(n_items * 12).reshape(n_items, 12)
    made = _made(world, n_items, share=share, seed=seed)
    for n, (one, chances) in enumerate(zip(made, fields.tolist(), strict=True)):
        yield _documented(world, n, one, chances)


def write_package(items: Iterable[Recovery], folder: Path) -> None:
    """Write the items as a case package (EXCHANGE.md section 1); their truth stays outside."""
    folder.mkdir(parents=True, exist_ok=True)
    names = ("sources", "parties", "items", "marks")
    described = {
        "name": "planted-recoveries",
        "title": "Invented items with a known truth",
        "resources": [{"name": name, "path": f"{name}.csv"} for name in names],
    }
    (folder / "datapackage.json").write_text(json.dumps(described, indent=2) + "\n")
    header = ("source_id", "kind", "title", "reliability")
    source = (SOURCE, "field_documentation", "Invented visits", "B")
    _write(folder / "sources.csv", header, [source])
    parties = [
        (maker_name(n), maker_name(n), "manufacturer", maker_state(n)) for n in range(N_MAKERS)
    ]
    _write(folder / "parties.csv", ("party_id", "name", "kind", "country"), parties)
    _write_items(items, folder)


def write_truth(items: Iterable[Recovery], world: RegisterWorld, path: Path) -> None:
    """Write item → entry, consignment, error class; empty where the item is not in the register."""
    rows = [
        (
            one.item_id,
            "" if one.truth.row is None else world.entry_id(one.truth.row),
            "" if one.truth.consignment is None else world.consignment_id(one.truth.consignment),
            one.truth.error,
        )
        for one in items
    ]
    _write(path, ("item_id", "entry_id", "consignment_id", "error"), rows)


def _made(world: RegisterWorld, n_items: int, *, share: float, seed: int) -> Iterator[_Made]:
    """Yield what each item is, in an order of chance."""
    draws = Draws(seed, 12)
    is_in = draws.uniform(n_items) < share
    drawn = draws.below(world.n_rows, n_items)
    is_namesake = draws.uniform(n_items) < P_NAMESAKE
    rows = world.rows(drawn)
    beside = _unregistered(world, seed=seed)
    for n in range(n_items):
        consignment = int(rows.consignment[n])
        series = world.series[int(world.series_of[consignment])]
        number, ubiquitous = int(rows.number[n]), bool(rows.is_ubiquitous[n])
        if is_in[n]:
            yield _Made(series, number, int(drawn[n]), consignment, ubiquitous)
        elif is_namesake[n]:
            yield _Made(_of_another(world, series, draws), number, None, None, is_ubiquitous=False)
        else:
            yield next(beside)


def _of_another(world: RegisterWorld, series: Series, draws: Draws) -> Series:
    maker = world.models[series.model].maker
    others = [n for n, model in enumerate(world.models) if model.maker != maker]
    return series._replace(model=others[int(draws.below(len(others), 1)[0])])


def _unregistered(world: RegisterWorld, *, seed: int) -> Iterator[_Made]:
    """Yield numbers that were made and are not in the register, series by their rows."""
    draws = Draws(seed, 13)
    per_series = np.bincount(world.series_of, weights=world.size, minlength=len(world.series))
    below = np.cumsum(per_series) / per_series.sum()
    held = Registered(world)
    while True:
        for chance, place in draws.uniform(8192).reshape(-1, 2).tolist():
            at = int(np.searchsorted(below, chance, side="right"))
            series = world.series[at]
            number = series.low + int(place * (series.high - series.low))
            if held.row(at, number) is None:
                yield _Made(series, number, None, None, is_ubiquitous=False)


class Registered:
    """Which row has a number of a series? By search in the starts of its consignments."""

    def __init__(self, world: RegisterWorld) -> None:
        """Sort the consignments of each series."""
        order = np.lexsort((world.start, world.series_of))
        self._world = world
        self._order: Ints = order.astype(np.int64)
        n_series = np.arange(len(world.series) + 1)
        self._bounds: Ints = np.searchsorted(world.series_of[order], n_series).astype(np.int64)

    def row(self, series: int, number: int) -> int | None:
        """Return the row, or None where the register lacks the number."""
        world = self._world
        of_series = self._order[self._bounds[series] : self._bounds[series + 1]]
        place = int(np.searchsorted(world.start[of_series], number, side="right")) - 1
        if place < 0:
            return None
        consignment = int(of_series[place])
        offset = number - int(world.start[consignment])
        if offset >= int(world.size[consignment]):
            return None
        return int(world.first_row[consignment]) + offset


def _documented(world: RegisterWorld, n: int, made: _Made, chances: list[float]) -> Recovery:
    form, model = made.series.form, world.models[made.series.model]
    serial = form.written(made.number)
    error: ErrorClass | Literal["ubiquitous"]
    if made.is_ubiquitous and made.row is not None:
        serial = mark = UBIQUITOUS[made.row % len(UBIQUITOUS)]
        error, text = "ubiquitous", serial
    else:
        mark, error = mark_of(serial, chance=(chances[0], chances[1]))
        text = _text(mark, len(serial), made, chances[2:4])
    return Recovery(
        item_id=f"item-{n:06}",
        mark=mark,
        text=text,
        maker=_maker(model.maker, chances[4:6]),
        model=_model(world.models, made.series.model, chances[6:8]),
        calibre=_calibre(model.calibre, chances[8:10]),
        truth=Truth(row=made.row, consignment=made.consignment, serial=serial, error=error),
    )


def _text(mark: str, n_characters: int, made: _Made, chances: list[float]) -> str:
    """Return the mark with something between its parts, or nothing: people differ."""
    form = made.series.form
    separator = form.separator
    if chances[0] > 0.7:
        separator = SEPARATORS[int(chances[1] * len(SEPARATORS))]
    signs = re.findall(r"\{..\}|.", mark)
    if len(signs) != n_characters or not form.prefix:
        return mark
    place = len(form.prefix)
    return "".join((*signs[:place], separator, *signs[place:]))


def _maker(maker: int, chances: list[float]) -> str:
    if chances[0] < P_MAKER_MISSING:
        return ""
    if chances[0] < P_MAKER_MISSING + P_MAKER_WRONG:
        return maker_name((maker + 1 + int(chances[1] * (N_MAKERS - 1))) % N_MAKERS)
    return maker_name(maker)


def _model(known: tuple[Model, ...], model: int, chances: list[float]) -> str:
    vague, wrong = P_MODEL_MISSING + P_MODEL_VAGUE, P_MODEL_WRONG
    if chances[0] < P_MODEL_MISSING:
        return ""
    if chances[0] < vague:
        return known[model].family
    if chances[0] < vague + wrong:
        return known[(model + 1 + int(chances[1] * (len(known) - 1))) % len(known)].name
    return known[model].name


def _calibre(calibre: int, chances: list[float]) -> str:
    other = P_CALIBRE_MISSING + P_CALIBRE_OTHER
    if chances[0] < P_CALIBRE_MISSING:
        return ""
    if chances[0] < other:
        return CALIBRES[calibre][1]
    if chances[0] < other + P_CALIBRE_WRONG:
        n_others = len(CALIBRES) - 1
        return CALIBRES[(calibre + 1 + int(chances[1] * n_others)) % len(CALIBRES)][0]
    return CALIBRES[calibre][0]


def _write_items(items: Iterable[Recovery], folder: Path) -> None:
    documented, marked = [], []
    for one in items:
        is_partial = any(sign in one.mark for sign in "?*{")
        state = "partial" if is_partial else "legible"
        documented.append((one.item_id, "weapon", one.model, one.calibre, one.maker, SOURCE))
        mark = (f"{one.item_id}-serial", one.item_id, "serial", one.text, state, SOURCE)
        marked.append(mark)
    header = ("item_id", "category", "model", "calibre", "maker_stated", "source_id")
    _write(folder / "items.csv", header, documented)
    header = ("mark_id", "item_id", "kind", "text", "state", "source_id")
    _write(folder / "marks.csv", header, marked)


def _write(path: Path, header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8")
