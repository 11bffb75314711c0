from headstamp.reports.words.when import between_words, days_words


def test_an_open_end_is_no_date() -> None:
    """A bound that is not known is not filled in."""
    assert between_words("2015-12-12", "") == "on or after 12 December 2015"
    assert between_words("", "") == "on a date that is not recorded"


def test_days_keep_both_bounds() -> None:
    """A range of days is told as a range, zero as zero, unknown as unknown."""
    assert days_words(0, 59) == "between 0 and 59 days"
    assert days_words(0, 0) == "0 days"
    assert days_words(None, None) == "a number of days that is not known"
