"""情報提供ネットワークシステム: codes, permitted-inquiry list, permits. A stand-in; in service an adapter."""
