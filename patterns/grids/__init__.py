"""Tables of amounts: what each cell is, which headings stand over it, which labels beside it."""
