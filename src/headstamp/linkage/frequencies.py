"""How common are a model and a calibre on a register? What everybody has tells nobody apart."""

from collections import Counter
from collections.abc import Iterable, Sequence

import msgspec

from headstamp.linkage.probes import Described

_LEAST = 50
"""Among fewer entries a share is a matter of chance."""


class Kind(msgspec.Struct, frozen=True):
    """One description, and how many entries bear it."""

    described: Described
    n: int


class Shares(msgspec.Struct, frozen=True):
    """Which share of entries would agree by chance; None where too few would tell.

    ``model`` is of the entries of one maker, ``calibre`` of those that also have the model,
    where models agree.
    """

    model: float | None = None
    calibre: float | None = None


class Frequencies:
    """The models and calibres on one register, counted by maker; ``""``: of any maker."""

    def __init__(self, kinds: Iterable[Kind]) -> None:
        self._models: dict[str, Counter[str]] = {}
        self._calibres: dict[tuple[str, str], Counter[str]] = {}
        self._known: dict[tuple[frozenset[str], ...], Shares] = {}
        for kind in kinds:
            for maker in ("", *kind.described.makers):
                self._count(maker, kind)

    def _count(self, maker: str, kind: Kind) -> None:
        models, calibres = kind.described.models, kind.described.calibres
        if models:
            counted = self._models.setdefault(maker, Counter())
            counted.update(dict.fromkeys((*models, _ALL), kind.n))
        if calibres:
            told = dict.fromkeys((*calibres, _ALL), kind.n)
            for model in (_ALL, *models):
                self._calibres.setdefault((maker, model), Counter()).update(told)

    def shares(self, one: Described, other: Described) -> Shares:
        """Return how common it is to agree in model and calibre as these two do."""
        key = (
            one.makers & other.makers,
            one.models & other.models,
            one.calibres & other.calibres,
        )
        if key not in self._known:
            self._known[key] = self._shares(*key)
        return self._known[key]

    def _shares(
        self, makers: frozenset[str], models: frozenset[str], calibres: frozenset[str]
    ) -> Shares:
        whose = makers or {""}
        model = _share([self._models.get(maker, _NONE) for maker in whose], models)
        alike = [
            self._calibres.get((maker, one), _NONE) for maker in whose for one in models or {_ALL}
        ]
        return Shares(model, _share(alike, calibres))


_ALL = ""
_NONE: Counter[str] = Counter()


def _share(counted: Sequence[Counter[str]], ids: frozenset[str]) -> float | None:
    """Return the share that has one of these ids; None of none, and where too few would tell."""
    n_whole = sum(one[_ALL] for one in counted)
    if not ids or n_whole < _LEAST:
        return None
    return min(sum(one[name] for one in counted for name in ids) / n_whole, 1.0) or None
