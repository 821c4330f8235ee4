"""What figures are called, and which names may mean the same thing."""
