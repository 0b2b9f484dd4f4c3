"""Values, messages, proofs and use cases: no part outside this process is needed."""
