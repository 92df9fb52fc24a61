"""What people decided."""

from __future__ import annotations

import json
from collections.abc import Sequence

from tidende.store.protocol import Correction, CorrectionKind
from tidende.store.sqlite.connection import Connection


class Corrections(Connection):
    """Keep corrections; none is ever taken out, those undone are marked."""

    def correct(
        self, kind: CorrectionKind, left: Sequence[str], right: Sequence[str], who: str, when: str
    ) -> int:
        """Keep a correction and give its number."""
        number = self._run(
            'insert into corrections (kind, left_ids, right_ids, who, "when") values (?, ?, ?, ?, ?)',
            (kind, _listed(left), _listed(right), who, when),
        ).lastrowid
        assert number is not None
        return number

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
