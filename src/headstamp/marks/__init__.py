"""What may a mark say and mean? Transcription to readings to identifications, always plural."""
