"""What is a number and what only looks like one: digits, Chinese numerals, the tokens of a printed formula."""
