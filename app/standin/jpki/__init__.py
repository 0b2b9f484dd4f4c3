"""認証局の失効情報提供: the certificate authorities' status service of training: lists and a responder over HTTP."""
