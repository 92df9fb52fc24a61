"""Edit scripts from a word form to its lemma: what to cut and add at both ends, and what becomes of capitals.

A script is `case;prefix;suffix`: case is `l` (all small) or `k` (as in the form); prefix and suffix are a
number of letters to cut and the letters to put there (Kastet -> kaste is `l;0;1`). Where form and lemma share
nothing the script is `=` and the lemma. The method is UDPipe 2's (Straka 2018), with a simpler case.
"""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import lru_cache


@lru_cache(maxsize=1 << 18)  # news repeats its words, and matching is slow
def script(form: str, lemma: str) -> str:
    """Give the script that makes `lemma` of `form`; `apply` undoes it exactly."""
    for case in "lk" if lemma == lemma.lower() else "k":
        found = _ends(form.lower() if case == "l" else form, lemma)
        if found is not None:
            return f"{case};{found[0]};{found[1]}"
    return f"={lemma}"


def _ends(form: str, lemma: str) -> tuple[str, str] | None:
    match = SequenceMatcher(None, form, lemma, autojunk=False).find_longest_match()
    if not match.size:
        return None
    cut, left = match.a, lemma[: match.b]
    end, right = len(form) - match.a - match.size, lemma[match.b + match.size :]
    if any(sign in left + right for sign in ";") or any(part[:1].isdigit() for part in (left, right)):
        return None
    return f"{cut}{left}", f"{end}{right}"
