"""The shell of evaluation reports, and their charts."""
