"""Taking an upload in, chunk by chunk."""

import asyncio
import hashlib
import os
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from redress.evidence import EvidenceError, Form, read_form, receive, sweep

LIMIT = 15 * 1024 * 1024
FORM = "multipart/form-data; boundary=limit"
REPEATED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)


def part(name: str, content: bytes, filename: str = "") -> bytes:
    extra = f'; filename="{filename}"' if filename else ""
    return f'--limit\r\nContent-Disposition: form-data; name="{name}"{extra}\r\n\r\n'.encode() + content + b"\r\n"


def read(
    folder: Path, *parts: bytes, size: int = 1000, end: bytes = b"--limit--\r\n", content_type: str = FORM
) -> Form:
    body = b"".join(parts) + end

    async def chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(body), size):
            yield body[start : start + size]

    return asyncio.run(read_form(content_type, chunks(), folder))


@REPEATED
@given(st.lists(st.binary(max_size=200)))
def test_however_it_is_cut_it_is_the_same_upload(tmp_path: Path, chunks: list[bytes]) -> None:
    content = b"".join(chunks)
    with receive(chunks, tmp_path) as upload:
        assert (upload.bytes, upload.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert upload.path.read_bytes() == content
    assert list(tmp_path.iterdir()) == []


@REPEATED
@given(st.lists(st.binary(min_size=1, max_size=40), max_size=10), st.integers(0, 200))
def test_the_limit_holds_to_the_byte(tmp_path: Path, chunks: list[bytes], limit: int) -> None:
    if sum(map(len, chunks)) <= limit:
        with receive(chunks, tmp_path, limit) as upload:
            assert upload.bytes <= limit
    else:
        with pytest.raises(EvidenceError) as refused:
            receive(chunks, tmp_path, limit)
        assert (refused.value.code, refused.value.status) == ("too_large", 413)
    assert list(tmp_path.iterdir()) == []


def test_a_hundred_megabytes_are_refused_while_they_come(tmp_path: Path) -> None:
    sent = 0

    def flood() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(1600):
            sent += 65536
            yield bytes(65536)

    with pytest.raises(EvidenceError, match="larger than 15 MB"):
        receive(flood(), tmp_path)
    assert sent == LIMIT + 65536
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("start", "code"),
    [
        (part("file", b"")[:-2], "too_large"),
        (part("file", b"content") + b"--limit--\r\n", "too_large"),
        (part("note", b"")[:-2], "bad_form"),
        (b"", "bad_form"),
    ],
    ids=["in the file", "after the end", "in a field", "in nothing"],
)
def test_an_endless_form_is_refused_while_it_comes(tmp_path: Path, start: bytes, code: str) -> None:
    sent = 0

    async def flood() -> AsyncIterator[bytes]:
        nonlocal sent
        yield start
        for _ in range(1600):
            sent += 65536
            yield bytes(65536)

    with pytest.raises(EvidenceError) as refused:
        asyncio.run(read_form(FORM, flood(), tmp_path))
    assert refused.value.code == code
    assert sent <= LIMIT + 2 * 65536
    assert list(tmp_path.iterdir()) == []


@REPEATED
@given(st.binary(max_size=3000), st.integers(1, 500))
def test_a_form_is_read_however_it_is_cut(tmp_path: Path, content: bytes, size: int) -> None:
    if b"--limit" in content:
        return
    form = read(
        tmp_path, part("client_id", b"c-1"), part("kind", "фото".encode()), part("file", content, "a.jpg"), size=size
    )
    assert form.fields == {"client_id": "c-1", "kind": "фото"}
    with form.upload as upload:
        assert upload.path.read_bytes() == content
        assert "a.jpg" not in upload.path.name
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("parts", "options", "why"),
    [
        ([part("client_id", b"c-1")], {}, "no part named file"),
        ([part("file", b"1"), part("file", b"2")], {}, "comes twice"),
        ([part("client_id", b"1"), part("client_id", b"2")], {}, "comes twice"),
        ([part("file", b"1")], {"end": b""}, "ends too early"),
        ([part("note", bytes(1025))], {}, "longer than 1024 bytes"),
        ([part("note", b"\xff"), part("file", b"1")], {}, "not UTF-8"),
        ([part(f"n{number}", b"") for number in range(11)], {}, "more than 10 parts"),
        ([b"hello"], {}, "no well-formed multipart body"),
        ([part("file", b"1")], {"content_type": "application/json"}, "content type must be multipart/form-data"),
        ([part("file", b"1")], {"content_type": "multipart/form-data"}, "content type must be multipart/form-data"),
    ],
)
def test_a_form_that_is_none_is_refused_with_the_reason(
    tmp_path: Path, parts: list[bytes], options: dict[str, str], why: str
) -> None:
    with pytest.raises(EvidenceError, match=why) as refused:
        read(tmp_path, *parts, **options)  # type: ignore[arg-type]
    assert (refused.value.code, refused.value.status) == ("bad_form", 422)
    assert list(tmp_path.iterdir()) == []


def test_what_killed_processes_left_is_swept_but_not_what_is_under_way(tmp_path: Path) -> None:
    with receive([b"old"], tmp_path) as old, receive([b"new"], tmp_path) as new:
        folder = tmp_path / "intake-decoded"
        folder.mkdir()
        (folder / "view.jpg").touch()
        other = tmp_path / "not-ours"
        other.touch()
        for path in (old.path, folder, other):
            os.utime(path, (time.time() - 7200,) * 2)
        assert sweep(tmp_path) == 2
        assert sorted(tmp_path.iterdir()) == sorted((new.path, other))
