"""The sentence encoder: its weights, their export to ONNX, and the Rasa component that runs it."""
