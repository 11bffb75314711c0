"""What may leave, for whom? The one function that hands out tables."""
