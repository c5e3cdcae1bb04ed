"""Where evidence lies: under the SHA-256 of its content, so that storing twice is storing once.

`open_storage` chooses by the setting: a folder, or `s3://bucket/prefix`. Both pass the same tests.
"""

import base64
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, Protocol

from redress.evidence.errors import NotStored, StorageUnavailable

MEDIA_TYPES = {".jpg": "image/jpeg", ".pdf": "application/pdf"}
"""What is stored: clean copies and thumbnails."""
_KEY = re.compile(r"[0-9a-f]{64}(\.jpg|\.pdf)")


class Storage(Protocol):
    """A key is the SHA-256 of the content and its suffix. Unknown and impossible keys raise NotStored, a storage that
    does not work StorageUnavailable."""

    def put(self, source: Path) -> str:
        """Stores a file's content, durably, and returns its key; the same content again changes nothing."""
        ...

    def open(self, key: str) -> IO[bytes]:
        """The content, to be read and closed."""
        ...

    def delete(self, key: str) -> None:
        """Forgets the content; a key that is not there is no error."""
        ...


def open_storage(location: str) -> Storage:
    """The storage at a folder's path or at `s3://bucket/prefix`."""
    if location.startswith("s3://"):
        bucket, _, prefix = location.removeprefix("s3://").partition("/")
        return S3Storage(bucket, prefix)
    return DiskStorage(Path(location))


def media_type_of(key: str) -> str:
    """The media type of what is stored under `key`."""
    return MEDIA_TYPES[_checked(key)[64:]]


class DiskStorage:
    """Files in a folder, fanned out over 65,536 subfolders; each appears whole or not at all."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, source: Path) -> str:
        key = _key(source)
        target = self._path(key)
        if not target.exists():
            with _failing_as_unavailable(OSError):
                target.parent.mkdir(parents=True, exist_ok=True)
                self._write(source, target)
        return key

    def open(self, key: str) -> IO[bytes]:
        try:
            return self._path(key).open("rb")
        except FileNotFoundError:
            raise NotStored from None

    def delete(self, key: str) -> None:
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._root / _checked(key)[:2] / key[2:4] / key

    @staticmethod
    def _write(source: Path, target: Path) -> None:
        with source.open("rb") as content, tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as file:
            try:
                shutil.copyfileobj(content, file)
                file.flush()
                os.fsync(file.fileno())
                Path(file.name).replace(target)
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        folder = os.open(target.parent, os.O_RDONLY)
        try:
            os.fsync(folder)  # the name, too, must survive a power cut
        finally:
            os.close(folder)


class S3Storage:
    """Objects in a bucket of S3 or anything that speaks it. Credentials, region and endpoint come from the
    environment as boto3 reads it (`AWS_ACCESS_KEY_ID`, `AWS_ENDPOINT_URL_S3`, ...); needs the extra `s3`."""

    def __init__(self, bucket: str, prefix: str = "") -> None:
        import boto3  # an optional extra
        from botocore.exceptions import BotoCoreError, ClientError

        self._client: Any = boto3.client("s3")
        self._errors = BotoCoreError, ClientError
        self._bucket, self._prefix = bucket, f"{prefix.strip('/')}/" if prefix.strip("/") else ""

    def put(self, source: Path) -> str:
        key = _key(source)
        checksum = base64.b64encode(bytes.fromhex(key[:64])).decode()
        about = {"ContentType": media_type_of(key), "ChecksumAlgorithm": "SHA256", "ChecksumSHA256": checksum}
        with source.open("rb") as content, _failing_as_unavailable(*self._errors):
            self._client.put_object(**self._at(key), Body=content, **about)
        return key

    def open(self, key: str) -> IO[bytes]:
        at = self._at(key)
        with _failing_as_unavailable(*self._errors):
            try:
                body: IO[bytes] = self._client.get_object(**at)["Body"]
            except self._client.exceptions.NoSuchKey:
                raise NotStored from None
        return body

    def delete(self, key: str) -> None:
        with _failing_as_unavailable(*self._errors):
            self._client.delete_object(**self._at(key))

    def _at(self, key: str) -> dict[str, str]:
        return {"Bucket": self._bucket, "Key": self._prefix + _checked(key)}


@contextmanager
def _failing_as_unavailable(*errors: type[Exception]) -> Iterator[None]:
    try:
        yield
    except errors as error:
        raise StorageUnavailable from error


def _key(source: Path) -> str:
    with source.open("rb") as content:
        return _checked(hashlib.file_digest(content, "sha256").hexdigest() + source.suffix)


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise NotStored
    return key
