"""How each TFLite operator is written in ONNX."""

from simreg.models.convert.ops import arithmetic, convolution, cropping, sampling, shaping
from simreg.models.convert.translation import Translator

TRANSLATORS: dict[str, Translator] = {
    "ADD": arithmetic.add,
    "CONCATENATION": shaping.concatenation,
    "CONV_2D": convolution.convolution,
    "DEPTHWISE_CONV_2D": convolution.depthwise,
    "GATHER_CHANNELS": shaping.gather_channels,
    "Landmarks2TransformMatrix": cropping.landmarks_to_matrix,
    "MAX_POOL_2D": convolution.max_pool,
    "MUL": arithmetic.multiply,
    "PAD": shaping.pad,
    "PRELU": arithmetic.prelu,
    "RELU": arithmetic.relu,
    "RESHAPE": shaping.reshape,
    "SPLIT_CHANNELS": shaping.split_channels,
    "STRIDED_SLICE": shaping.strided_slice,
    "TransformLandmarks": cropping.transform_landmarks,
    "TransformTensorBilinear": sampling.crop_bilinear,
}
