"""Give printed text as headings and lines, so that a page can set it."""

from __future__ import annotations

from dataclasses import dataclass

_DEEPER = 6  # white space before a line that goes on with the one above


@dataclass(frozen=True, slots=True)
class Part:
    """A heading ("" for none) and the lines below it."""

    heading: str
    lines: tuple[str, ...]


def outline(text: str) -> list[Part]:
    """Cut text as `tidende who` prints it into its parts."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for line in filter(str.strip, text.split("\n")):
        indent = len(line) - len(line.lstrip())
        if not indent:
            found.append((line.strip(), []))
        elif indent >= _DEEPER and found[-1][1]:
            found[-1][1][-1] += f" {line.strip()}"
        else:
            found[-1][1].append(line.strip())
    return [Part(heading, tuple(lines)) for heading, lines in found if heading or lines]
