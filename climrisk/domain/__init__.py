"""What the user declares: frozen, closed models without files or randomness."""
