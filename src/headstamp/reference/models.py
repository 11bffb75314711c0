"""Which models are well known, by whom were they made, and for which calibres?"""

import msgspec

from headstamp.reference.caches import remembered
from headstamp.reference.tables import first_rows, load_table


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """One model, or one family of models that are written as one.

    ``makers`` and ``calibres`` are those that are known; others may exist. A name that is figures
    or a word of everyday language is in ``names_beside_maker``: alone it means nothing.
    """

    model: str
    weapon_type: str
    makers: tuple[str, ...]
    calibres: tuple[str, ...]
    names: tuple[str, ...]
    names_beside_maker: tuple[str, ...]
    source: str


@remembered()
def models() -> tuple[Model, ...]:
    """Return the models, in the order of the table."""
    return load_table("models.csv", Model)


@remembered()
def models_by_id() -> dict[str, Model]:
    """Return the models by id."""
    return first_rows(models(), "model")
