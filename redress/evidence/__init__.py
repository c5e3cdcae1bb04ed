"""Evidence by photo: what a buyer uploads, from its first byte to a link that a reviewer opens.

One file's way: `read_form` or `receive` (→ `Upload`), `Intake.accept` (→ `Accepted`, or an `EvidenceError` with its
code, HTTP status and sentence), `Storage` for what is kept, `Signer` for links to it, `alike` for pictures used twice.
"""

from redress.evidence.decoder import DecoderProcesses
from redress.evidence.errors import EvidenceError
from redress.evidence.form import Form, read_form
from redress.evidence.intake import Accepted, Intake
from redress.evidence.likeness import alike
from redress.evidence.receive import Upload, receive, sweep
from redress.evidence.scan import open_scanner
from redress.evidence.signing import Signer, download_headers
from redress.evidence.storage import Storage, open_storage

__all__ = [
    "Accepted",
    "DecoderProcesses",
    "EvidenceError",
    "Form",
    "Intake",
    "Signer",
    "Storage",
    "Upload",
    "alike",
    "download_headers",
    "open_scanner",
    "open_storage",
    "read_form",
    "receive",
    "sweep",
]
