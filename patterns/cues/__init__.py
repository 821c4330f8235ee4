"""Words and what they suggest, shared by several rooms: the vocabulary of forms and of amounts, grades in words."""
