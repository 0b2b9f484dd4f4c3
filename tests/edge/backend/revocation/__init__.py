"""失効確認 against a status service that answers over HTTP."""
