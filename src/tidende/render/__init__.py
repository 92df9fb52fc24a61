"""Render a record as text in the reader's language."""

from tidende.render.lead import headline, lead
from tidende.render.page import render
from tidende.render.words import check_language

__all__ = ["check_language", "headline", "lead", "render"]
