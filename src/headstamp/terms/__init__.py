"""What our words mean: frozen nouns with their own algebra; no I/O and no tuned numbers."""
