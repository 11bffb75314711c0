import re
from collections.abc import Callable

import pytest

from headstamp.reports.case import Case
from headstamp.reports.cells import Row
from headstamp.reports.phrases import phrase_tables, phrases
from headstamp.reports.words.findings import finding_words, missing_words, reply_words
from headstamp.terms.finding import FindingKind, Voice
from headstamp.terms.table import Table

Tables = dict[str, Table]
FORBIDDEN = re.compile(r"illegal|unlawful|smuggl|traffick|terrorist|malpractice", re.IGNORECASE)
LIKELIHOOD = re.compile(r"probabl[ey]|likely|likelihood|chance", re.IGNORECASE)
CONFIDENCE = re.compile(r"confiden|certain|documented|corroborated|strong", re.IGNORECASE)


def told(case: Case, ident: str) -> str:
    """Return the sentence of a finding without its elements."""
    row = case.row("findings", ident)
    assert row is not None
    return finding_words(case, row).striptags()


def every_phrase(value: object) -> list[str]:
    """Return the texts in a table of tables."""
    if isinstance(value, dict):
        return [text for part in value.values() for text in every_phrase(part)]
    return [value] if isinstance(value, str) else []


def all_phrases() -> list[str]:
    """Return every phrase that pages print."""
    return [text for table in phrase_tables().values() for text in every_phrase(table)]


def test_an_interval_that_a_source_states_is_not_ours(case: Case) -> None:
    """59 days is printed as the source's statement."""
    assert told(case, "f-1") == (
        "Going by what Conflict Armament Research reported, as relayed by The Star, item atgw "
        "(anti-tank missile launch tube, remains) was recovered 59 days after it was exported. "
        "The number of days is the source's statement, not our computation."
    )


def test_an_interval_from_dates_is_no_statement(with_row: Callable[..., Tables]) -> None:
    """Days that no claim gives are not put into a source's mouth."""
    case = Case(with_row("findings", where={"finding_id": "f-1"}, days_min=50))

    assert "between 50 and 59 days" in told(case, "f-1")
    assert "statement" not in told(case, "f-1")


def test_a_window_names_both_of_its_ends(case: Case) -> None:
    """When and between whom it left custody that is authorised on record."""
    text = told(case, "f-2")

    assert "between 12 December 2015 and 9 February 2016" in text
    assert "somewhere between United States Army and Islamic State" in text


def test_what_cannot_be_determined_is_said_so(case: Case) -> None:
    """No verdict is not a verdict of any kind."""
    assert "it cannot be determined whether the onward transfer" in told(case, "f-3")
    assert "contravene" not in told(case, "f-3")


def test_an_attributed_verdict_names_whose_report_it_goes_by(case: Case) -> None:
    """May contravene, going by what CAR reported; never as ours."""
    text = told(case, "f-4")

    assert text.startswith("Going by what Conflict Armament Research reported, as relayed by The")
    assert "may contravene the undertaking on record" in text


def test_a_discrepancy_between_relays_blames_nobody(case: Case) -> None:
    """It names no party and no relay as mistaken."""
    text = told(case, "f-5")

    assert text.startswith("Relays of one origin differ on item atgw")
    assert "blames nobody" in text
    assert not any(
        str(row["name"]) in text for row in case.rows("parties") if row["party_id"] != "vmz"
    )


def test_a_finding_on_links_alone_finds_its_sources(case: Case) -> None:
    """Where the rows name no source, the table of sources says through whom it came."""
    assert told(case, "f-6").startswith("Going by what Conflict Armament Research reported, ")


@pytest.mark.parametrize(
    ("voice", "start"),
    [("ours", "On the evidence on record, "), ("internal", "For work on the case only: ")],
)
def test_the_opening_follows_the_voice(
    with_row: Callable[..., Tables], voice: Voice, start: str
) -> None:
    """Who may say it is heard in the first words."""
    case = Case(with_row("findings", where={"finding_id": "f-4"}, voice=voice))

    assert told(case, "f-4").startswith(start)


@pytest.mark.parametrize("kind", FindingKind.__args__)  # type: ignore[attr-defined]
@pytest.mark.parametrize("standing", ["documented", "reported", "doubtful", "unsupported"])
def test_every_kind_has_a_sentence(case: Case, kind: str, standing: str) -> None:
    """No kind of finding is without words, however little is in its row."""
    row: Row = {"kind": kind, "standing": standing, "subject_kind": "item", "subject_id": "atgw"}
    sentence = finding_words(case, row).striptags()

    assert "atgw" in sentence
    assert "{" not in sentence
    assert not FORBIDDEN.search(sentence)


def test_every_kind_and_verdict_of_the_terms_has_a_heading() -> None:
    """The words cover the vocabulary."""
    assert set(FindingKind.__args__) <= set(phrases("kind"))  # type: ignore[attr-defined]


def test_no_phrase_says_what_is_never_said() -> None:
    """Words that accuse are in no phrase of ours."""
    assert [text for text in all_phrases() if FORBIDDEN.search(text)] == []


def test_no_sentence_mixes_a_likelihood_with_a_confidence() -> None:
    """A likelihood and a confidence never stand in one sentence."""
    sentences = [part for text in all_phrases() for part in re.split(r"(?<=[.;:])\s", text)]

    assert [s for s in sentences if LIKELIHOOD.search(s) and CONFIDENCE.search(s)] == []


def test_authorised_is_always_on_record() -> None:
    """Nothing is authorised but on record."""
    for text in all_phrases():
        assert text.count("authorised") == len(re.findall(r"authorised on record", text)), text


def test_replies_are_told_with_their_dates(case: Case) -> None:
    """A reply in the table may carry when it was asked for."""
    assert reply_words({"replied": "no_reply (asked on 2017-11-02)"}) == (
        "Asked for a reply; none came by the date set. (asked on 2017-11-02)"
    )
    assert reply_words({"replied": "denied"}) == "The party denied it."
    assert reply_words({"replied": "not_asked"}) == "No right of reply is on record."


def test_what_is_missing_is_named(case: Case) -> None:
    """A finding that is adverse says that no right of reply is on record, and no more."""
    rows = {str(row["finding_id"]): row for row in case.rows("findings")}

    assert any("right of reply" in text for text in missing_words(case, rows["f-4"]))
    assert len(missing_words(case, rows["f-3"])) == 1
    assert any("origin itself" in text for text in missing_words(case, rows["f-5"]))
    assert any("pathways.html#" in text for text in missing_words(case, rows["f-2"]))
