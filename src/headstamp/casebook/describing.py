"""What may a record be, for the comparison of two? Ids of our tables, else its words."""

from collections.abc import Iterable

from headstamp.linkage.comparisons import TEXT
from headstamp.linkage.probes import Described
from headstamp.marks.calibres import compatible_calibres
from headstamp.marks.identify import Candidates, Identified, ItemWords, identify_item
from headstamp.marks.unnamed import read_unnamed
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
    unnamed = None if maker is None else read_unnamed(maker)
    return Described(
        makers=_ids(found.makers, maker),
        models=_ids(found.models, model),
        calibres=_ids(found.calibres, calibre),
        is_craft=unnamed is not None and unnamed.is_improvised and not found.makers,
    )


def _ids(found: Candidates, written: str | None) -> frozenset[str]:
    """Return the meanings with least against them; where there is none, the words as written.

    Words that name nothing (*not identified*, *others*) say nothing.
    """
    if found:
        least = min(len(one.against) for one in found)
        return frozenset(one.meaning for one in found if len(one.against) == least)
    if written is None or read_unnamed(written) is not None:
        return frozenset()
    return frozenset(_text(written))


def _text(written: str) -> Iterable[str]:
    letters = "".join(filter(str.isalnum, written.casefold()))
    return [TEXT + letters] if letters else []
