"""失効確認: whether certificates were revoked, by the authority's responder and its lists, with the time of each."""
