"""Set the quotations of a text in another house style: other marks, dash paragraphs, the cue elsewhere.

Nothing is translated and no gold is needed: marks are told by their places, and an attribution is what
follows the closing mark in its paragraph. A paragraph without the shape that a style needs stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable

MARKS = {
    '"…"': ('"', '"'),
    "«…»": ("«", "»"),
    "»…«": ("»", "«"),
    "”…”": ("”", "”"),
    "“…”": ("“", "”"),
    "„…“": ("„", "“"),
    "’…’": ("’", "’"),
}
DASHES = {"– dash": "–", "— dash": "—", "- dash": "-"}
FIRST, SPLIT = "cue first", "cue split"
STYLES = (*MARKS, *DASHES, FIRST, SPLIT)

_DOUBLE = '"“”„‟«»'
_SINGLE = "'‘’‚"
# Private characters hold the place of marks while a line is worked on.
_OPEN, _CLOSE = "\ue000", "\ue001"
_BETWEEN = re.compile(f"^{_OPEN}([^{_OPEN}{_CLOSE}]+){_CLOSE}(.*)$")
_OUTER_SINGLE = re.compile(rf"(?<!\w)[{_SINGLE}](?=\w)([^{_DOUBLE}]+?[,.!?…])[{_SINGLE}](?!\w)")
_LONGEST = 16  # words of what still is an attribution
_SHORTEST = 3  # words on each side of a split


def restyled(text: str, style: str, opener: str | None) -> tuple[str, int]:
    """Give the text in a style, and how many of its paragraphs changed.

    `opener` is a word that can open a sentence before its verb, in a language where the verb comes
    second ("Torsdag sa Kim: ..."); None where the subject comes before the verb.
    """
    lines = text.split("\n")
    found = []
    inside = speech = False  # within a quotation of several paragraphs; one that opens a paragraph
    for line in lines:
        held = _held(line)
        if not inside or style in MARKS or held.startswith(_OPEN):
            found.append(_line(line, style, opener))
            speech = held.startswith(_OPEN)
        elif speech and style in DASHES:
            found.append(_dashed(_OPEN + held, DASHES[style]) or line)
        else:
            found.append(line)
        if held.startswith(_OPEN) or not inside:
            inside = held.rfind(_OPEN) > held.rfind(_CLOSE)
        else:
            inside = held.rfind(_OPEN) >= held.rfind(_CLOSE)
    return "\n".join(found), sum(a != b for a, b in zip(lines, found, strict=True))


def _line(line: str, style: str, opener: str | None) -> str:
    held = _held(line)
    if _OPEN not in held and _CLOSE not in held:
        return line
    if style in MARKS:
        left, right = MARKS[style]
        if left in _SINGLE:
            held = re.sub(rf"(?<!\w)[{_SINGLE}](?=\w)([^{_SINGLE}]+)[{_SINGLE}](?!\w)", "“\\1”", held)
            held = _inner(held)
        return held.replace(_OPEN, left).replace(_CLOSE, right)
    change: Callable[[str], str | None]
    if style in DASHES:
        change = lambda text: _dashed(text, DASHES[style])  # noqa: E731
    elif style == FIRST:
        change = lambda text: _cue_first(text, opener)  # noqa: E731
    else:
        change = _cue_split
    changed = change(held)
    return line if changed is None else _as_printed(changed, line)


def _held(line: str) -> str:
    """Put place holders where marks of the first level open and close, told by their neighbours."""
    if not any(mark in line for mark in _DOUBLE):
        return _OUTER_SINGLE.sub(f"{_OPEN}\\1{_CLOSE}", line)
    out = []
    for at, character in enumerate(line):
        if character not in _DOUBLE:
            out.append(character)
            continue
        before = line[:at].rstrip(_DOUBLE + _SINGLE)[-1:] if at else ""
        touching = line[at - 1 : at] if at else ""
        free = not before or before.isspace() or before in "([{–—-/"
        out.append(_OPEN if free and (not touching or not touching.isalnum()) else _CLOSE)
    return "".join(out)


def _inner(held: str) -> str:
    """Give marks inside marks those of the second level."""
    out, depth = [], 0
    for character in held:
        depth += (character == _OPEN) - (character == _CLOSE)
        deep = (character == _OPEN and depth > 1) or (character == _CLOSE and depth > 0)
        out.append({_OPEN: "“", _CLOSE: "”"}.get(character, character) if deep else character)
        depth = max(0, depth)
    return "".join(out)


def _as_printed(held: str, line: str) -> str:
    """Give the marks back that the line had: its first pair."""
    doubles = [c for c in line if c in _DOUBLE] or [c for c in line if c in _SINGLE]
    left = doubles[0]
    right = doubles[1] if len(doubles) > 1 else left
    return held.replace(_OPEN, left).replace(_CLOSE, right)


def _parted(held: str) -> tuple[str, str] | None:
    """Cut a paragraph into its quotation and the attribution after it; None for any other shape."""
    found = _BETWEEN.match(held)
    if found is None or _OPEN in found[2] or _CLOSE in found[2]:
        return None
    said, tail = found[1].strip(), found[2].strip()
    paused = said[-1:] in ",?!" or tail[:1] in ",–—-"
    tail = tail.lstrip(",–—- ")
    if not paused or not tail or len(tail.split()) > _LONGEST or not re.fullmatch(r"[^.!?]+[.]?", tail):
        return None
    return said, tail.rstrip(".")


def _dashed(held: str, dash: str) -> str | None:
    """Set a paragraph that opens with a quotation as a dash paragraph."""
    if not held.startswith(_OPEN):
        return None
    inner = held[1:]
    if _OPEN not in inner and _CLOSE not in inner:
        return f"{dash} {inner}"
    if inner.endswith(_CLOSE) and inner.count(_CLOSE) == 1 and _OPEN not in inner:
        return f"{dash} {inner[:-1]}"
    first, _, rest = inner.partition(_CLOSE)
    second = re.fullmatch(rf"(.+?[.]) {_OPEN}([^{_OPEN}{_CLOSE}]+){_CLOSE}?", rest)
    tail, more = (second[1], f" {dash} {second[2]}") if second else (rest, "")
    parted = _parted(f"{_OPEN}{first}{_CLOSE}{tail}")
    if parted is None:
        return None
    said, told = parted
    comma = "" if said[-1] in ",?!" else ","
    return f"{dash} {said}{comma} {told}.{more}"


def _cue_first(held: str, opener: str | None) -> str | None:
    """Put the attribution before its quotation: sa Kim -> Torsdag sa Kim: "..."."""
    parted = _parted(held)
    if parted is None:
        return None
    said, told = parted
    if (opener is None) == told[:1].islower():
        # A verb before its subject in English, or after it elsewhere, cannot simply be moved.
        return None
    lead = told if opener is None else f"{opener} {told}"
    stop = "" if said[-1] in "?!" else "."
    return f"{lead}: {_OPEN}{said.rstrip(',')}{stop}{_CLOSE}"


def _cue_split(held: str) -> str | None:
    """Put the attribution into the middle of its quotation: "...", sa Kim. "..."."""
    parted = _parted(held)
    if parted is None:
        return None
    said, told = parted
    inside = held.split(_CLOSE, maxsplit=1)[0].rstrip()[-1:] == ","
    comma = (f",{_CLOSE}" if inside else f"{_CLOSE},") + " "
    places = [(m.start(), m[0]) for m in re.finditer(r"[.,] (?=\w)", said)]
    for at, mark in sorted(places, key=lambda place: (place[1] != ". ", abs(place[0] - len(said) // 2))):
        left, right = said[:at], said[at + 2 :].rstrip(",")
        if min(len(left.split()), len(right.split())) < _SHORTEST or (mark == ". " and right[:1].islower()):
            continue
        stop = "" if right[-1] in "?!" else "."
        join = ". " if mark == ". " else ", "
        return f"{_OPEN}{left}{comma}{told}{join}{_OPEN}{right}{stop}{_CLOSE}"
    return None
