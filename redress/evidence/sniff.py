"""The media type of a file, read from its first bytes. Names and declared types are never asked."""

from redress.evidence.errors import UnsupportedType

HEAD = 64
"""How many bytes `sniff` looks at."""

_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
_SIGNATURES = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"%PDF-", "application/pdf"),
)


def sniff(head: bytes) -> str:
    """The media type of a file that begins with `head`; UnsupportedType when it is none of those that are taken."""
    for signature, media_type in _SIGNATURES:
        if head.startswith(signature):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and _HEIC_BRANDS & set(_brands(head)):
        return "image/heic"
    raise UnsupportedType


def _brands(head: bytes) -> list[bytes]:
    """The major and the compatible brands of an ISO base media file (ISO/IEC 14496-12, 4.3)."""
    end = min(int.from_bytes(head[:4]), len(head))
    return [head[8:12], *(head[at : at + 4] for at in range(16, end, 4))]
