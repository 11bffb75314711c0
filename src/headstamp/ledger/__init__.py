"""What was recorded, by whom, when? Sealed bytes and an append-only, hash-chained journal."""
