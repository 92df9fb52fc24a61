"""Bytes to articles: files, folders, JSON lines and standard input, each kept exactly as given."""

from tidende.ingest.layout import lay_out
from tidende.ingest.sources import Batch, load

__all__ = ["Batch", "lay_out", "load"]
