"""Make a lemma of a word by an edit script: what to cut and add at both ends, and the capitals.

A script is `case;prefix;suffix`: case is `l` (all small) or `k` (as in the form); prefix and suffix are a
number of letters to cut and the letters to put there (Kastet -> kaste is `l;0;1`). Where form and lemma share
nothing the script is `=` and the lemma. The method is UDPipe 2's (Straka 2018), with a simpler case.
"""

from __future__ import annotations


def apply(script: str, form: str) -> str:
    """Make the lemma of `form` by a script; a form too short for its script is its own lemma."""
    if script.startswith("="):
        return script[1:]
    case, prefix, suffix = script.split(";", 2)
    base = form.lower() if case == "l" else form
    (cut, left), (end, right) = _number(prefix), _number(suffix)
    if cut + end > len(base):
        return base
    return left + base[cut : len(base) - end] + right


def _number(part: str) -> tuple[int, str]:
    digits = 0
    while digits < len(part) and part[digits] in "0123456789":
        digits += 1
    return int(part[:digits]), part[digits:]
