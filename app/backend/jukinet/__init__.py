"""住民基本台帳ネットワークシステムの市CS: 本人確認情報, and what goes to and comes from the network (S06)."""
