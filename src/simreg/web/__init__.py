"""The subscriber's pages and the capture component, built from the sources in `web/`."""
