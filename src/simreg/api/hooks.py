"""Routes of the operator's system: webhooks."""

from fastapi import APIRouter, Response

from simreg.api import bodies
from simreg.api.answers import NewWebhookAnswer, WebhookAnswer, WebhooksAnswer
from simreg.api.cases import ALWAYS
from simreg.api.problems import declared
from simreg.api.security import WritesWebhooks
from simreg.api.services import Given

router = APIRouter(prefix="/v1/webhooks", tags=["webhooks"], responses=declared(*ALWAYS))


@router.post("", status_code=201, responses=declared(413, 415), dependencies=[bodies.JSON_ONLY])
def create_webhook(body: bodies.NewWebhook, _: WritesWebhooks, given: Given) -> NewWebhookAnswer:
    """A new webhook; messages are signed as Standard Webhooks has it, with the secret that is told only now."""
    made = given.webhooks.create(body.url, tuple(body.kinds))
    return NewWebhookAnswer(**WebhookAnswer.of(made.webhook).model_dump(), secret=made.secret)


@router.get("")
def list_webhooks(_: WritesWebhooks, given: Given) -> WebhooksAnswer:
    """All webhooks."""
    return WebhooksAnswer(webhooks=[WebhookAnswer.of(one) for one in given.webhooks.all()])


@router.get("/{webhook_id}", responses=declared(404))
def read_webhook(webhook_id: str, _: WritesWebhooks, given: Given) -> WebhookAnswer:
    """One webhook."""
    return WebhookAnswer.of(given.webhooks.get(webhook_id))


@router.patch("/{webhook_id}", responses=declared(404, 413, 415), dependencies=[bodies.JSON_ONLY])
def change_webhook(webhook_id: str, body: bodies.ChangedWebhook, _: WritesWebhooks, given: Given) -> WebhookAnswer:
    """Change what is given; while a webhook is disabled its messages wait, and no new ones are made."""
    kinds = None if body.kinds is None else tuple(body.kinds)
    return WebhookAnswer.of(given.webhooks.change(webhook_id, body.url, kinds, body.disabled))


@router.delete("/{webhook_id}", status_code=204, responses=declared(404))
def delete_webhook(webhook_id: str, _: WritesWebhooks, given: Given) -> Response:
    """Delete a webhook and its messages."""
    given.webhooks.delete(webhook_id)
    return Response(status_code=204)
