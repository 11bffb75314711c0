"""What must a person write when deciding? A reason, in words that can be printed."""

from headstamp.terms.errors import MisuseError

_MOST_CHARACTERS = 2_000


def require_text(text: str, *, option: str) -> None:
    """Raise unless a text says something and is no longer than a page.

    Raises:
        MisuseError: It is blank or too long.
    """
    if not text.strip():
        raise MisuseError(f"{option} is blank", hint="say why in a few words")
    if len(text) > _MOST_CHARACTERS:
        message = f"{option} has {len(text)} characters; at most {_MOST_CHARACTERS} are recorded"
        raise MisuseError(message, hint="put a long account into a document and name it here")
