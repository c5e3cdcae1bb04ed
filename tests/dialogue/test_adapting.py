"""Learning the second reading: what varies the sentences, what is kept, and that it brings intents together."""

import numpy as np
import pytest

from dialogue.adapt import sentences
from dialogue.adapting.variation import Variation
from dialogue.encoder import adapter

TEXT = "My lamp, sent by DHL, is missing from the parcel!"


def test_variations_are_many_and_the_same_for_a_seed():
    varied = [
        [vary(TEXT, True) for _ in range(50)] for vary in (Variation(["so angry"], 1), Variation(["so angry"], 1))
    ]
    assert varied[0] == varied[1]
    assert len(set(varied[0])) > 20
    assert any("lamp" not in text.lower() for text in varied[0]), "other goods"
    assert any("DHL" not in text for text in varied[0]), "other carriers"
    assert any("so angry" in text for text in varied[0]), "an aside"


def test_asides_stand_beside_problems_only_and_nothing_becomes_empty():
    vary = Variation(["so angry"])
    assert not any("angry" in vary("yes", False) for _ in range(100))
    assert all(vary(text, False) for text in ("", "?", "...", "k", "👍") for _ in range(50))


def test_what_the_adapter_learns_from_is_what_rasa_trains_on():
    from test_training_data import examples

    from dialogue.language.identifiers import blanked

    assert sorted(sentences()) == sorted((blanked(text), intent) for text, intent in examples())


def test_an_adapter_survives_its_file(tmp_path):
    changes = adapter.read()
    assert set(changes) == set(adapter.names())
    adapter.write(changes, tmp_path / "one.npz")
    assert adapter.digest(tmp_path / "one.npz") == adapter.digest()
    name = next(iter(adapter.names()))
    changes[name] = (changes[name][0] + 1, changes[name][1])
    adapter.write(changes, tmp_path / "other.npz")
    assert adapter.digest(tmp_path / "other.npz") != adapter.digest()


def test_the_mean_of_two_learnings_changes_what_both_change_and_half_of_what_one_does():
    one = adapter.read()
    other = {name: (down, -up) for name, (down, up) in one.items()}
    for name, (down, up) in adapter.mean([one, one]).items():
        assert down @ up == pytest.approx(one[name][0] @ one[name][1], abs=1e-5)
    assert all(np.abs(down @ up).max() < 1e-5 for down, up in adapter.mean([one, other]).values())


@pytest.mark.slow
def test_learning_brings_the_sentences_of_an_intent_together(monkeypatch):
    from dialogue.adapting import learning
    from dialogue.encoder import graph, weights

    for name, value in {"EPOCHS": 12, "WARM": 1, "RATE": 0.01}.items():
        monkeypatch.setattr(learning, name, value)
    said: list[str] = []
    examples = [(f"the {item} is broken", "damaged") for item in ("cup", "lamp", "phone", "chair")]
    examples += [(f"the {item} is missing", "missing") for item in ("cup", "lamp", "phone", "chair")]
    changes = learning.learn(examples, lambda text, _: text, 0, said.append)
    assert len(said) == 12
    vectors = vectors_by(graph.both_readings(weights.published(), changes), [text for text, _ in examples])
    assert apart(vectors["adapted"]) > apart(vectors["published"]) + 0.1


def test_what_learns_computes_what_runs():
    import tensorflow as tf

    from dialogue.adapting import learning
    from dialogue.encoder import graph, weights

    changes, published = adapter.read(), weights.published()
    vectors = vectors_by(graph.both_readings(published, changes), [TEXT])
    ids = np.array([learning.tokenizer().encode(TEXT).ids], np.int32)
    for reading, learned in (("published", False), ("adapted", True)):
        model = learning._Learner(published, ["damaged"], 0)
        model.changes = {name: (tf.constant(down * learned), tf.constant(up)) for name, (down, up) in changes.items()}
        seen = model._pooled(tf.constant(ids), tf.constant(np.ones_like(ids))).numpy()
        assert seen == pytest.approx(vectors[reading], abs=1e-4)


def vectors_by(model, texts):
    """The sentence vectors of each reading by an ONNX graph."""
    import onnxruntime

    from dialogue.adapting import learning
    from dialogue.encoder import graph

    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    tokenizer = learning.tokenizer()
    found: dict[str, list] = {reading: [] for reading in graph.READINGS}
    for text in texts:
        (tokens,) = session.run(["tokens"], {"input_ids": np.array([tokenizer.encode(text).ids], np.int32)})
        for reading, vector in zip(found, np.split(tokens[0].mean(axis=0), 2), strict=True):
            found[reading].append(vector / np.linalg.norm(vector))
    return {reading: np.array(rows) for reading, rows in found.items()}


def apart(vectors):
    """How much nearer the first half's are to each other, and the second's, than the halves are."""
    nearness, half = vectors @ vectors.T, len(vectors) // 2
    inside = (nearness[:half, :half].mean() + nearness[half:, half:].mean()) / 2
    return inside - nearness[:half, half:].mean()
