"""Quotes: who said what, in the speaker's words or reported, to whom and through what."""

from __future__ import annotations

from tidende.quotes.find import find_quotes

__all__ = ["find_quotes"]
