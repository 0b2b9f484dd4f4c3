"""変換: records between the formats and codes of business systems and the words of this program; no loss is silent."""
