"""Invented worlds with a known truth, for tests and measurements: makers, formats, states alike."""
