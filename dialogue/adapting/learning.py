"""The learning itself: the changed layers are moved so that messages of one intent lie together."""

import time
from typing import Any, Callable, Dict, Iterator, List, Sequence, Tuple

import numpy as np
import tensorflow as tf
from tokenizers import Tokenizer

from dialogue.adapting import network
from dialogue.encoder import adapter, weights

EPOCHS = 4
BATCH = 48
RATE = 0.001  # of Adam at its highest: it rises over `WARM` steps and falls to nothing; five times it for the centres
WARM = 40
STRICTNESS = 20.0  # logits are cosines times this
SMOOTHED = 0.1  # of the target's probability, given to all intents alike
DROPOUT = 0.1
LONGEST = 80  # tokens of a sentence
CHUNK = 10 * BATCH  # sentences sorted by length together, so that a batch holds little padding

Examples = Sequence[Tuple[str, str]]  # text and intent
Batch = Tuple[np.ndarray, np.ndarray, np.ndarray]  # ids, mask, rows of the examples


def learn(
    examples: Examples, vary: Callable[[str, str], str], seed: int, say: Callable[[str], None] = print
) -> adapter.Changes:
    """Return the changes learned from examples; `vary` gives a text as it is seen this time. Minutes on one core."""
    published = weights.published()
    model = _Learner(published, sorted({intent for _, intent in examples}), seed)
    read = tokenizer()
    classes = np.array([model.intents.index(intent) for _, intent in examples], np.int32)
    importance = np.sqrt(len(classes) / (len(model.intents) * np.bincount(classes))).astype(np.float32)
    model.place_centres(_batches(examples, read, lambda text, _: text, [seed]), classes)
    steps, step = EPOCHS * -(-len(examples) // BATCH), 0
    for epoch in range(EPOCHS):
        started, losses = time.monotonic(), []
        for ids, mask, rows in _batches(examples, read, vary, [seed, epoch]):
            step += 1
            rate = RATE * min(1.0, step / WARM) * max(0.02, 1 - step / steps)
            losses.append(float(model.step(ids, mask, classes[rows], importance[classes[rows]], tf.constant(rate))))
        say(f"epoch {epoch + 1} of {EPOCHS}: loss {np.mean(losses):.3f}, {time.monotonic() - started:.0f} s")
    return {name: (down.numpy(), up.numpy()) for name, (down, up) in model.changes.items()}


def tokenizer() -> Tokenizer:
    """Return the encoder's tokenizer, without padding and for texts of no more than `LONGEST` tokens."""
    found = Tokenizer.from_file(str(weights.checked_weights() / "tokenizer.json"))
    found.no_padding()
    found.enable_truncation(LONGEST)
    return found


class _Learner:
    """The changes and the intents' centres, and one step of learning them."""

    def __init__(self, published: Dict[str, np.ndarray], intents: List[str], seed: int) -> None:
        self.weights = {name: tf.constant(value) for name, value in published.items()}
        self.intents = intents
        random = np.random.default_rng(seed)
        self.changes: Dict[str, Tuple[Any, Any]] = {}
        for name in adapter.names():
            inputs, outputs = published[f"{name}.weight"].shape
            down = random.normal(0, inputs**-0.5, (inputs, adapter.RANK)).astype(np.float32)
            self.changes[name] = (tf.Variable(down), tf.Variable(np.zeros((adapter.RANK, outputs), np.float32)))
        self.centres = tf.Variable(np.zeros((len(intents), 384), np.float32))
        self.moved = [part for pair in self.changes.values() for part in pair]
        self.optimizers = [tf.keras.optimizers.Adam(), tf.keras.optimizers.Adam()]
        self.optimizers[0].build(self.moved)
        self.optimizers[1].build([self.centres])

    def place_centres(self, batches: Iterator[Batch], classes: np.ndarray) -> None:
        """Put each intent's centre where its sentences lie before anything is learned."""
        total = np.zeros(self.centres.shape, np.float32)
        for ids, mask, rows in batches:
            np.add.at(total, classes[rows], self._pooled(tf.constant(ids), tf.constant(mask)).numpy())
        self.centres.assign(total)

    @tf.function(autograph=False, reduce_retracing=True)
    def _pooled(self, ids: Any, mask: Any, dropout: float = 0.0) -> Any:
        plain = network.published(self.weights)

        def linear(x: Any, name: str) -> Any:
            down, up = self.changes[name]
            return plain(x, name) + (tf.nn.dropout(x, dropout) @ down) @ up

        first = adapter.LAYERS[0]
        below = network.layers(self.weights, plain, network.embedded(self.weights, ids), mask, range(first))
        tokens = network.layers(self.weights, linear, tf.stop_gradient(below), mask, adapter.LAYERS)
        return network.pooled(tokens, mask)

    @tf.function(autograph=False, reduce_retracing=True)
    def step(self, ids: Any, mask: Any, classes: Any, importance: Any, rate: Any) -> Any:
        """Move changes and centres a little; returns the batch's loss."""
        with tf.GradientTape() as tape:
            centres = tf.math.l2_normalize(self.centres, -1)
            logits = STRICTNESS * tf.matmul(self._pooled(ids, mask, DROPOUT), centres, transpose_b=True)
            targets = tf.one_hot(classes, len(self.intents)) * (1 - SMOOTHED) + SMOOTHED / len(self.intents)
            loss = tf.reduce_mean(importance * tf.nn.softmax_cross_entropy_with_logits(targets, logits))
        gradients, _ = tf.clip_by_global_norm(tape.gradient(loss, [*self.moved, self.centres]), 1.0)
        for optimizer, factor in zip(self.optimizers, (1.0, 5.0), strict=True):
            optimizer.learning_rate.assign(factor * rate)
        self.optimizers[0].apply_gradients(zip(gradients[:-1], self.moved, strict=True))
        self.optimizers[1].apply_gradients([(gradients[-1], self.centres)])
        return loss


def _batches(examples: Examples, read: Tokenizer, vary: Callable[[str, str], str], seed: List[int]) -> Iterator[Batch]:
    random = np.random.default_rng(seed)
    order = random.permutation(len(examples))
    groups: List[List[int]] = []
    for start in range(0, len(order), CHUNK):
        chunk = sorted(order[start : start + CHUNK], key=lambda row: len(examples[row][0]))
        groups += [chunk[i : i + BATCH] for i in range(0, len(chunk), BATCH)]
    for i in random.permutation(len(groups)):
        rows = np.array(groups[i])
        tokens = [read.encode(vary(*examples[row])).ids for row in rows]
        ids = np.zeros((len(rows), max(map(len, tokens))), np.int32)
        mask = np.zeros_like(ids)
        for j, found in enumerate(tokens):
            ids[j, : len(found)], mask[j, : len(found)] = found, 1
        yield ids, mask, rows
