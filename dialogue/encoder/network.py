"""The encoder as TensorFlow computes it, from its published weights: for the export and for `dialogue.adapt`.

Written out instead of taken from `transformers`, because the upper layers are computed twice: as published and as
adapted. A test compares it with the original.
"""

from pathlib import Path
from typing import Any, Callable, Dict, Mapping, Sequence

import numpy as np
import tensorflow as tf
from safetensors.numpy import load_file

from dialogue.encoder.adapter import LAYERS, Changes

DEPTH, HEADS = 6, 12
EPSILON = 1e-12

Weights = Mapping[str, np.ndarray]
Linear = Callable[[Any, str], Any]  # of a linear map's inputs and name


def load(file: Path) -> Dict[str, np.ndarray]:
    """Return the published weights by name; linear maps as (inputs, outputs)."""
    weights = {name: value for name, value in load_file(str(file)).items() if value.dtype == np.float32}
    return {name: value.T.copy() if name.endswith(_TURNED) else value for name, value in weights.items()}


_TURNED = tuple(f"{part}.weight" for part in ("query", "key", "value", "dense"))


def published(weights: Weights) -> Linear:
    """Return the linear maps as published."""
    return lambda x, name: x @ weights[f"{name}.weight"] + weights[f"{name}.bias"]


def adapted(weights: Weights, changes: Changes) -> Linear:
    """Return the linear maps with the changes added to them."""
    merged = {f"{name}.weight": weights[f"{name}.weight"] + down @ up for name, (down, up) in changes.items()}
    return published({**weights, **merged})


def embedded(weights: Weights, ids: Any) -> Any:
    """Return what enters the first layer, (batch, tokens, 384), for token ids (batch, tokens)."""
    words = tf.gather(weights["embeddings.word_embeddings.weight"], ids)
    places = tf.constant(weights["embeddings.position_embeddings.weight"])[: tf.shape(ids)[1]]
    return _normed(weights, words + places + weights["embeddings.token_type_embeddings.weight"][0], "embeddings")


def layers(weights: Weights, linear: Linear, x: Any, mask: Any, which: Sequence[int]) -> Any:
    """Return what leaves the last of some consecutive layers, (batch, tokens, 384); `mask` is 1 for tokens, else 0."""
    hidden = (1.0 - tf.cast(mask, tf.float32))[:, tf.newaxis, tf.newaxis, :] * -1e9
    batch, tokens = tf.shape(x)[0], tf.shape(x)[1]

    def heads(value: Any) -> Any:
        return tf.transpose(tf.reshape(value, (batch, tokens, HEADS, value.shape[-1] // HEADS)), (0, 2, 1, 3))

    for layer in which:
        name = f"encoder.layer.{layer}"
        query, key, value = (heads(linear(x, f"{name}.attention.self.{part}")) for part in ("query", "key", "value"))
        nearness = tf.matmul(query, key, transpose_b=True) / np.sqrt(query.shape[-1]).astype(np.float32)
        seen = tf.matmul(tf.nn.softmax(nearness + hidden), value)
        joined = tf.reshape(tf.transpose(seen, (0, 2, 1, 3)), (batch, tokens, x.shape[-1]))
        x = _normed(weights, x + linear(joined, f"{name}.attention.output.dense"), f"{name}.attention.output")
        inner = _gelu(linear(x, f"{name}.intermediate.dense"))
        with tf.name_scope("ffn_output"):  # by which a variant finds these products
            outer = linear(inner, f"{name}.output.dense")
        x = _normed(weights, x + outer, f"{name}.output")
    return x


def both(weights: Weights, changes: Changes, ids: Any, mask: Any) -> Any:
    """Return both readings of each token, side by side: (batch, tokens, 768)."""
    plain = published(weights)
    shared = layers(weights, plain, embedded(weights, ids), mask, range(LAYERS[0]))
    readings = [layers(weights, linear, shared, mask, LAYERS) for linear in (plain, adapted(weights, changes))]
    return tf.concat(readings, axis=-1)


def pooled(tokens: Any, mask: Any) -> Any:
    """Return the mean over the tokens, of length 1: (batch, 384)."""
    present = tf.cast(mask, tf.float32)[:, :, tf.newaxis]
    return tf.math.l2_normalize(tf.reduce_sum(tokens * present, 1) / tf.reduce_sum(present, 1), -1)


def _gelu(x: Any) -> Any:
    # spelled, as `_normed` is, so that onnxruntime knows it and runs it as one operation
    return (tf.math.erf(x / np.float32(np.sqrt(2))) + 1.0) * x * 0.5


def _normed(weights: Weights, x: Any, name: str) -> Any:
    apart = x - tf.reduce_mean(x, axis=-1, keepdims=True)
    spread = tf.sqrt(tf.reduce_mean(tf.pow(apart, 2.0), axis=-1, keepdims=True) + EPSILON)
    return apart / spread * weights[f"{name}.LayerNorm.weight"] + weights[f"{name}.LayerNorm.bias"]
