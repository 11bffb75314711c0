"""What may a record be, for the comparison of two? Ids of our tables, else its words."""

from collections.abc import Iterable

from headstamp.linkage.comparisons import TEXT
from headstamp.linkage.probes import Described
from headstamp.marks.calibres import compatible_calibres
from headstamp.marks.identify import Candidates, Identified, ItemWords, identify_item
from headstamp.marks.makers import read_maker
from headstamp.reference.caches import remembered
from headstamp.terms.register import RegisterEntry


@remembered(262_144)
def describe_words(words: ItemWords) -> Described:
    """Return what an item's words describe it as."""
    return _described(identify_item(words), words.maker, words.model, words.calibre)


def describe_entry(entry: RegisterEntry) -> Described:
    """Return what an entry of a register, or a line of a consignment, describes."""
    return _describe(entry.maker, entry.model, entry.calibre)


@remembered(262_144)
def _describe(maker: str | None, model: str | None, calibre: str | None) -> Described:
    words = ItemWords(category="weapon", maker=maker, model=model, calibre=calibre)
    return describe_words(words)


@remembered(65_536)
def are_compatible(one: str, other: str) -> bool:
    """Whether two calibres are compatible, as the table says."""
    return other in compatible_calibres(one) or one in compatible_calibres(other)


def _described(
    found: Identified, maker: str | None, model: str | None, calibre: str | None
) -> Described:
    is_craft, is_unknown = _unnamed(maker)
    return Described(
        makers=_ids(found.makers, None if is_craft or is_unknown else maker),
        models=_ids(found.models, model),
        calibres=_ids(found.calibres, calibre),
        is_craft=is_craft and not found.makers,
    )


@remembered(65_536)
def _unnamed(maker: str | None) -> tuple[bool, bool]:
    if maker is None:
        return False, False
    read = read_maker(maker)
    return read.is_improvised, read.is_unknown


def _ids(found: Candidates, written: str | None) -> frozenset[str]:
    """Return the meanings with least against them; where there is none, the words as written."""
    if found:
        least = min(len(one.against) for one in found)
        return frozenset(one.meaning for one in found if len(one.against) == least)
    return frozenset(_text(written))


def _text(written: str | None) -> Iterable[str]:
    letters = "".join(filter(str.isalnum, (written or "").casefold()))
    return [TEXT + letters] if letters else []
