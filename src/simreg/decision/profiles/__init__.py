"""Country rules as data: what a profile says, where it comes from, how two differ, and what one lacks."""
