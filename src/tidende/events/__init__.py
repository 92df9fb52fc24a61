"""Events: who did what to whom, and the claims an article makes in its own voice."""

from tidende.events.claims import find_claims, with_figures
from tidende.events.find import find_events
from tidende.events.scene import scenes

__all__ = ["find_claims", "find_events", "scenes", "with_figures"]
