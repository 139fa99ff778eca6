"""The only place that reaches a database: SQLite by default, PostgreSQL by its address."""
