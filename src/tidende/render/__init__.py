"""Render a record as text in the reader's language."""

from tidende.render.briefs import brief
from tidende.render.lead import headline, lead
from tidende.render.page import render
from tidende.render.words import check_language

__all__ = ["brief", "check_language", "headline", "lead", "render"]
