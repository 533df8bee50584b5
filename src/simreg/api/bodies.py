"""Bodies of requests: JSON of known shape, pictures and recordings."""

from typing import Annotated, Any

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field

from simreg.decision.profiles.types import Channel, Transaction
from simreg.errors import InputError
from simreg.liveness.types import Action

PICTURES = ("image/jpeg", "image/png")
RECORDINGS = ("video/mp4", "video/webm", "video/quicktime", "video/x-matroska", "application/octet-stream")

Text = Annotated[str, Field(min_length=1, max_length=500)]
Word = Annotated[str, Field(min_length=1, max_length=64)]
Language = Annotated[
    str, Field(max_length=35, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", examples=["en", "zh-CN"])
]
Cannot = Annotated[
    list[Annotated[Action, Field(strict=False)]],
    Field(max_length=len(Action), description="Movements that the subscriber cannot do."),
]
Version = Annotated[int | None, Field(ge=1, description="The version that was seen; another one is refused.")]


class Body(BaseModel):
    """Nothing unknown, nothing converted."""

    model_config = ConfigDict(extra="forbid", strict=True)


class NewCase(Body):
    """An order: which line is to be registered, for what, and where the subscriber is."""

    profile: Word | None = Field(None, description="Name of a country's rules; the server's own where it is left out.")
    transaction: Annotated[Transaction, Field(strict=False)] = Field(examples=["new"])
    channel: Annotated[Channel, Field(strict=False)] = Field(examples=["shop"])
    line: str = Field(pattern=r"^\+?[0-9]{3,20}$", description="The phone number.", examples=["+4915550001234"])
    language: str = Field(
        "en", max_length=35, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$", examples=["en", "zh-CN"]
    )
    iccid: str | None = Field(None, pattern=r"^[0-9]{17,21}[0-9F]$")
    shop: Word | None = None
    agent: Word | None = None
    identity_number: str | None = Field(
        None,
        min_length=1,
        max_length=200,
        description="Only a keyed hash is kept: lines per person are counted by it.",
    )
    lines_elsewhere: int = Field(0, ge=0, le=10_000, description="Lines that the person has with other operators.")
    risk: float | None = Field(None, ge=0, le=1, description="The operator's own estimate.")


class Cancellation(Body):
    """Why an order is taken back."""

    reason: Text = Field(examples=["ordered twice"])
    version: Version = None


class Activation(Body):
    """The operator has switched the line on."""

    version: Version = None


class NewAttempt(Body):
    """How the capture will come: as a recording, whose challenge is told whole now, or live from a page."""

    recorded: bool = True
    cannot: Cannot = []


class Consent(Body):
    """Which text the subscriber agreed to, and in which language it was."""

    text_version: Word = Field(examples=["2026-11"])
    language: Language | None = None


class Alternative(Body):
    """Why the subscriber goes the way without a face."""

    reason: str = Field(pattern=r"^(rather-not|cannot)$", examples=["rather-not"])


class Person(Body):
    """Somebody whom the operator knows to be this person."""

    identity_number: str = Field(min_length=1, max_length=80, examples=["L01X00T47"])


class Freeze(Body):
    """Why a line is frozen, in a word with dashes."""

    reason: str = Field(pattern=r"^[a-z][a-z0-9-]{0,39}$", examples=["not-mine"])


class Dispute(Freeze):
    """A line in the own name about which something is not right."""

    line: str = Field(pattern=r"^\+?[0-9]{3,20}$", examples=["+4915550001234"])


class LiveAttempt(Body):
    """What the subscriber cannot do."""

    cannot: Cannot = []


class NewWebhook(Body):
    """Where messages go, and which kinds; all where none is named."""

    url: str = Field(min_length=1, max_length=2000, examples=["https://operator.example/simreg"])
    kinds: list[str] = Field([], max_length=40, examples=[["case.accepted", "case.refused"]])


class ChangedWebhook(Body):
    """What is to be another."""

    url: str | None = Field(None, min_length=1, max_length=2000)
    kinds: list[str] | None = Field(None, max_length=40)
    disabled: bool | None = None


async def json_only(request: Request) -> None:
    """Refuse a body that does not call itself JSON. Raises InputError ``media-type``."""
    if await request.body():
        check_type(request, ("application/json",))


def check_type(request: Request, kinds: tuple[str, ...]) -> None:
    """Raise InputError ``media-type`` unless the body calls itself one of these."""
    given = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if given not in kinds:
        raise InputError("media-type", "The body is not of a kind that is taken here.", f"Send {', '.join(kinds)}.")


async def _picture(request: Request) -> bytes:
    check_type(request, PICTURES)
    return await request.body()


async def _raw(request: Request) -> bytes:
    return await request.body()


JSON_ONLY = Depends(json_only)
Picture = Annotated[bytes, Depends(_picture)]
"""An encoded picture; its size was held at the edge."""
Raw = Annotated[bytes, Depends(_raw)]
"""The body as it came."""


def binary(*kinds: str) -> dict[str, Any]:
    """For a route's description: a body of these media types."""
    content = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in kinds}
    return {"requestBody": {"required": True, "content": content}}
