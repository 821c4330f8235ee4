"""Words and what they suggest, shared by several rooms: the vocabulary of forms, grades in words."""
