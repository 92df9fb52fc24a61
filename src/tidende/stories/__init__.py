"""Stories: which articles tell the same one, and what they tell together."""

from tidende.stories.group import group, group_signatures
from tidende.stories.headline import with_headline
from tidende.stories.parts import join_parts
from tidende.stories.reconcile import reconcile

__all__ = ["group", "group_signatures", "join_parts", "reconcile", "with_headline"]
