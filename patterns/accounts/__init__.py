"""The standard tables of budgets and final accounts: which is which, what a cell of it is, where a text speaks of it."""
