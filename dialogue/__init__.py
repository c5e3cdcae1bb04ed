"""The dialogue process: Rasa, the components that it is built from, and its start, training and measuring.

Runs on Python 3.10 in `dialogue/.venv` and imports nothing of `redress`.
"""

import os
from pathlib import Path

# Read by Rasa and TensorFlow when they are first imported.
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")

ROOT = Path(__file__).resolve().parents[1]
