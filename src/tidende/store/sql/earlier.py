"""What a step from an older version has to read in what that version wrote."""

from __future__ import annotations

import json
from binascii import a2b_base64

from tidende.store.sql.signs import signs_of
from tidende.store.sql.text import unpacked


def turned_signs(signature: bytes) -> bytes:
    """Give the signs of the turned vector that a signature holds, in its first line of JSON."""
    import numpy as np

    told = json.loads(unpacked(signature).partition("\n")[0])
    return signs_of(np.frombuffer(a2b_base64(told["vector"]), dtype="<f2").astype("<f4").tobytes())
