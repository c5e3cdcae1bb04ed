"""The encoder as an ONNX graph, written out from its published weights, with the desk's adapter beside them.

onnxruntime has one operation each for attention, for a residual sum with its normalization and for GELU. A graph
exported from TensorFlow spells them in dozens of small ones, which it no longer recognizes after quantization.
"""

from typing import List, Mapping, Sequence

import numpy as np
import onnx
from onnx import helper, numpy_helper

from dialogue.encoder.adapter import LAYERS, Changes

HEADS = 12
EPSILON = 1e-12
OPSET = 17
FUSED = "com.microsoft"  # the domain of onnxruntime's own operations
READINGS = ("published", "adapted")
_WAYS = ("query", "key", "value")
FFN_OUTPUT = "ffn_output"  # names the feed-forward output products, by which a variant finds them

Weights = Mapping[str, np.ndarray]


def both_readings(weights: Weights, changes: Changes) -> onnx.ModelProto:
    """Return the float32 graph: `input_ids` (batch, tokens), int32, to `tokens` (batch, tokens, 768).

    The first 384 columns are the encoder as published, the others as adapted. There is no mask: the texts of a batch
    have the same number of tokens.
    """
    graph = _Graph()
    shared = graph.embedded(weights)
    for layer in range(LAYERS[0]):
        shared = graph.layer(weights, shared, layer, f"shared.{layer}")
    readings = []
    for reading, kernels in zip(READINGS, (weights, _adapted(weights, changes)), strict=True):
        x = shared
        for layer in LAYERS:
            x = graph.layer(kernels, x, layer, f"{reading}.{layer}")
        readings.append(x)
    graph.node("Concat", readings, "tokens", axis=-1)
    return graph.model()


def _adapted(weights: Weights, changes: Changes) -> Weights:
    """Return the weights with the changes added to them."""
    merged = {f"{name}.weight": weights[f"{name}.weight"] + down @ up for name, (down, up) in changes.items()}
    return {**weights, **merged}


class _Graph:
    """Nodes and constants as they come."""

    def __init__(self) -> None:
        self.nodes: List[onnx.NodeProto] = []
        self.constants: List[onnx.TensorProto] = []

    def node(self, operation: str, inputs: Sequence[str], name: str, domain: str = "", **attributes: object) -> str:
        """Add a node with one output and return the output's name, which is the node's too."""
        self.nodes.append(helper.make_node(operation, inputs, [name], name=name, domain=domain, **attributes))
        return name

    def constant(self, value: np.ndarray, name: str) -> str:
        """Add a constant and return its name."""
        self.constants.append(numpy_helper.from_array(value, name))
        return name

    def embedded(self, weights: Weights) -> str:
        """Add what turns token ids into the first layer's input."""
        part = "embeddings"
        words = self.constant(weights[f"{part}.word_embeddings.weight"], f"{part}.words")
        # every token is of the first type
        types = weights[f"{part}.token_type_embeddings.weight"][0]
        places = self.constant(weights[f"{part}.position_embeddings.weight"] + types, f"{part}.places")
        shape = self.node("Shape", ["input_ids"], f"{part}.length", start=1, end=2)
        zero = self.constant(np.zeros(1, np.int64), f"{part}.zero")
        used = self.node("Slice", [places, zero, shape, zero], f"{part}.used")
        gathered = self.node("Gather", [words, "input_ids"], f"{part}.gathered")
        total = self.node("Add", [gathered, used], f"{part}.sum")
        scale, shift = self._norm(weights, part, part)
        return self.node("LayerNormalization", [total, scale, shift], f"{part}.out", axis=-1, epsilon=EPSILON)

    def layer(self, weights: Weights, x: str, layer: int, name: str) -> str:
        """Add a layer of the transformer."""
        part = f"encoder.layer.{layer}"
        projected = [self._product(weights, f"{part}.attention.self.{way}", x, f"{name}.{way}") for way in _WAYS]
        bias = np.concatenate([weights[f"{part}.attention.self.{way}.bias"] for way in _WAYS])
        seen = self.node(
            "MultiHeadAttention",
            [*projected, self.constant(bias, f"{name}.attention.bias")],
            f"{name}.attention",
            FUSED,
            num_heads=HEADS,
        )
        joined = self._product(weights, f"{part}.attention.output.dense", seen, f"{name}.joined")
        x = self._added(weights, f"{part}.attention.output", joined, x, f"{name}.middle")
        inner = self._product(weights, f"{part}.intermediate.dense", x, f"{name}.inner")
        bias_name = self.constant(weights[f"{part}.intermediate.dense.bias"], f"{name}.inner.bias")
        inner = self.node("BiasGelu", [inner, bias_name], f"{name}.gelu", FUSED)
        outer = self._product(weights, f"{part}.output.dense", inner, f"{name}.{FFN_OUTPUT}")
        return self._added(weights, f"{part}.output", outer, x, f"{name}.out")

    def _product(self, weights: Weights, part: str, x: str, name: str) -> str:
        return self.node("MatMul", [x, self.constant(weights[f"{part}.weight"], f"{name}.weight")], name)

    def _added(self, weights: Weights, part: str, x: str, skipped: str, name: str) -> str:
        bias = self.constant(weights[f"{part}.dense.bias"], f"{name}.bias")
        inputs = [x, skipped, *self._norm(weights, part, name), bias]
        return self.node("SkipLayerNormalization", inputs, name, FUSED, epsilon=EPSILON)

    def _norm(self, weights: Weights, part: str, name: str) -> List[str]:
        return [
            self.constant(weights[f"{part}.LayerNorm.{which}"], f"{name}.norm.{which}") for which in ("weight", "bias")
        ]

    def model(self) -> onnx.ModelProto:
        """Return the whole as a model."""
        ids = helper.make_tensor_value_info("input_ids", onnx.TensorProto.INT32, ["batch", "tokens"])
        tokens = helper.make_tensor_value_info("tokens", onnx.TensorProto.FLOAT, ["batch", "tokens", None])
        graph = helper.make_graph(self.nodes, "encoder", [ids], [tokens], self.constants)
        imports = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
        return helper.make_model(graph, opset_imports=imports, ir_version=8)
