"""中間サーバー・プラットフォーム: codes, enquiry, provision from the replica, records (S01). No 個人番号."""
