"""Tables that lost their frame, put back before anything is read, so that the same readers read them."""
