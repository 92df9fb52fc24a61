"""How often Python looks for rings among objects, in the processes that are Tidende's own."""

import gc

_RINGS = (100_000, 50, 50)  # objects made before it looks: reading makes many, and few rings


def look_seldom() -> None:
    """Look for rings less often: word lists and records hold none, and going through them takes time."""
    gc.set_threshold(*_RINGS)
