"""The folder that a demonstration writes into."""

from pathlib import Path

import cv2

from simreg.capture.frame import Image
from simreg.errors import InputError


def make_folder(folder: Path) -> None:
    """Make the folder where there is none; raises `InputError` ``output-unwritable``."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(folder, error) from error


def save_picture(image: Image, path: Path) -> None:
    """Write a picture as PNG; raises `InputError` ``output-unwritable``."""
    _, encoded = cv2.imencode(".png", cv2.cvtColor(image, cv2.COLOR_RGB2BGR))
    try:
        path.write_bytes(encoded.tobytes())
    except OSError as error:
        raise unwritable(path, error) from error


def unwritable(path: Path, error: OSError) -> InputError:
    """What is raised where a file or folder cannot be written."""
    sentence = f"{path} cannot be written: {error.strerror or error}."
    return InputError("output-unwritable", sentence, "Name a folder that may be written with --out.")
