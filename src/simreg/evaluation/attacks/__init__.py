"""Attack presentations and manipulated captures made by code out of bona fide clips."""
