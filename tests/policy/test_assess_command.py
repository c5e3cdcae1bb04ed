"""`redress assess` from outside: its streams, exit statuses and speed."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from redress.policy import Packs, assess, parse_claim
from tests.policy.places import POLICIES, ROOT
from tests.policy.random_claims import SHOPS, random_claim
from tests.policy.test_parse import BAD_JSON, claim

REDRESS = [sys.executable, "-c", "from redress.cli import main; main()"]


def run(*arguments: str, stdin: bytes = b"", cwd: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([*REDRESS, "assess", *arguments], input=stdin, capture_output=True, cwd=cwd, env=environment)


def test_a_claim_in_an_assessment_out() -> None:
    result = run(stdin=json.dumps(claim()).encode())
    assert result.returncode == 0
    assessment = json.loads(result.stdout)
    assert assessment["outcome"] == "awaiting_evidence"
    assert assessment["missing_evidence"] == ["photo_package_opening", "photo_package_weight"]
    assert assessment["rule"] == "missing-item"
    assert assessment["pack"]["version"] == "2024-01-01"
    assert len(assessment["pack"]["sha256"]) == 64


def test_from_a_file_anywhere_with_the_sentences_for_the_buyer(tmp_path: Path) -> None:
    (tmp_path / "claim.json").write_text(json.dumps(claim() | {"facts": {"has_receipt": False}}), encoding="utf-8")
    result = run("claim.json", "--explain", "zh-CN", cwd=tmp_path)
    assessment = json.loads(result.stdout)
    assert assessment["outcome"] == "declined"
    assert assessment["reasons"][0]["code"] == "no_receipt"
    assert assessment["reasons"][0]["clause"]["ref"] == "28.2"
    assert assessment["explanation"][1] == "没有原始购买凭证的商品不予受理。"


@pytest.mark.parametrize("content", [*BAD_JSON.values(), b"[]", b'{"shop": 1}'], ids=[*BAD_JSON, "a list", "a number"])
def test_invalid_input_is_told_on_standard_error(content: bytes) -> None:
    result = run(stdin=content)
    assert result.returncode == 2
    assert result.stdout == b""
    error = json.loads(result.stderr)["error"]
    assert set(error) == {"field", "message"}
    assert error["field"]
    assert error["message"]


def test_a_batch_answers_each_line_in_its_place() -> None:
    good = json.dumps(claim())
    bad = json.dumps(claim() | {"shop": "nowhere"})
    result = run("--batch", stdin=f"{good}\n{bad}\n\n{{\n{good}\n".encode())
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.returncode == 2
    assert [line.get("outcome") for line in lines] == ["awaiting_evidence", None, None, "awaiting_evidence"]
    assert lines[1]["error"]["field"] == "shop"
    assert lines[2]["error"]["field"] == "claim"
    assert [json.loads(line)["line"] for line in result.stderr.splitlines()] == [2, 4]


def test_packs_that_cannot_be_used_are_told_too(tmp_path: Path) -> None:
    result = run("--policies", str(tmp_path), stdin=json.dumps(claim()).encode())
    assert result.returncode == 2
    assert "no policy pack" in json.loads(result.stderr)["error"]["message"]


def test_a_batch_is_fast(tmp_path: Path) -> None:
    """5,000 assessments a second on a quiet core, start included; half as long again where the core is shared."""
    random = Random(8)
    path = tmp_path / "claims.jsonl"
    path.write_text("\n".join(json.dumps(random_claim(random)) for _ in range(20_000)), encoding="utf-8")
    assert min(seconds_of("--batch", str(path)) for _ in range(2)) < 6


@pytest.mark.parametrize("shop", SHOPS)
def test_the_start_is_quick(shop: str) -> None:
    """Under 0.6 seconds, whichever pack has to be loaded."""
    stdin = json.dumps(claim() | {"shop": shop, "facts": {}, "evidence": []}).encode()
    assert min(seconds_of(stdin=stdin) for _ in range(2)) < 0.6


def seconds_of(*arguments: str, stdin: bytes = b"") -> float:
    """The processor time of one run: unlike the time on the wall, it is not that of whoever shares the core."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert run(*arguments, stdin=stdin).returncode == 0
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_assess_in_process(benchmark: pytest.FixtureRequest) -> None:
    random = Random(9)
    packs = Packs(POLICIES)
    claims = [parse_claim(random_claim(random), packs) for _ in range(500)]
    benchmark(lambda: [assess(one, packs[one.shop]) for one in claims])  # type: ignore[operator]
