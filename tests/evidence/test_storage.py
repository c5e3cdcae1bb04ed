"""Both storages, on disk and on S3, keep the same promises."""

import base64
import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import boto3
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moto.server import ThreadedMotoServer

from redress.evidence import EvidenceError, Storage, open_storage
from redress.evidence.storage import media_type_of

ABSENT = "0" * 64 + ".jpg"


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """A bucket on a stand-in for S3 that speaks its protocol on this machine."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL_S3", f"http://{host}:{port}")
        patch.setenv("AWS_ACCESS_KEY_ID", "test")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("NO_PROXY", host)
        boto3.client("s3").create_bucket(Bucket="evidence")
        yield "evidence"
    server.stop()


@pytest.fixture(scope="module", params=["disk", "s3", "s3 with a prefix"])
def storage(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Storage:
    if request.param == "disk":
        return open_storage(str(tmp_path_factory.mktemp("evidence")))
    location = f"s3://{request.getfixturevalue('bucket')}"
    return open_storage(location + "/some/shop/" if "prefix" in request.param else location)


def put(storage: Storage, folder: Path, content: bytes, suffix: str = ".jpg") -> str:
    source = folder / f"source{suffix}"
    source.write_bytes(content)
    return storage.put(source)


def get(storage: Storage, key: str) -> bytes:
    with storage.open(key) as file:
        return file.read()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20)
@given(st.binary(max_size=5000), st.sampled_from([".jpg", ".pdf"]))
def test_the_key_is_the_contents_hash_and_gives_the_content_back(
    storage: Storage, tmp_path: Path, content: bytes, suffix: str
) -> None:
    key = put(storage, tmp_path, content, suffix)
    assert key == hashlib.sha256(content).hexdigest() + suffix
    assert put(storage, tmp_path, content, suffix) == key
    assert get(storage, key) == content


def test_many_at_once_store_the_same_thing_once(storage: Storage, tmp_path: Path) -> None:
    source = tmp_path / "same.jpg"
    source.write_bytes(b"same" * 10_000)
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(storage.put, [source] * 16))
    assert len(keys) == 1
    assert get(storage, keys.pop()) == source.read_bytes()


def test_what_is_deleted_is_gone_and_may_be_deleted_again(storage: Storage, tmp_path: Path) -> None:
    key = put(storage, tmp_path, b"to be forgotten")
    storage.delete(key)
    storage.delete(key)
    with pytest.raises(EvidenceError) as gone:
        storage.open(key)
    assert (gone.value.code, gone.value.status) == ("not_stored", 404)


@pytest.mark.parametrize(
    "key", [ABSENT, "", "../../etc/passwd", "0" * 64, "0" * 64 + ".exe", ABSENT + "\n", ABSENT.upper()]
)
def test_a_key_that_is_none_opens_nothing(storage: Storage, key: str) -> None:
    with pytest.raises(EvidenceError) as absent:
        storage.open(key)
    assert absent.value.code == "not_stored"


def test_a_write_that_fails_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = open_storage(str(tmp_path / "evidence"))

    def power_cut(_: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("os.fsync", power_cut)
    with pytest.raises(EvidenceError) as failed:
        put(disk, tmp_path, b"content")
    assert (failed.value.code, failed.value.status) == ("storage_unavailable", 503)
    assert not [path for path in (tmp_path / "evidence").rglob("*") if path.is_file()]


def test_a_bucket_that_is_not_there_is_unavailable(bucket: str, tmp_path: Path) -> None:
    storage = open_storage(f"s3://no-{bucket}")
    for step in (lambda: put(storage, tmp_path, b"content"), lambda: storage.delete(ABSENT)):
        with pytest.raises(EvidenceError) as failed:
            step()
        assert failed.value.code == "storage_unavailable"


def test_s3_is_told_the_media_type_and_the_checksum(bucket: str, tmp_path: Path) -> None:
    key = put(open_storage(f"s3://{bucket}"), tmp_path, b"%PDF", ".pdf")
    kept = boto3.client("s3").head_object(Bucket=bucket, Key=key, ChecksumMode="ENABLED")
    assert kept["ContentType"] == media_type_of(key) == "application/pdf"
    assert base64.b64decode(kept["ChecksumSHA256"]).hex() == key.removesuffix(".pdf")
