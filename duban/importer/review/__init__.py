"""The page on which a clerk confirms a draft: the document beside the matrix, doubts first."""
