"""How do we show it? Pages drawn from what `release` hands out, and from nothing else."""
