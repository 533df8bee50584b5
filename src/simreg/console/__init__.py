"""Pages for the staff, made on the server: a thin edge, with no rule about the business in it."""
