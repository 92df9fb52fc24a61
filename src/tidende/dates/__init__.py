"""Read time expressions, lengths of time and numbers: `tag`."""

from tidende.dates.tagging import tag
from tidende.dates.types import Length, Number, Time, Timeline

__all__ = ["Length", "Number", "Time", "Timeline", "tag"]
