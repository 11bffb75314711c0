"""How good are proposals, given the truth? Recalls, calibration and its interval; for `linkage.py`.

Every method is asked the same: of each item, the consignment it would name first, and with what
probability; and which entries and consignments it looked at.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

BINS = (0.0, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 1.0000001)
"""Fixed beforehand: where people act is where they are narrow."""
N_RESAMPLED = 1000
PRECISION = 0.99
Floats = NDArray[np.float64]


@dataclass(kw_only=True)
class Answer:
    """What a method says of one item: its best consignment, and all that it proposed."""

    best: int | None = None
    probability: float = 0.0
    consignments: frozenset[int] = field(default_factory=frozenset)


def best_of(per_consignment: dict[int, float]) -> Answer:
    """Return the answer whose consignment has most; ties go to the smaller number."""
    if not per_consignment:
        return Answer()
    best = min(per_consignment, key=lambda one: (-per_consignment[one], one))
    probability = min(per_consignment[best], 1.0)
    return Answer(best=best, probability=probability, consignments=frozenset(per_consignment))


@dataclass(frozen=True, kw_only=True)
class Weighed:
    """The figures of one method; ``bins`` has (items, mean probability, share right) for each."""

    n_in_register: int
    candidates: float
    rank_1: float
    rank_1_damaged: float
    at_precision: float
    error: float
    error_interval: tuple[float, float]
    bins: tuple[tuple[int, float, float], ...]


def weigh(truth: list[int | None], answers: list[Answer], *, is_damaged: list[bool]) -> Weighed:
    """Compare answers with the truth: a consignment, or None where the item is in no row.

    All that is not legible is told in one line: SCOPE.md point 2.
    """
    pairs = list(zip(truth, answers, strict=True))
    inside = [(true, one) for true, one in pairs if true is not None]
    damaged = [
        true == one.best
        for (true, one), is_one in zip(pairs, is_damaged, strict=True)
        if is_one and true is not None
    ]
    named = [(one.probability, one.best == true) for true, one in pairs if one.best is not None]
    p = np.array([chance for chance, _ in named])
    right = np.array([float(is_right) for _, is_right in named])
    return Weighed(
        n_in_register=len(inside),
        candidates=sum(true in one.consignments for true, one in inside) / len(inside),
        rank_1=sum(true == one.best for true, one in inside) / len(inside),
        rank_1_damaged=sum(damaged) / max(len(damaged), 1),
        at_precision=recall_at(p, right, len(inside)),
        error=calibration_error(p, right),
        error_interval=_interval(p, right),
        bins=_bins(p, right),
    )


def recall_at(p: Floats, right: Floats, n_inside: int) -> float:
    """Return the most that is found while of all that is named so far 99 % are right.

    Answers of equal probability are taken together: no threshold could part them.
    """
    order = np.argsort(-p, kind="stable")
    found, last = np.cumsum(right[order]), np.append(np.diff(p[order]) != 0, True)
    is_precise = last & (found / np.arange(1, len(p) + 1) >= PRECISION)
    return float(found[is_precise].max(initial=0.0)) / n_inside


def calibration_error(p: Floats, right: Floats) -> float:
    """Return the mean distance, over bins weighted by items, of probability and share right."""
    bins = np.digitize(p, BINS) - 1
    n = len(BINS) - 1
    apart = np.bincount(bins, weights=p, minlength=n) - np.bincount(bins, right, minlength=n)
    return float(np.abs(apart).sum() / max(len(p), 1))


def _interval(p: Floats, right: Floats) -> tuple[float, float]:
    """Return the middle 95 % of the error over items drawn again, with replacement."""
    if not len(p):
        return (0.0, 0.0)
    drawn = np.random.default_rng(59)
    errors = []
    for _ in range(N_RESAMPLED):
        some = drawn.integers(0, len(p), len(p))
        errors.append(calibration_error(p[some], right[some]))
    low, high = np.quantile(errors, [0.025, 0.975])
    return float(low), float(high)


def _bins(p: Floats, right: Floats) -> tuple[tuple[int, float, float], ...]:
    placed = np.digitize(p, BINS) - 1
    told = []
    for n in range(len(BINS) - 1):
        of_bin = placed == n
        n_items = int(of_bin.sum())
        mean, share = (p[of_bin].mean(), right[of_bin].mean()) if n_items else (0.0, 0.0)
        told.append((n_items, float(mean), float(share)))
    return tuple(told)


def table(weighed: dict[str, Weighed], *, oracle: str) -> str:
    """Return the figures of all methods side by side, with ratios to the oracle's."""
    best = weighed[oracle]
    named = ("candidates", "rank 1", "of oracle", "damaged", "at p .99", "of oracle", "error")
    widths = (12, 9, 11, 9, 10, 11, 8)
    header = "".join(f"{word:>{width}}" for word, width in zip(named, widths, strict=True))
    lines = [f"{'':16}{header}  95 % interval"]
    for name, one in weighed.items():
        low, high = one.error_interval
        found = f"{one.candidates:12.4f}{one.rank_1:9.4f}{_ratio(one.rank_1, best.rank_1)}"
        precise = f"{one.at_precision:10.4f}{_ratio(one.at_precision, best.at_precision)}"
        error = f"{one.error:8.4f}  {low:.4f} to {high:.4f}"
        lines.append(f"{name:16}{found}{one.rank_1_damaged:9.4f}{precise}{error}")
    return "\n".join([*lines, "", *_calibrations(weighed)])


def _ratio(one: float, other: float) -> str:
    return f"{one / other:11.3f}" if other else f"{'':11}"


def _calibrations(weighed: dict[str, Weighed]) -> list[str]:
    lines = ["calibration: items named, mean probability, share right"]
    for n in range(len(BINS) - 1):
        told = [f"[{BINS[n]:.2f}, {min(BINS[n + 1], 1):.2f})"]
        for name, one in weighed.items():
            n_items, mean, share = one.bins[n]
            told.append(f"{name}: {n_items:6,} {mean:.3f} {share:.3f}" if n_items else f"{name}: -")
        lines.append("  ".join(told))
    return lines
