"""Entities: who is who in one article, with ids that hold over languages."""

from tidende.entities.find import find_cast
from tidende.entities.types import Cast, Mention

__all__ = ["Cast", "Mention", "find_cast"]
