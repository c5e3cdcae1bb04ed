"""The encoder as TensorFlow computes it, from its published weights: to learn the adapter, which takes gradients.

Written out instead of taken from `transformers`, because the upper layers get changes that are learned. What runs is
`dialogue.encoder.graph`; a test compares the two.
"""

from typing import Any, Callable, Mapping, Sequence

import numpy as np
import tensorflow as tf

from dialogue.encoder.graph import EPSILON, HEADS

Weights = Mapping[str, np.ndarray]
Linear = Callable[[Any, str], Any]  # of a linear map's inputs and name


def published(weights: Weights) -> Linear:
    """Return the linear maps as published."""
    return lambda x, name: x @ weights[f"{name}.weight"] + weights[f"{name}.bias"]


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
        x = _normed(weights, x + linear(inner, f"{name}.output.dense"), f"{name}.output")
    return x


def pooled(tokens: Any, mask: Any) -> Any:
    """Return the mean over the tokens, of length 1: (batch, 384)."""
    present = tf.cast(mask, tf.float32)[:, :, tf.newaxis]
    return tf.math.l2_normalize(tf.reduce_sum(tokens * present, 1) / tf.reduce_sum(present, 1), -1)


def _gelu(x: Any) -> Any:
    return (tf.math.erf(x / np.float32(np.sqrt(2))) + 1.0) * x * 0.5


def _normed(weights: Weights, x: Any, name: str) -> Any:
    apart = x - tf.reduce_mean(x, axis=-1, keepdims=True)
    spread = tf.sqrt(tf.reduce_mean(tf.pow(apart, 2.0), axis=-1, keepdims=True) + EPSILON)
    return apart / spread * weights[f"{name}.LayerNorm.weight"] + weights[f"{name}.LayerNorm.bias"]
