"""A desk in PostgreSQL 15 or later: for several machines, and for more than one file holds well."""

from tidende.store.postgres.server import PostgresStore

__all__ = ["PostgresStore"]
