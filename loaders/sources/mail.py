"""Newsletters and press releases that came by e-mail."""

from __future__ import annotations

import email
import email.errors
import email.policy
import email.utils
import re
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from typing import Any, Final

from loaders.errors import ArticleError, EmptyArticleError
from loaders.sources.html import page_fields
from loaders.sources.inputs import Input
from loaders.sources.source import Options, Problem, Record

_POLICY: Final = email.policy.default
_HEADER: Final = re.compile(rb"^([A-Za-z][A-Za-z0-9-]*):[ \t]", re.MULTILINE)
_OF_EVERY_MAIL: Final = b"from"
_OF_MAIL_ALONE: Final = {b"message-id", b"mime-version", b"received", b"return-path"}


class MailSource:
    """One message as mail programs save it."""

    name = "e-mail"

    def matches(self, given: Input) -> bool:
        """By its header, or by its name."""
        if given.ends(".eml"):
            return True
        header = given.head.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
        names = {name.lower() for name in _HEADER.findall(header)}
        return (
            bool(re.match(rb"[A-Za-z][A-Za-z0-9-]*:[ \t]", header))
            and _OF_EVERY_MAIL in names
            and bool(names & _OF_MAIL_ALONE)
        )

    def records(self, given: Input, options: Options) -> Iterator[Record | Problem]:
        """The message as one article: its subject, its sender as the outlet, its day."""
        data = given.read()
        if not data.strip():
            raise EmptyArticleError("it is empty")
        try:
            message = email.message_from_bytes(data, _class=EmailMessage, policy=_POLICY)
            fields = _fields(message, options)
        except ArticleError:
            raise
        except (email.errors.MessageError, LookupError, ValueError, AttributeError) as error:
            raise ArticleError(f"it is no message that can be read: {error}") from error
        yield Record(fields)


def _fields(message: EmailMessage, options: Options) -> dict[str, Any]:
    html = message.get_body(("html",))
    plain = message.get_body(("plain",))
    if html is not None:
        about = page_fields(_payload(html), None, options)
        text = about["text"]
    elif plain is not None:
        text = _payload(plain)
    else:
        raise EmptyArticleError("it holds no text; a file that is attached is not read")
    sender, address = email.utils.parseaddr(str(message.get("From", "")))
    sent = message.get("Date")
    day = getattr(sent, "datetime", None)
    return {
        "text": text,
        "title": str(message.get("Subject", "")).strip() or None,
        "outlet": sender or address.partition("@")[2] or None,
        "published": day.date().isoformat() if day else None,
    }


def _payload(part: MIMEPart) -> str:
    """The text of a part; letters that its encoding does not have are replaced."""
    data = part.get_payload(decode=True)
    charset = part.get_content_charset("utf-8")
    return data.decode(charset, "replace") if isinstance(data, bytes) else str(data)
