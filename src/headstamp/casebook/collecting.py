"""How are very many objects made without being counted over and over?"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def not_collecting() -> Iterator[None]:
    """Look for no garbage meanwhile: there are no circles in what is read and derived here.

    Python looks each time some more objects have been made, at all of them: two fifths of
    the time that it took to conclude on 20,000 items.
    """
    was_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_collecting:
            gc.enable()
