"""Which answers rest on the tables? They are remembered, and forgotten when a table changes."""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

_FORGETTING: list[Callable[[], None]] = []


def remembered(size: int | None = None) -> Callable[[Callable[P, T]], Callable[P, T]]:
    """Remember the answers of a function that rests on the tables, at most ``size`` of them.

    Anything that reads a table, at whatever remove, is remembered with this and with no other
    cache: else it would go on answering from tables that are no longer the active ones.
    """

    def remember(function: Callable[P, T]) -> Callable[P, T]:
        wrapper = lru_cache(maxsize=size)(function)
        _FORGETTING.append(wrapper.cache_clear)
        return cast("Callable[P, T]", wrapper)

    return remember


def forget_answers() -> None:
    """Forget every answer that rests on the tables."""
    for forget in _FORGETTING:
        forget()
