"""Sums, products and the functions of single values."""

from simreg.models.convert.flatbuffer import MalformedError
from simreg.models.convert.ops.cropping import scale_matrix
from simreg.models.convert.schema import Operator
from simreg.models.convert.translation import Translation, broadcastable

NONE, RELU, RELU6 = 0, 1, 3


def activated(work: Translation, name: str, step: Operator) -> str:
    """The value after the function that TFLite folds into an operator."""
    activation = step.options["activation"]
    if activation == NONE:
        return name
    if activation == RELU:
        return work.onnx.node("Relu", [name])
    if activation == RELU6:
        return work.onnx.node("Clip", [name, work.onnx.constant(0.0), work.onnx.constant(6.0)])
    raise MalformedError(f"the activation number {activation} is not supported")


def add(work: Translation, step: Operator) -> None:
    """ADD: sum, with broadcasting."""
    _binary(work, step, "Add")


def multiply(work: Translation, step: Operator) -> None:
    """MUL: product, with broadcasting."""
    if work.is_matrix(step.input(0)):
        scale_matrix(work, step)
    else:
        _binary(work, step, "Mul")


def _binary(work: Translation, step: Operator, kind: str) -> None:
    axes = len(work.shape(step.output))
    operands = [_operand(work, step.input(place), axes) for place in (0, 1)]
    work.set_value(step.output, activated(work, work.onnx.node(kind, operands), step))


def _operand(work: Translation, number: int, axes: int) -> str:
    if work.is_constant(number):
        return work.onnx.constant(broadcastable(work.array(number), axes))
    work.shape(number, axes)
    return work.value(number)


def relu(work: Translation, step: Operator) -> None:
    """RELU: what is below zero becomes zero."""
    work.set_value(step.output, work.onnx.node("Relu", [work.value(step.input(0))]))


def prelu(work: Translation, step: Operator) -> None:
    """PRELU: what is below zero is multiplied by its channel's slope."""
    slope = broadcastable(work.array(step.input(1)), len(work.shape(step.input(0))))
    inputs = [work.value(step.input(0)), work.onnx.constant(slope[0])]
    work.set_value(step.output, work.onnx.node("PRelu", inputs))
