"""Headstamp: where recovered arms came from, hand to hand, at the strength it is known."""

__version__ = "0.1.0"
