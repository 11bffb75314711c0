"""In which words? Sentences that follow standing and voice, from the phrases in phrases.toml."""
