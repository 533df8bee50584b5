"""The HTTP edge: routes of the operator's system and of the subscriber's page, the capture's socket, webhooks sent."""
