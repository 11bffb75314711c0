"""What came in? Sealed bytes to records and issues; every value read, noted or reported."""
