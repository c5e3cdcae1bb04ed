"""Decoding in processes of their own."""

import asyncio
import re
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image

from redress.evidence import DecoderProcesses, EvidenceError, Intake, open_storage, receive
from redress.evidence.decoder import Decoded
from redress.evidence.errors import error_from
from tests.evidence import samples

SLOW = samples.encoded(Image.new("RGB", (8_000, 6_200)), "PNG")


def test_a_file_that_takes_too_long_is_broken_and_the_next_one_is_not(tmp_path: Path) -> None:
    with DecoderProcesses(1, seconds=0.2) as decoder:
        intake = Intake(open_storage(str(tmp_path / "kept")), decoder)
        for content in (SLOW, SLOW):
            with receive([content], tmp_path) as upload, pytest.raises(EvidenceError) as refused:
                intake.accept(upload)
            assert refused.value.code == "broken"
        with receive([samples.encoded(samples.scene(size=(80, 60)))], tmp_path) as upload:
            assert intake.accept(upload).width == 80
        intake.close()


def test_many_at_once_are_all_taken(tmp_path: Path) -> None:
    contents = [samples.encoded(samples.scene(seed, (700, 600))) for seed in range(20)]
    with DecoderProcesses(2) as decoder, ThreadPoolExecutor(20) as clients:
        intake = Intake(open_storage(str(tmp_path / "kept")), decoder)

        def send(content: bytes) -> str:
            with receive([content], tmp_path) as upload:
                return intake.accept(upload).sha256

        assert len(set(clients.map(send, contents))) == 20
        intake.close()


def test_the_event_loop_goes_on_and_threads_are_bounded(tmp_path: Path) -> None:
    threads: set[int] = set()

    def slowly(source: Path, media_type: str, folder: Path) -> Decoded:
        threads.add(threading.get_ident())
        time.sleep(0.05)
        for name in ("view.jpg", "thumbnail.jpg"):
            (folder / name).write_bytes(source.read_bytes())
        return Decoded(width=1, height=1, pages=1, animated=False, captured_at=None, phash=None, quality=())

    intake = Intake(open_storage(str(tmp_path / "kept")), slowly)

    async def crowd() -> float:
        with receive([b"\xff\xd8\xff"], tmp_path) as upload:
            tasks = [asyncio.create_task(intake.accept_async(upload)) for _ in range(20)]
            longest = 0.0
            while not all(task.done() for task in tasks):
                began = time.perf_counter()
                await asyncio.sleep(0.001)
                longest = max(longest, time.perf_counter() - began)
            assert {(await task).media_type for task in tasks} == {"image/jpeg"}
        return longest

    assert asyncio.run(crowd()) < 0.1
    assert len(threads) <= 4
    intake.close()


def test_a_closed_decoder_leaves_no_process_behind(tmp_path: Path) -> None:
    code = "from redress.evidence import DecoderProcesses as D; D(2).close()"
    assert subprocess.run([sys.executable, "-W", "error", "-c", code], timeout=60, stderr=subprocess.PIPE).stderr == b""


def test_a_worker_ends_with_its_service() -> None:
    """Even with one that was killed: its input ends."""
    command = [sys.executable, "-m", "redress.evidence.worker"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        assert worker.stdout.readline() == b'{"ok": {}}\n'
        assert worker.stdin is not None
        worker.stdin.close()
        assert worker.wait(timeout=10) == 0


def test_the_service_itself_loads_no_decoder() -> None:
    code = "import sys, redress.evidence; print({'PIL', 'pillow_heif', 'pypdfium2', 'boto3'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"


@pytest.mark.parametrize(
    ("code", "data"),
    [("too_many_pages", {"limit": 20}), ("encrypted", {}), ("too_many_pixels", {"limit_megapixels": 50})],
)
def test_an_error_survives_the_way_between_processes(code: str, data: dict[str, int | str]) -> None:
    error = error_from(code, data)
    assert (error.code, error.data) == (code, data)


@pytest.mark.skipif(not Path("/proc/self/autogroup").exists(), reason="no autogroups here")
def test_decoding_steps_back_behind_other_sessions_too() -> None:
    shown = "from redress.evidence.worker import *; step_back(); print(AUTOGROUP.read_text(), os.nice(0))"
    command = [sys.executable, "-c", shown]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True, start_new_session=True)
    assert re.fullmatch(r"/autogroup-\d+ nice 10\n 10\n", done.stdout)
