"""A text as its figures in order, each with what its surroundings say of it."""
