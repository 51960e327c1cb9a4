"""Neo4j Community with Neo4j Browser, assembled by Maven and run by this user, on loopback.

`assembly` gets the jars, `server` runs them, `python -m deploy.neo4j` is the command of `make
neo4j`, and the script `neo4j-admin` is Neo4j's own tool for a server that is stopped.
"""
