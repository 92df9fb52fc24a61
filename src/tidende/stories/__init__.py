"""Stories: which articles tell the same one, and what they tell together."""

from tidende.stories.group import group
from tidende.stories.headline import with_headline
from tidende.stories.reconcile import reconcile

__all__ = ["group", "reconcile", "with_headline"]
