"""What people decided."""

from __future__ import annotations

import json
from collections.abc import Sequence

from tidende.store.protocol import Correction, CorrectionKind
from tidende.store.sql.database import Database


class Corrections(Database):
    """Keep corrections; none is ever taken out, those undone are marked."""

    def correct(
        self, kind: CorrectionKind, left: Sequence[str], right: Sequence[str], who: str, when: str
    ) -> int:
        """Keep a correction and give its number."""
        # the number is counted here, for one that the database gives is spent also where all is undone
        return self._made(
            'insert into corrections (number, kind, left_ids, right_ids, who, "when")'
            " values ((select coalesce(max(number), 0) + 1 from corrections), ?, ?, ?, ?, ?)"
            " returning number",
            (kind, _listed(left), _listed(right), who, when),
        )

    def corrections(self) -> list[Correction]:
        """Give all corrections in the order they were made."""
        rows = self._rows(
            'select number, kind, left_ids, right_ids, who, "when", undone_by, undone_when from corrections'
            " order by number"
        )
        return [
            Correction(row[0], row[1], tuple(json.loads(row[2])), tuple(json.loads(row[3])), *row[4:])
            for row in rows
        ]

    def undo(self, number: int, who: str, when: str) -> None:
        """Mark a correction as undone."""
        self._run(
            "update corrections set undone_by = ?, undone_when = ? where number = ?", (who, when, number)
        )


def _listed(identifiers: Sequence[str]) -> str:
    return json.dumps(list(identifiers), ensure_ascii=False)
