"""What would one name who knows the true channel? The upper bound for `linkage.py`.

For each item: the posterior of every row of the register, and of *not in the register*, by
Bayes' rule with the world's own shares and the channel's exact likelihood. It knows how the world
was made, which series there are and between which numbers; it does not know which numbers outside
the register exist on items, only how many there are to a series.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import product

import numpy as np
from weighing import Answer, best_of

from headstamp.synthetic.channel import likelihood, sources
from headstamp.synthetic.makers import CALIBRES, N_MAKERS, maker_name
from headstamp.synthetic.recoveries import (
    P_CALIBRE_MISSING,
    P_CALIBRE_OTHER,
    P_CALIBRE_WRONG,
    P_MAKER_MISSING,
    P_MAKER_WRONG,
    P_MODEL_MISSING,
    P_MODEL_VAGUE,
    P_MODEL_WRONG,
    P_NAMESAKE,
    Recovery,
    Registered,
)
from headstamp.synthetic.registers import UBIQUITOUS, RegisterWorld

Shape = tuple[int, int, int]
Key = tuple[str, int, str]


class Oracle:
    """Scores items against a world of which it knows all but the truth of the items."""

    def __init__(self, world: RegisterWorld, *, share: float) -> None:
        """Prepare the look-up of series by what is around their digits."""
        self._world, self._share = world, share
        self._held = Registered(world)
        self._names = Counter(model.name for model in world.models)
        self._rows = world.rows(np.arange(world.n_rows, dtype=np.int64))
        self._series: defaultdict[Key, list[int]] = defaultdict(list)
        for n, one in enumerate(world.series):
            self._series[one.form.prefix, one.form.n_digits, one.form.suffix].append(n)
        self._keys: defaultdict[Shape, list[Key]] = defaultdict(list)
        for key in self._series:
            self._keys[len(key[0]), key[1], len(key[2])].append(key)
        n_rows = np.bincount(world.series_of, weights=world.size, minlength=len(world.series))
        room = np.array([one.high - one.low for one in world.series])
        self._p_free = n_rows / n_rows.sum() / np.maximum(room - n_rows, 1)
        self._p_maker = np.zeros(N_MAKERS)
        for n, one in enumerate(world.series):
            self._p_maker[world.models[one.model].maker] += n_rows[n] / n_rows.sum()

    def answer(self, item: Recovery) -> Answer:
        """Return the consignment with the highest posterior, and all that are possible."""
        if item.mark in UBIQUITOUS:
            return Answer()
        rows: defaultdict[int, float] = defaultdict(float)
        of_others: dict[int, float] = {}
        outside = 0.0
        share, n_rows = self._share, self._world.n_rows
        for series, number in set(self._numbers(item.mark)):
            p_mark = likelihood(self._world.series[series].form.written(number), item.mark)
            if not p_mark:
                continue
            told = p_mark * self._p_told(item, series)
            row = self._held.row(series, number)
            if row is None:
                outside += (1 - share) * (1 - P_NAMESAKE) * self._p_free[series] * told
                continue
            consignment, p_row = self._row(item, row, told=told, p_mark=p_mark)
            rows[consignment] += share / n_rows * p_row
            maker = self._world.models[self._world.series[series].model].maker
            if maker not in of_others:
                of_others[maker] = self._p_told_of_another(item, maker)
            outside += (1 - share) * P_NAMESAKE / n_rows * p_mark * of_others[maker]
        total = sum(rows.values()) + outside
        return best_of({one: p / total for one, p in rows.items() if p > 0})

    def _row(self, item: Recovery, row: int, *, told: float, p_mark: float) -> tuple[int, float]:
        """Return the consignment of a row and its likelihood, by what the register shows of it."""
        consignment = int(self._rows.consignment[row])
        if self._rows.is_ubiquitous[row]:
            return consignment, 0.0
        if self._rows.has_maker[row]:
            return consignment, told
        series = self._world.series[int(self._world.series_of[consignment])]
        p_maker = sum(
            share * _p_maker(item.maker, n) for n, share in enumerate(self._p_maker.tolist())
        )
        return consignment, p_mark * p_maker * self._p_described(item, series.model)

    def _p_told(self, item: Recovery, series: int) -> float:
        model = self._world.series[series].model
        maker = self._world.models[model].maker
        return _p_maker(item.maker, maker) * self._p_described(item, model)

    def _p_told_of_another(self, item: Recovery, maker: int) -> float:
        """Return how probable what is told is of a model of chance, of another maker."""
        told = [
            _p_maker(item.maker, one.maker) * self._p_described(item, n)
            for n, one in enumerate(self._world.models)
            if one.maker != maker
        ]
        return sum(told) / len(told)

    def _p_described(self, item: Recovery, model: int) -> float:
        calibre = self._world.models[model].calibre
        return self._p_model(item.model, model) * _p_calibre(item.calibre, calibre)

    def _p_model(self, told: str, model: int) -> float:
        known = self._world.models
        if not told:
            return P_MODEL_MISSING
        p_right = 1 - P_MODEL_MISSING - P_MODEL_VAGUE - P_MODEL_WRONG
        n_others = self._names[told] - (known[model].name == told)
        return (
            p_right * (known[model].name == told)
            + P_MODEL_VAGUE * (known[model].family == told)
            + P_MODEL_WRONG * n_others / (len(known) - 1)
        )

    def _numbers(self, mark: str) -> Iterator[tuple[int, int]]:
        """Yield every (series, number) that may be behind a mark."""
        for pattern in sources(mark):
            for n_before, n_digits, n_after in self._keys:
                if n_before + n_digits + n_after == len(pattern):
                    yield from self._of_shape(pattern, (n_before, n_digits, n_after))

    def _of_shape(self, pattern: str, shape: Shape) -> Iterator[tuple[int, int]]:
        before, digits = pattern[: shape[0]], pattern[shape[0] : shape[0] + shape[1]]
        after = pattern[shape[0] + shape[1] :]
        if not all(one in "0123456789?" for one in digits):
            return
        for key in self._keys_like(before, after, shape):
            for n in self._series[key]:
                series = self._world.series[n]
                for number in _fillings(digits):
                    if series.low <= number < series.high:
                        yield n, number

    def _keys_like(self, before: str, after: str, shape: Shape) -> list[Key]:
        key = (before, shape[1], after)
        if "?" not in before + after:
            return [key] if key in self._series else []
        around = before + after
        return [one for one in self._keys[shape] if _is_like(around, one[0] + one[2])]


def _fillings(digits: str) -> list[int]:
    if "?" not in digits:
        return [int(digits)]
    choices = ["0123456789" if one == "?" else one for one in digits]
    return [int("".join(chosen)) for chosen in product(*choices)]


def _is_like(pattern: str, text: str) -> bool:
    return all(sign in {"?", one} for sign, one in zip(pattern, text, strict=True))


def _p_maker(told: str, maker: int) -> float:
    if not told:
        return P_MAKER_MISSING
    if told == maker_name(maker):
        return 1 - P_MAKER_MISSING - P_MAKER_WRONG
    return P_MAKER_WRONG / (N_MAKERS - 1)


def _p_calibre(told: str, calibre: int) -> float:
    if not told:
        return P_CALIBRE_MISSING
    name, other = CALIBRES[calibre]
    if told == name:
        return 1 - P_CALIBRE_MISSING - P_CALIBRE_OTHER - P_CALIBRE_WRONG
    if told == other:
        return P_CALIBRE_OTHER
    is_name = any(told == one for one, _ in CALIBRES)
    return P_CALIBRE_WRONG / (len(CALIBRES) - 1) if is_name else 0.0
