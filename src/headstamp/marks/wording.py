"""When are two wordings the same words? Case, accents, punctuation and one slip in a long word."""

import re
import unicodedata

LONGEST_CELL = 200
"""Characters; a longer cell is a story and no name, and is read by a person."""
LONG_WORD = 7
"""Letters from which one slip is forgiven; in shorter words a slip makes another word."""

_NUMBER_SIGN = re.compile(r"\bn\s?\.?\s?[º°]|№|\bno\.(?=\s|$)", re.IGNORECASE)
_PLAIN = str.maketrans("ıłŁøØđĐ", "ilLoOdD")
"""Letters of European names that Unicode does not take apart into a letter and an accent."""
_INITIALS = re.compile(r"(?<!\w)(?:\w\.){2,}\w?(?!\w)")
_ABBREVIATION = re.compile(r"(?<!\w)(\w)[./\\](\w)\.?(?!\w)")
_ARABIC = str.maketrans("ىةٱ", "يها", "ـ")
_WORD = re.compile(r"\w+")


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text, folded; ``N/A`` is one word, ``n.º`` and ``№`` are `num`.

    >>> words_of("Nº da PEÇA: Ilegível!"), words_of("n/a")
    (('num', 'da', 'peca', 'ilegivel'), ('na',))
    """
    plain = _NUMBER_SIGN.sub(" num ", text)
    decomposed = unicodedata.normalize("NFKD", plain).casefold()
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    joined = _ABBREVIATION.sub(r"\1\2", bare.translate(_ARABIC))
    return tuple(_WORD.findall(joined.replace("_", " ")))


def name_words(text: str) -> tuple[str, ...]:
    """Return the words of a name, initials with points as one word.

    >>> name_words("F.lli Rossi S.p.A.")
    ('f', 'lli', 'rossi', 'spa')
    """
    joined = _INITIALS.sub(lambda found: found[0].replace(".", ""), text)
    return words_of(joined.translate(_PLAIN))


def is_same_word(read: str, known: str) -> bool:
    """Whether a word is the known one, or a long one with one slip after its first letter.

    The first letter must agree: in many languages it is what turns a word into its opposite.

    >>> is_same_word("obliterted", "obliterated"), is_same_word("legivel", "ilegivel")
    (True, False)
    """
    if read == known:
        return True
    if min(len(read), len(known)) < LONG_WORD or read[0] != known[0]:
        return False
    return _is_one_slip(read, known)


def _is_one_slip(first: str, second: str) -> bool:
    """Whether one letter was left out, put in, mistaken, or swapped with its neighbour."""
    if abs(len(first) - len(second)) > 1:
        return False
    start = _n_equal(first, second)
    rest, other = first[start:], second[start:]
    if len(rest) == len(other):
        is_swapped = rest[:2] == other[:2][::-1] and rest[2:] == other[2:]
        return rest[1:] == other[1:] or is_swapped
    return rest[1:] == other or rest == other[1:]


def _n_equal(first: str, second: str) -> int:
    for place, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return place
    return min(len(first), len(second))
