"""Second factor, device and changes in English."""

from simreg.console.texts.types import ChangesTexts, DeviceTexts, SecondTexts
from simreg.service.changes import Kind

SECOND = SecondTexts(
    title="Code of your app",
    lead="Give the six digits that your authenticator app shows for this server.",
    set_up="A password alone is not enough here. Read this picture with an authenticator app, and give its code.",
    label="Picture for the authenticator app",
    letters="If the app cannot read pictures, type these letters:",
    code="Code",
    submit="Go on",
    lost="Phone lost? Give one of the codes that you wrote down. Without them, ask whoever runs the server.",
    codes_title="Write these codes down",
    codes_lead="Each of them opens once, in place of the app, if your phone is lost. They are shown only now.",
    go_on="I have written them down",
)

DEVICE = DeviceTexts(
    title="This device",
    lead="Cases are signed by the device on which they are opened. Its key is made here and never leaves it.",
    registered="A device is registered for you.",
    another="Another device is registered for you, not this one.",
    waiting="A device waits until a compliance officer or an operator agrees.",
    register="Register this device",
    note="A new device takes the place of the old one. Clearing the browser’s data ends it.",
    script="This needs JavaScript.",
    signs="The order is signed by this device.",
)

CHANGES = ChangesTexts(
    title="Changes",
    lead="Rules, thresholds and roles change when two people have agreed. Each change stands in the log with both.",
    waiting="Waiting",
    none="Nothing waits.",
    kinds={
        Kind.POLICY: "Rules",
        Kind.THRESHOLD: "Threshold",
        Kind.RECOGNISER: "Recogniser",
        Kind.ROLE: "Role",
        Kind.DEVICE: "Device",
    },
    from_="Until now",
    to="From now on",
    by="Proposed by",
    at="When",
    what="What",
    second="Agreed",
    outcome="Outcome",
    outcomes={"done": "carried out", "refused": "refused"},
    nothing="nothing",
    nobody="nobody else",
    system="the server, when it started",
    agree="Agree",
    refuse="Refuse",
    take_back="Take back",
    somebody_else="Somebody else has to agree.",
    role_title="Propose another role",
    role="Role",
    propose="Propose",
    ended="Decided",
)
