"""Texts as they are compared: one spelling, without blanks. Imports nothing of the other rooms."""
