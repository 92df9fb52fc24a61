"""Bytes to articles: files, folders, JSON lines and standard input, each kept exactly as given."""

from tidende.ingest.draft import is_date
from tidende.ingest.layout import lay_out
from tidende.ingest.sources import Batch, load

__all__ = ["Batch", "is_date", "lay_out", "load"]
