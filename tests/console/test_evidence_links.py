"""A stored file is opened by its signed link, by nothing else, and is never run by the browser."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import httpx

from redress.bootstrap import Parts
from redress.web.evidence import OPEN_FOR, link
from tests.buyer import photo


def stored(parts: Parts, folder: Path) -> str:
    file = folder / "photo.jpg"
    file.write_bytes(photo())
    return parts.storage.put(file)


def test_a_signed_link_gives_the_file_as_what_it_is(parts: Parts, browser: httpx.Client, tmp_path: Path) -> None:
    answer = browser.get(link(parts.signer, stored(parts, tmp_path), parts.clock()))
    assert answer.status_code == 200
    assert answer.content == photo()
    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert answer.headers["content-disposition"].startswith("attachment")


def test_a_link_opens_no_other_file_and_not_for_ever(parts: Parts, browser: httpx.Client, tmp_path: Path) -> None:
    key = stored(parts, tmp_path)
    other = "0" * 64 + ".jpg"
    past = link(parts.signer, key, parts.clock() - OPEN_FOR - timedelta(seconds=2))
    for refused in (f"/evidence/{key}", link(parts.signer, other, parts.clock()).replace(other, key), past):
        answer = browser.get(refused)
        assert answer.status_code == 403, refused
        assert answer.json()["error"]["code"] == "link_refused"


def test_a_file_that_is_gone_is_told(parts: Parts, browser: httpx.Client) -> None:
    assert browser.get(link(parts.signer, "0" * 64 + ".jpg", parts.clock())).status_code == 404
