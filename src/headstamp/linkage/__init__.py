"""Which entries may be this item? Blocking, comparison, score, explanation, evaluation."""
