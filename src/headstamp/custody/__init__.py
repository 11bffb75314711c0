"""How did it travel? Events, order, chains, gaps, accounts, undertakings, support, standing."""
