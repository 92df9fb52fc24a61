"""A mail, such as a newsletter or a press release: its plain text, else what its HTML says."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tidende.errors import EmptyInput, InputError, MalformedInput
from tidende.ingest.decode import decode
from tidende.ingest.draft import Draft
from tidende.ingest.items import item_draft
from tidende.ingest.markup import Paragraph, paragraphs_of_fragment

if TYPE_CHECKING:
    from email.message import Message

_ENOUGH = 200  # characters of plain text; less is "your reader cannot show this mail"
_SIGNATURE = re.compile(r"^-- $", re.MULTILINE)


def read_mail(name: str, data: bytes) -> Draft:
    """Give the article in a mail: its subject, sender, date and text; attachments are left out.

    Raise `EmptyInput` where it has no text, `MalformedInput` where it cannot be taken apart.
    """
    from email import message_from_bytes
    from email.policy import default
    from email.utils import parseaddr

    try:
        mail: Message = message_from_bytes(data, policy=default)
        plain, marked = _bodies(name, mail)
        subject, sender, day, identity = (
            _header(mail, key) for key in ("Subject", "From", "Date", "Message-ID")
        )
    except InputError:
        raise
    except Exception as error:  # the library promises none, and raises some on broken headers
        raise MalformedInput(name, f"a broken mail: {type(error).__name__}") from error
    paragraphs = paragraphs_of_fragment(marked) if marked and len(plain.strip()) < _ENOUGH else []
    paragraphs = paragraphs if _size(paragraphs) > len(plain.strip()) else _paragraphs(plain)
    if not paragraphs:
        raise EmptyInput(name, "no text in it")
    outlet, address = parseaddr(sender or "")
    domain = address.rpartition("@")[2]
    return item_draft(
        name,
        (identity or "").strip("<> \t") or name,
        paragraphs,
        title=subject,
        published=day,
        outlet=outlet or domain or None,
    )


def _bodies(name: str, mail: Message) -> tuple[str, str]:
    """Give the first plain and the first HTML body that are not attached."""
    found: dict[str, str] = {}
    for part in mail.walk():
        kind = part.get_content_type()
        if part.is_multipart() or kind not in ("text/plain", "text/html") or kind in found:
            continue
        if part.get_content_disposition() == "attachment":
            continue
        found[kind] = _text(name, part)
    return found.get("text/plain", ""), found.get("text/html", "")


def _text(name: str, part: Any) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data.strip():
        return ""
    charset = part.get_content_charset()
    if charset:
        try:
            return data.decode(charset)
        except (LookupError, UnicodeError):
            pass
    return decode(name, data, declares=True)


def _paragraphs(plain: str) -> list[Paragraph]:
    """Cut plain text at its blank lines, or, where it has none, at its lines; the signature is left out."""
    text = _SIGNATURE.split(plain, maxsplit=1)[0].replace("\r\n", "\n")
    parts = re.split(r"\n[ \t]*\n", text) if re.search(r"\n[ \t]*\n", text.strip()) else text.split("\n")
    return [Paragraph(words) for part in parts if (words := " ".join(part.split()))]


def _header(mail: Message, key: str) -> str | None:
    value = mail.get(key)
    return None if value is None else str(value)


def _size(paragraphs: list[Paragraph]) -> int:
    return sum(len(paragraph.words) for paragraph in paragraphs)
