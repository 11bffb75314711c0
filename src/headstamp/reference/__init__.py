"""What has somebody published, or we written down as a rule? Tables, every row with its source."""
