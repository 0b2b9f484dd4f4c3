"""住基ネット中間サーバ: the boundary between the resident register and the resident network, with hours of its own."""
