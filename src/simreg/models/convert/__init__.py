"""Conversion of published weights to plain ONNX, and rewriting of ONNX graphs so that they run fast."""

from simreg.models.convert.dlib import convert_dlib_resnet
from simreg.models.convert.speed import speed_up
from simreg.models.convert.tflite import convert_tflite

__all__ = ["convert_dlib_resnet", "convert_tflite", "speed_up"]
