"""Which model may a cell name? Names alone, or figures beside the maker that has such a model."""

import msgspec

from headstamp.marks.calibres import compatible_calibres, identify_calibre, is_calibre_name
from headstamp.marks.maker_index import find_makers
from headstamp.marks.model_index import model_key, model_words, models_named, stands_alone
from headstamp.marks.unnamed import read_unnamed
from headstamp.marks.wording import LONGEST_CELL
from headstamp.reference.caches import remembered
from headstamp.reference.maker_names import maker_words
from headstamp.reference.models import Model, models_by_id
from headstamp.reference.weapon_types import weapon_type_names
from headstamp.terms.identification import Identification

LONGEST_ENDING = 4
"""Characters of the longest word that may be left out at the end (`PT 92 AF`)."""


@remembered(65_536)
def identify_model(
    text: str, *, makers: tuple[str, ...] = (), calibres: tuple[str, ...] = ()
) -> tuple[Identification, ...]:
    """Return every model that a cell may name, best supported first.

    Figures (``82``) and words of everyday language (``Police``) are a model only beside a maker
    that has one of that name. Where the
    maker of one candidate agrees, candidates of other makers are left out; where none does, each
    stays with that against it. An empty tuple means "none in our tables" or "none named".

    Args:
        text: The cell as found; it may name the maker too (``Glock 17``).
        makers: Ids of the makers that the record names, in any order.
        calibres: Ids of the calibres that the record names.

    >>> [found.meaning for found in identify_model("82", makers=("taurus",))]
    ['taurus_82']
    >>> identify_model("82")
    ()

    Source:
        reference/models.csv; docs/methods/marks.md, section 12.
    """
    is_story = len(text) > LONGEST_CELL
    if is_story or read_unnamed(text) is not None or _is_plainly_a_calibre(text):
        return ()
    match = _named(text, frozenset(makers))
    told = frozenset(makers) | match.makers
    agreeing = [row for row in match.rows if told & set(row.makers)]
    kept = agreeing or [row for row in match.rows if stands_alone(row, match.key)]
    doubts = (f"{match.ending!r} at its end was left out",) if match.ending else ()
    found = [
        _identified(row, text, (_by_maker(row, told), _by_calibre(row, calibres)), doubts)
        for row in kept
    ]
    shared = [_with_others(one, found) for one in found]
    return tuple(sorted(shared, key=lambda one: (len(one.against), -len(one.support))))


def model_type(model: str) -> str | None:
    """Return the type of a model; None for what is not in the table.

    >>> model_type("taurus_82"), model_type("82")
    ('revolver', None)
    """
    row = models_by_id().get(model)
    return row.weapon_type if row else None


def _is_plainly_a_calibre(text: str) -> bool:
    """Whether a text is the name of a calibre, its point not left out: `320` may be a model."""
    return is_calibre_name(text) and not any(one.against for one in identify_calibre(text))


class _Match(msgspec.Struct, frozen=True, kw_only=True):
    """The models of a name, its key, the makers in the cell, and a word left out at its end."""

    rows: tuple[Model, ...] = ()
    makers: frozenset[str] = frozenset()
    key: str = ""
    ending: str = ""


class _Evidence(msgspec.Struct, frozen=True, kw_only=True):
    support: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def _named(text: str, makers: frozenset[str]) -> _Match:
    """Return the models of a name, with the makers that the cell itself names."""
    words = model_words(text)
    bare = tuple(word for word in words if word not in _beside())
    # `M 82` of a maker that has a model 82 is that model; of others it is the model M82.
    figures = model_key(bare).removeprefix("m")
    of_maker = _of(models_named(figures), makers) if figures.isdigit() else ()
    whole, without = (models_named(model_key(attempt)) for attempt in (words, bare))
    if of_maker and not _of(whole, makers):
        return _Match(rows=of_maker, key=figures)
    if whole or without:
        return _Match(rows=whole or without, key=model_key(words if whole else bare))
    found, beside = find_makers(text)
    named = frozenset(one.maker for one in found)
    rest = model_words(" ".join(word for word in beside if word not in _beside()))
    if rows := models_named(model_key(rest)):
        return _Match(rows=_of(rows, named), makers=named, key=model_key(rest))
    shorter, ending = (rest or bare)[:-1], "".join((rest or bare)[-1:])
    if not shorter or len(ending) > LONGEST_ENDING or ending.isdigit():
        return _Match(makers=named)
    rows = _of(models_named(model_key(shorter)), named | makers)
    return _Match(rows=rows, makers=named, key=model_key(shorter), ending=ending)


def _of(rows: tuple[Model, ...], makers: frozenset[str]) -> tuple[Model, ...]:
    """Return the models of the makers: a part of a name counts beside its maker only."""
    return tuple(row for row in rows if makers & set(row.makers))


def _by_maker(row: Model, told: frozenset[str]) -> _Evidence:
    if not told:
        return _Evidence()
    if common := sorted(told & set(row.makers)):
        return _Evidence(support=(f"{', '.join(common)} made it",))
    return _Evidence(against=(f"not known of {', '.join(sorted(told))}",) if row.makers else ())


def _by_calibre(row: Model, calibres: tuple[str, ...]) -> _Evidence:
    if not calibres or not row.calibres:
        return _Evidence()
    known = set(row.calibres)
    if common := sorted(known & set(calibres)):
        return _Evidence(support=(f"it was made for {', '.join(common)}",))
    near = sorted(one for one in calibres if known & compatible_calibres(one))
    if near:
        return _Evidence(support=(f"it was made for near relations of {', '.join(near)}",))
    return _Evidence(against=(f"not known for {', '.join(sorted(calibres))}",))


def _identified(
    row: Model, text: str, evidence: tuple[_Evidence, ...], doubts: tuple[str, ...]
) -> Identification:
    return Identification(
        kind="model",
        meaning=row.model,
        support=(
            f"{text.strip()!r} is a name of it",
            *(sentence for one in evidence for sentence in one.support),
        ),
        against=(*doubts, *(sentence for one in evidence for sentence in one.against)),
        row=f"models:{row.model}",
        source=row.source,
    )


def _with_others(found: Identification, every: list[Identification]) -> Identification:
    others = [one.meaning for one in every if one.meaning != found.meaning]
    told = tuple(f"it is a name of {other} too" for other in others)
    return msgspec.structs.replace(found, against=(*found.against, *told))


@remembered()
def _beside() -> frozenset[str]:
    """Return the words that may stand beside the name of a model: *model*, and types of things."""
    words = [model_words(row.word) for row in maker_words() if row.role == "beside"]
    types = [model_words(row.name) for row in weapon_type_names()]
    return frozenset(each[0] for each in words + types if len(each) == 1)
