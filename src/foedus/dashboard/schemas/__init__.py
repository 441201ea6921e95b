"""The schemas of the API's answers, derived from the types that the answers declare."""
