"""The command line: parses, calls one action or reads one table, shows."""
