"""Answer what is asked of records: questions, dossiers, pairs, timelines, differences."""

from tidende.answers.archive import Archive
from tidende.answers.asking import Answer, ask

__all__ = ["Answer", "Archive", "ask"]
