"""Contents in the forms that articles come in, made for the tests of the sources."""

from __future__ import annotations

import gzip
import io

HIRED = (
    "Mistral AI a recruté Anne Kessler, ancienne directrice technique de Doctolib, pour mener "
    "ses équipes d'ingénieurs à Paris."
)
SPENT = (
    "Selon Les Échos, la jeune entreprise aurait dépensé deux millions d'euros pour la convaincre "
    "de quitter son poste."
)
TITLE = "Mistral AI recrute Anne Kessler"
ADDRESS = "https://le-fil.example/2025/07/mistral-ai"


def page(
    *,
    first: str = HIRED,
    second: str = SPENT,
    title: str = TITLE,
    address: str | None = ADDRESS,
    day: str = "2025-07-08",
) -> str:
    """A newspaper's page, with what pages have around their article."""
    link = f'<link rel="canonical" href="{address}">' if address else ""
    return f"""<!DOCTYPE html>
<html lang="fr"><head><meta charset="utf-8"><title>{title} | Le Fil</title>{link}
<meta property="og:site_name" content="Le Fil"><meta name="author" content="Jeanne Doe">
<meta property="article:published_time" content="{day}T10:00:00+02:00"></head>
<body><nav><a href="/">Accueil</a> <a href="/eco">Économie</a></nav>
<article><h1>{title}</h1><p>{first}</p><p>{second}</p></article>
<aside><h2>À lire aussi</h2><a href="/autre">Un autre article du jour</a></aside>
<footer>Mentions légales - Politique de confidentialité</footer></body></html>"""


def rss(*entries: tuple[str, str, str], day: str = "Tue, 08 Jul 2025 10:00:00 +0200") -> str:
    """A feed with entries of title, address and content."""
    items = "".join(
        f"<item><title>{title}</title><link>{link}</link><pubDate>{day}</pubDate>"
        f"<description><![CDATA[{content}]]></description></item>"
        for title, link, content in entries
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<rss version="2.0"><channel><title>Le Fil</title>{items}</channel></rss>'
    )


def mail(body: str = page(), *, kind: str = "html") -> bytes:
    """A newsletter as a mail program saves it."""
    return (
        "Received: from mx.example by in.example; Tue, 8 Jul 2025 10:00:01 +0200\r\n"
        "From: Le Fil du matin <lettre@le-fil.example>\r\n"
        "Subject: =?utf-8?q?Mistral_AI_recrute_Anne_Kessler?=\r\n"
        "Date: Tue, 08 Jul 2025 10:00:00 +0200\r\nMessage-ID: <1@le-fil.example>\r\n"
        "MIME-Version: 1.0\r\n"
        f'Content-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n'
    ).encode() + body.encode()


def pdf(*lines: str) -> bytes:
    """A document of one page, with these lines one below the other."""
    shown = " ".join(f"({_pdf_text(line)}) Tj T*" for line in lines)
    stream = f"BT /F1 11 Tf 60 780 Td 16 TL {shown} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Title (" + TITLE.encode("latin-1") + b") >>",
    ]
    out = io.BytesIO(b"")
    out.write(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(
        b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, start)
    )
    return out.getvalue()


def _pdf_text(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def warc(*pages: tuple[str, str | bytes, str], packed: bool = True) -> bytes:
    """An archive of pages: address, body, content type. Each record is gzip of its own."""
    records = []
    for address, body, mime in pages:
        data = body.encode() if isinstance(body, str) else body
        http = f"HTTP/1.1 200 OK\r\nContent-Type: {mime}\r\nContent-Length: {len(data)}\r\n\r\n"
        records.append(_record("response", address, http.encode() + data))
    return b"".join(gzip.compress(each) if packed else each for each in records)


def wet(address: str, text: str) -> bytes:
    """An archive with the text of one page."""
    return gzip.compress(_record("conversion", address, text.encode(), mime="text/plain"))


def _record(
    kind: str, address: str, block: bytes, *, mime: str = "application/http; msgtype=response"
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\n"
        "WARC-Date: 2025-07-08T08:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:12345678-1234-1234-1234-123456789abc>\r\n"
        f"Content-Type: {mime}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"
