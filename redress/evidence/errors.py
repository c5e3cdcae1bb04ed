"""What can be wrong with a file, each with its code, its HTTP status and a sentence that a buyer understands."""

from redress.errors import RedressError


class EvidenceError(RedressError):
    """A file that cannot be taken, or a stored one that cannot be given.

    `code` is also the key under which a translation of `sentence` is found, `data` fills its placeholders, and
    `status` is the HTTP status that fits.
    """

    code = "evidence"
    status = 422
    sentence = "The file cannot be taken."

    def __init__(self, **data: int | str) -> None:
        super().__init__(self.sentence.format(**data), field="file")
        self.data = data


class Empty(EvidenceError):
    code = "empty"
    sentence = "The file is empty. Please choose it again, or send another one."


class TooLarge(EvidenceError):
    code, status = "too_large", 413
    sentence = "The file is larger than {limit_mb} MB. Please send a smaller one."


class UnsupportedType(EvidenceError):
    code, status = "unsupported_type", 415
    sentence = "This kind of file cannot be used. Please send a photo (JPEG, PNG, WebP or HEIC) or a PDF."


class Broken(EvidenceError):
    code = "broken"
    sentence = "The file is damaged or incomplete and cannot be opened. Please send it again, or take a new photo."


class TooManyPixels(EvidenceError):
    code, status = "too_many_pixels", 413
    sentence = "The picture has more than {limit_megapixels} megapixels. Please send a smaller one."


class Encrypted(EvidenceError):
    code = "encrypted"
    sentence = "The PDF is protected by a password. Please send it without one, or send photos of its pages."


class TooManyPages(EvidenceError):
    code = "too_many_pages"
    sentence = "The PDF has more than {limit} pages. Please send only the pages that matter."


class Infected(EvidenceError):
    code = "infected"
    sentence = "The virus scanner does not let this file through. Please send another one."


class ScannerUnavailable(EvidenceError):
    code, status = "scanner_unavailable", 503
    sentence = "Files cannot be checked at this moment. Please send it again in a few minutes."


class BadForm(EvidenceError):
    """The request is no multipart form with one `file`: a fault of the client, not of the buyer."""

    code, status = "bad_form", 422
    sentence = "The upload could not be read: {why}."


class NotStored(EvidenceError):
    code, status = "not_stored", 404
    sentence = "This file is not here, or no longer."


class StorageUnavailable(EvidenceError):
    """The disk is full or the bucket does not answer; the cause is chained."""

    code, status = "storage_unavailable", 503
    sentence = "Files cannot be stored or opened at this moment. Please try again in a few minutes."


class LinkRefused(EvidenceError):
    """A signed link that is forged, altered or past its time."""

    code, status = "link_refused", 403
    sentence = "This link is not valid, or no longer. Please open the page again."


def error_from(code: str, data: dict[str, int | str]) -> EvidenceError:
    """The error that another process reported by its `code`."""
    known = {cls.code: cls for cls in EvidenceError.__subclasses__()}
    return known.get(code, Broken)(**data)
