"""The same reading and filing on many machines, with Dask (the extra `scale`)."""

from tidende.scale.cluster import connected
from tidende.scale.corpus import add_corpus, read_corpus
from tidende.scale.limits import Limits
from tidende.scale.sources import stream

__all__ = ["Limits", "add_corpus", "connected", "read_corpus", "stream"]
