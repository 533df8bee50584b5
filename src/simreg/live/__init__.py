"""Live capture: frames come over a WebSocket, worker processes look at them, short messages go back."""
