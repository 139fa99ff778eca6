"""Published figures and closed forms, reproduced by the code that `analyse` uses."""
