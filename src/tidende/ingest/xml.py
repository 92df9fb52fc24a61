"""XML from strangers: no entity is declared, nothing outside the file is read."""

from __future__ import annotations

from typing import Any

from tidende.errors import MalformedInput


def parse_xml(name: str, data: bytes) -> Any:
    """Parse XML into an lxml element.

    Raise `MalformedInput` for XML that is not well-formed, is nested too deeply, or declares entities
    (they can make a small file huge, or name files of this machine); a named DTD is not read.
    """
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        problem = str(error).split(", line ")[0]
        raise MalformedInput(name, f"broken XML: {problem}", line=line or None) from error
    refuse_entities(name, data)
    internal = root.getroottree().docinfo.internalDTD
    if internal is not None and any(True for _ in internal.iterentities()):
        raise MalformedInput(name, "XML that declares entities, which is refused")
    return root


def refuse_entities(name: str, data: bytes) -> None:
    """Raise `MalformedInput` where XML declares entities, in whatever width its characters are."""
    if b"<!ENTITY" in data.replace(b"\0", b""):
        raise MalformedInput(name, "XML that declares entities, which is refused")
