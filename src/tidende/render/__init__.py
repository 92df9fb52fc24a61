"""Render a record as text in the reader's language."""

from tidende.render.page import render

__all__ = ["render"]
