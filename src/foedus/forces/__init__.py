"""Forces on record, what published plans ask for, how that can be shared, and what is missing.

Whatever NATO asks of each ally is secret. Here a requirement is a named scenario built from published
figures, a part is what a rule that the reader chooses makes of it, and nothing says what an ally has been
asked for.
"""
