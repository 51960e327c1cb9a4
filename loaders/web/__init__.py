"""Reading from the web: politely, within limits, and never from addresses inside a network."""
