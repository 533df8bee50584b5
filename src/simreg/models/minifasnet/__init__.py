"""MiniFASNet as its authors publish it, a PyTorch file of tensors, to ONNX without PyTorch."""

from simreg.models.minifasnet.network import convert_minifasnet

__all__ = ["convert_minifasnet"]
