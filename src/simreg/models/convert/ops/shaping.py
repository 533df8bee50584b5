"""Operators that move values without computing."""

from simreg.models.convert.flatbuffer import MalformedError
from simreg.models.convert.ops.arithmetic import activated
from simreg.models.convert.schema import Operator
from simreg.models.convert.translation import TO_NCHW, TO_NHWC, Translation


def as_nhwc(work: Translation, number: int) -> str:
    """The tensor in TFLite's order of axes."""
    shape, name = work.shape(number), work.value(number)
    if len(shape) != 4:
        return name
    if shape[1] == shape[2] == 1:
        return work.onnx.node("Reshape", [name, work.onnx.integers(shape)])
    return work.onnx.node("Transpose", [name], perm=TO_NHWC)


def reshape(work: Translation, step: Operator) -> None:
    """RESHAPE: the same values in TFLite's order under another shape."""
    shape, source = work.shape(step.output), work.shape(step.input(0))
    flat = len(source) == 4 and source[1] == source[2] == 1
    name = work.value(step.input(0)) if flat else as_nhwc(work, step.input(0))
    name = work.onnx.node("Reshape", [name, work.onnx.integers(shape)])
    work.set_value(step.output, work.onnx.node("Transpose", [name], perm=TO_NCHW) if len(shape) == 4 else name)


def concatenation(work: Translation, step: Operator) -> None:
    """CONCATENATION: joins tensors along an axis."""
    axes = len(work.shape(step.output))
    axis = step.options["axis"]
    axis += axes if axis < 0 else 0
    if not 0 <= axis < axes:
        raise MalformedError("tensors are joined along an axis that they do not have")
    names = [work.value(number) for number in step.inputs]
    name = work.onnx.node("Concat", names, axis=TO_NCHW.index(axis) if axes == 4 else axis)
    work.set_value(step.output, activated(work, name, step))


def pad(work: Translation, step: Operator) -> None:
    """PAD: zeros before and after along each axis."""
    number, amounts = step.input(0), work.array(step.input(1))
    axes = len(work.shape(number))
    if amounts.shape != (axes, 2) or amounts.min() < 0:
        raise MalformedError("padding does not fit its tensor")
    order = TO_NCHW if axes == 4 else tuple(range(axes))
    pads = [int(amounts[axis, side]) for side in (0, 1) for axis in order]
    work.set_value(step.output, work.onnx.node("Pad", [work.value(number), work.onnx.integers(pads)]))


def strided_slice(work: Translation, step: Operator) -> None:
    """STRIDED_SLICE: a part of a tensor, without dropping axes."""
    number = step.input(0)
    axes = len(work.shape(number))
    begin, end, steps = (work.array(step.input(place)) for place in (1, 2, 3))
    if not begin.shape == end.shape == steps.shape == (axes,):
        raise MalformedError("a slice does not fit its tensor")
    if any(step.options[name] for name in ("ellipsis_mask", "new_axis_mask", "shrink_axis_mask")):
        raise MalformedError("a slice that drops or adds axes is not supported")
    first, last = step.options["begin_mask"], step.options["end_mask"]
    order = TO_NCHW if axes == 4 else tuple(range(axes))
    starts = [0 if first >> axis & 1 else int(begin[axis]) for axis in order]
    ends = [2**31 if last >> axis & 1 else int(end[axis]) for axis in order]
    limits = starts, ends, range(axes), [int(steps[axis]) for axis in order]
    inputs = [work.value(number), *(work.onnx.integers(list(values)) for values in limits)]
    work.set_value(step.output, work.onnx.node("Slice", inputs))


def split_channels(work: Translation, step: Operator) -> None:
    """SPLIT_CHANNELS: a joined value (see `branches`) into its parts."""
    sizes = work.onnx.integers([work.shape(number, 4)[3] for number in step.outputs])
    inputs = [work.value(step.input(0)), sizes]
    names = work.onnx.nodes("Split", inputs, len(step.outputs), axis=1)
    for number, name in zip(step.outputs, names, strict=True):
        work.set_value(number, name)


def gather_channels(work: Translation, step: Operator) -> None:
    """GATHER_CHANNELS: channels of a joined value (see `branches`) by their numbers."""
    places = [int(place) for place in work.array(step.input(1))]
    inputs = [work.value(step.input(0)), work.onnx.integers(places)]
    work.set_value(step.output, work.onnx.node("Gather", inputs, axis=1))
