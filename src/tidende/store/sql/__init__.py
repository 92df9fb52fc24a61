"""What the stores in SQLite and PostgreSQL share: the same tables, asked in SQL that both understand."""
