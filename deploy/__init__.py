"""Running mercato with a Neo4j server of one's own; for a clone, not part of the package.

neo4j/        Neo4j Community and Neo4j Browser from Maven Central, run without Docker
"""
