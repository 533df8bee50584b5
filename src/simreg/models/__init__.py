"""Weights: the manifest, where they come from, their digests, conversion to ONNX, sessions."""
