"""What people are asked in a workshop, and what they answer."""
