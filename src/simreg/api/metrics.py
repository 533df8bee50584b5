"""Counts for Prometheus. No label names a person, a line, a case or an address."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, disable_created_metrics, generate_latest

from simreg.registration.types import Act, Event

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each, which nobody asks for

_OUTCOMES = {
    Act.ATTEMPT_ACCEPTED: "accepted",
    Act.ATTEMPT_REFERRED: "referred",
    Act.ATTEMPT_FAILED: "failed",
    Act.ATTEMPT_ABANDONED: "abandoned",
}
_SECONDS = (0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 2.0, 5.0)


class Metrics:
    """What this server has counted since it began."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        own = self.registry
        self.changes = Counter("simreg_case_changes", "Changes of cases", ["act", "state"], registry=own)
        self.attempts = Counter("simreg_attempts", "Attempts that ended", ["outcome"], registry=own)
        self.captures = Gauge("simreg_captures_running", "Captures under way", registry=own)
        self.capacity = Gauge("simreg_captures_capacity", "Captures that fit at once", registry=own)
        self.frames = Counter("simreg_frames", "Frames of live captures", ["became"], registry=own)
        self.sockets = Counter("simreg_capture_sockets", "Capture sockets that closed", ["close"], registry=own)
        self.verdict = Histogram(
            "simreg_verdict_seconds", "From the last frame to the outcome on its way", buckets=_SECONDS, registry=own
        )
        self.waiting = Gauge("simreg_webhooks_pending", "Webhook messages still to be sent", registry=own)
        self.faces = Gauge("simreg_faces_stored", "Cases of which a portrait or a frame is stored", registry=own)
        self.sent = Counter("simreg_webhook_tries", "Webhook messages tried", ["outcome"], registry=own)
        self.requests = Counter("simreg_requests", "Requests answered", ["method", "status"], registry=own)
        for outcome in _OUTCOMES.values():
            self.attempts.labels(outcome)
        for became in ("answered", "dropped"):
            self.frames.labels(became)

    def changed(self, event: Event) -> None:
        """A case changed."""
        self.changes.labels(event.act.value, event.state.value).inc()
        if event.act in _OUTCOMES:
            self.attempts.labels(_OUTCOMES[event.act]).inc()

    def text(self) -> bytes:
        """All of it as Prometheus reads it."""
        return generate_latest(self.registry)
