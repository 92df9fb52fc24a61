"""Answer what is asked of records: questions, dossiers, pairs of actors, timelines, differences."""

from tidende.answers.archive import Archive
from tidende.answers.asking import Answer, ask
from tidende.answers.changes import StoryDiff, diff
from tidende.answers.dossiers import Between, Dossier, Timeline, between, timeline, who

__all__ = [
    "Answer",
    "Archive",
    "Between",
    "Dossier",
    "StoryDiff",
    "Timeline",
    "ask",
    "between",
    "diff",
    "timeline",
    "who",
]
