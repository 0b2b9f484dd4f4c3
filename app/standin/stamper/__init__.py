"""A time-stamping authority (タイムスタンプ局) for training: complete by RFC 3161, under an authority of its own."""
