"""How Rasa reads the training sentences (config.yml, `importers`)."""

from functools import cached_property
from typing import Optional, Text

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData


class ReadOnce(RasaFileImporter):
    """Rasa's own importer, but it reads the sentences once a training: Rasa asks with and without the language."""

    @cached_property
    def _sentences(self) -> TrainingData:
        return super().get_nlu_data()

    def get_nlu_data(self, language: Optional[Text] = "en") -> TrainingData:
        """Return the sentences; the desk has those of one language."""
        return self._sentences
