"""Pose, eyes, geometry and rules held against a subject made by code, of whom everything is known exactly.

`camera` sees the synthetic head, or a picture of it, as a pinhole does; `moves` is the head as a function of time, and
`clock` the moments at which a camera takes its frames; `rendered` looks at rendered heads with the networks.
"""
