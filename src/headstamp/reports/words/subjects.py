"""What is it about? Items, consignments and parties, named in a sentence."""

from markupsafe import Markup

from headstamp.reports.case import Case
from headstamp.reports.cells import field
from headstamp.reports.names import chain_page
from headstamp.reports.words.links import row_href

_NOUNS = {"item": "item", "consignment": "consignment", "figure": "published figure"}


def subject_words(case: Case, subject_kind: str, subject_id: str) -> Markup:
    """Return "item *id* (what it is)"; a party is its name alone."""
    if subject_kind == "party":
        return case.party(subject_id)
    noun = _NOUNS.get(subject_kind, "record")
    name = case.subject_name(subject_kind, subject_id)
    if name == subject_id:
        return Markup("{} {}").format(noun, field(subject_id))
    return Markup("{} {} ({})").format(noun, field(subject_id), field(name))


def subject_link(case: Case, subject_kind: str, subject_id: str) -> Markup:
    """Return the id of a subject, linked to the page that tells of it where there is one."""
    if case.has_page(subject_kind, subject_id):
        href = chain_page(subject_kind, subject_id)
    elif subject_kind == "party" and case.row("parties", subject_id):
        href = row_href(case, "parties", "party", subject_id)
    else:
        return field(subject_id)
    return Markup('<a href="{}">{}</a>').format(href, field(subject_id))


def party_link(case: Case, party_id: str) -> Markup:
    """Return a party's name, linked to its entry."""
    if not case.row("parties", party_id):
        return case.party(party_id)
    return Markup('<a href="{}">{}</a>').format(
        row_href(case, "parties", "party", party_id), case.party(party_id)
    )


def path_words(case: Case, parties: tuple[str, ...]) -> Markup:
    """Return parties in order of custody, as a path."""
    return Markup(" → ").join(case.party(party) for party in parties)


def capitalised(sentence: Markup) -> Markup:
    """Return the sentence with its first letter large, unless an element begins it."""
    return Markup(sentence[:1].upper() + sentence[1:])  # noqa: S704 - one letter of our own words
