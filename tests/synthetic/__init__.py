"""A capture subject made by code, and an engine that sees it: every room runs end to end with no weights.

`head` gives the landmarks of a head of exactly known pose; `picture` draws it into frames that carry its state in their
pixels; `engine` reads the state back where networks would look; `script` moves the subject through a challenge or an
attack; `observed` gives observations without pixels, for tests of a single rule.
"""
