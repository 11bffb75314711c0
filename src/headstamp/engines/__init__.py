"""How are big tables queried? The only code that imports DuckDB or, later, Spark."""
