"""A few frames of a recording, to look at what was judged wrongly."""

from pathlib import Path

from simreg.capture.video import open_video
from simreg.errors import InputError
from simreg.report.pictures import data_uri

COUNT = 8


def pictures(recording: Path) -> list[str]:
    """So many frames at even distances as ``data:`` addresses; none where it cannot be read any more."""
    try:
        with open_video(recording) as source:
            shots = [(frame.time_s, frame.image) for frame in source]
    except InputError:
        return []
    places = [round(index * (len(shots) - 1) / (COUNT - 1)) for index in range(COUNT)]
    return [data_uri(shots[place][1]) for place in dict.fromkeys(places)]
