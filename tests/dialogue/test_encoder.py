"""The encoder: as published and as adapted, every variant near its original, and no surprise in what it is given."""

import numpy as np
import pytest
from rasa.shared.exceptions import InvalidConfigException

from dialogue.encoder import adapter, weights
from dialogue.encoder.cache import cached_vectors
from dialogue.encoder.featurizer import SentenceEncoder
from dialogue.encoder.runtime import DIMENSIONS, MAX_TOKENS, Encoder

TEXTS = [
    "hi",
    "my parcel never arrived and nobody answers my mails",
    "recieved the shoes today n the 2nd one isnt in the box???",
    "I ordered the navy blue dress in size M but you sent me a red one in XL, and the zip is broken too.",
    "где моя посылка",
    "order OR100001, tracking RR123456785CN 🙁",
]
# what each variant may lose, as the cosine to the original
LEAST = {"fp32": 0.99999, "int8_ffn_fp32": 0.97, "int8_per_channel": 0.94, "int8": 0.75}


@pytest.fixture(scope="module")
def originals():
    """Both readings by the original in TensorFlow, float32, mean over tokens, length 1: as published, and with the
    adapter's changes added to its weights."""
    model = weights.float_model()
    published = encoded_by(model)
    kernels = {variable.name: variable for variable in model.trainable_variables}
    for name, (down, up) in adapter.read().items():
        layer = name.replace("encoder.layer.", "encoder/layer_._").replace(".", "/").replace("layer_/_", "layer_._")
        (kernel,) = [variable for path, variable in kernels.items() if path.endswith(f"{layer}/kernel:0")]
        kernel.assign_add(down @ up)
    return np.hstack([published, encoded_by(model)])


def encoded_by(model):
    """The texts' vectors by a model of `transformers`."""
    tokenizer = make("fp32").tokenizer
    vectors = []
    for text in TEXTS:
        ids = np.asarray([tokenizer.encode(text).ids], np.int32)
        tokens = model(input_ids=ids, attention_mask=np.ones_like(ids)).last_hidden_state.numpy()[0]
        mean = tokens.mean(axis=0)
        vectors.append(mean / np.linalg.norm(mean))
    return np.stack(vectors)


def make(variant, folder=None):
    """An encoder of a variant, from the cache."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as temporary:
        weights.copy_to(Path(temporary), variant)
        return Encoder(Path(temporary))


@pytest.mark.parametrize("variant", weights.VARIANTS)
def test_every_variant_is_near_the_originals(variant, originals):
    vectors = make(variant).sentences(TEXTS)
    for reading in (slice(DIMENSIONS), slice(DIMENSIONS, None)):
        assert (vectors * originals)[:, reading].sum(axis=1).min() >= LEAST[variant]


def test_the_adapted_reading_is_another_one(originals):
    assert (originals[:, :DIMENSIONS] * originals[:, DIMENSIONS:]).sum(axis=1).max() < 0.99


def test_vectors_have_length_one_and_long_texts_are_cut():
    encoder = make("int8_per_channel")
    for text in ("", "?", "word " * 3000):
        encoded = encoder.encode(text)
        assert encoded.vectors.shape[0] <= MAX_TOKENS
        published, adapted = encoded.pooled[:DIMENSIONS], encoded.pooled[DIMENSIONS:]
        assert np.linalg.norm(published) == pytest.approx(1, abs=1e-5)
        assert np.linalg.norm(adapted) == pytest.approx(1, abs=1e-5)


def test_a_part_of_a_text_has_a_vector_of_its_own():
    text = "The bag is fine. The shoes are missing."
    encoded = make("int8_per_channel").encode(text)
    bag, shoes, nothing = encoded.pooled_parts([(0, 16), (17, len(text)), (400, 500)])[:, :DIMENSIONS]
    assert bag @ encoded.pooled[:DIMENSIONS] > 0.5
    assert bag @ shoes < 0.95
    assert not nothing.any()
    assert encoded.pooled_parts([]).shape == (0, 2 * DIMENSIONS)


def test_other_weights_are_refused(monkeypatch):
    monkeypatch.setattr(weights, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(weights.EncoderWeightsError, match="install the locked version"):
        weights.checked_weights()


def test_an_unknown_variant_is_refused_with_those_that_there_are():
    with pytest.raises(InvalidConfigException, match="int8_per_channel"):
        SentenceEncoder.validate_config({"variant": "int4"})


def test_only_new_sentences_are_encoded_again(tmp_path):
    asked = []

    def encode(text):
        asked.append(text)
        return np.full(DIMENSIONS, len(text), np.float32)

    file = tmp_path / "vectors.npz"
    cached_vectors(file, ["a", "bb", "a"], encode)
    assert sorted(asked) == ["a", "bb"]
    vectors = cached_vectors(file, ["bb", "ccc"], encode)
    assert sorted(asked) == ["a", "bb", "ccc"]
    assert vectors[:, 0].tolist() == [2, 3]
    cached_vectors(file, ["a"], encode)
    assert asked.count("a") == 2, "what is no training sentence any more is forgotten"
