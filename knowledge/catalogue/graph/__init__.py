"""The knowledge graph (CS230, lecture 10): what to ask next, what comes before and after."""
