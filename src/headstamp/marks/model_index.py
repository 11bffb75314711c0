"""Which models have a name? The table of models, indexed by the words of their names."""

from headstamp.marks.keys import as_ascii
from headstamp.marks.wording import name_words
from headstamp.reference.caches import remembered
from headstamp.reference.models import Model, models

LONGEST_RUN = 5
"""Words of the longest name that is looked for within a cell."""


def model_key(words: tuple[str, ...]) -> str:
    """Return what two spellings of the name of a model have in common.

    >>> model_key(model_words("АК-47")) == model_key(model_words("AK 47"))
    True
    """
    return "".join(words)


def model_words(text: str) -> tuple[str, ...]:
    """Return the words of a cell of models; letters that look Latin are read as Latin."""
    return name_words(as_ascii(text))


def models_named(key: str) -> tuple[Model, ...]:
    """Return the models of a name, in the order of the table."""
    return _index().get(key, ())


def stands_alone(model: Model, key: str) -> bool:
    """Whether a name of a model means it without its maker: figures and everyday words do not."""
    return any(model_key(model_words(name)) == key for name in model.names) and not key.isdigit()


def longest_model(words: tuple[str, ...], start: int, makers: frozenset[str]) -> int:
    """Return how many words from a place on are the name of a model of one of the makers."""
    for end in range(min(len(words), start + LONGEST_RUN), start, -1):
        named = models_named(model_key(model_words(" ".join(words[start:end]))))
        if any(makers & set(model.makers) for model in named):
            return end - start
    return 0


@remembered()
def _index() -> dict[str, tuple[Model, ...]]:
    index: dict[str, dict[str, Model]] = {}
    for model in models():
        for name in (*model.names, *model.names_beside_maker):
            index.setdefault(model_key(model_words(name)), {}).setdefault(model.model, model)
    return {key: tuple(found.values()) for key, found in index.items()}
